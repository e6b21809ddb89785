#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What is saved while an attachment is on its way over a line of 64 kbit/s is confirmed within five seconds.

    record_during_upload.py BIN [--saves N] [--loss P]

One device on such a line, with a round trip of 300 ms, stays in contact (`sync --watch --commands`) and sends an attachment
of 400 kB. Meanwhile it saves records, one after the other. The verdict counts bytes, so it does not depend on how fast or
busy this machine is: from the moment a record is saved until it is confirmed, no more may pass the line, what waits in it
included, than it carries in five seconds less three round trips. The seconds that it took are printed beside.

Exit code 0: it held each time; 1: it did not; 77: this machine cannot have such a network, and why.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import threading
import time

import link
import office_on_bad_lines as bad

RATE = 8_000
ROUND_TRIP = 0.3
WITHIN = 5.0
BYTES_MAX = int(RATE * (WITHIN - 3 * ROUND_TRIP))
FILE_SIZE = 400_000


class Watching:
    """terenctl in contact, taking commands."""

    def __init__(self, device):
        self.process = device.start("sync", "--watch", "--commands", stdin=subprocess.PIPE)
        self.errors = []
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self, wanted):
        """The next printed value for which `wanted` holds."""
        for line in self.process.stdout:
            value = json.loads(line)
            if wanted(value):
                return value
        raise bad.Violated(f"sync ended: {''.join(self.errors)}")


def on_the_line(computer):
    """Bytes that were given to the way up, and those of them that still wait in it."""
    queued = max(0.0, computer.up.free_at - time.monotonic()) * RATE
    return computer.up.carried, queued


def play(office, saves, loss):
    device = office.devices[0]
    office.meet()
    film = office.root / "film"
    film.write_bytes(b"PK\x03\x04" + bytes(device.chance.getrandbits(8) for _ in range(FILE_SIZE)))
    office.network.set_line(device.computer, link.Quality(delay=ROUND_TRIP / 2, rate=RATE, loss=loss))
    watching = Watching(device)
    watching.hear(lambda value: "confirmed" in value)
    watching.say(f"attachment add {device.case} {film}")
    attachment = watching.hear(lambda value: "attachment" in value)["attachment"]
    watching.hear(lambda value: value.get("confirmed") == 1)
    measured = []
    for number in range(saves):
        # Well inside the transfer: the parts have their full size after a few of them.
        target = device.computer.up.carried + FILE_SIZE // (saves + 2)
        while device.computer.up.carried < target:
            time.sleep(0.01)
        before, queued = on_the_line(device.computer)
        begun = time.monotonic()
        watching.say(f"record add {device.case} note text=Zapisane-{number}")
        watching.hear(lambda value: value.get("confirmed") == 1)
        seconds = time.monotonic() - begun
        passed = int(device.computer.up.carried - before + queued)
        measured.append({"seconds": round(seconds, 2), "bytes": passed})
    watching.say(f"attachment list {device.case}")
    standing = watching.hear(lambda value: isinstance(value, list))
    if [one["files"] for one in standing if one["attachment"] == attachment] != ["unsent"]:
        raise bad.Violated("the attachment arrived before the last record was saved: nothing was shown")
    watching.hear(lambda value: isinstance(value, dict) and value.get("attachmentsSent") == 1)
    bad.kill(watching.process)
    worst = max(one["bytes"] for one in measured)
    result = {"bytesMax": BYTES_MAX, "worst": worst, "saves": measured}
    if worst > BYTES_MAX:
        raise bad.Violated(json.dumps(result))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", type=pathlib.Path, metavar="BIN")
    parser.add_argument("--saves", type=int, default=3)
    parser.add_argument("--loss", type=float, default=0.0)
    options = parser.parse_args()
    if reason := link.why_not():
        print(f"skipped: {reason}")
        return 77
    bad.CLIENTS = 1
    office = bad.Office(options.binaries.resolve(), 1)
    try:
        print(json.dumps(play(office, options.saves, options.loss)))
    except bad.Violated as error:
        print(f"violated: {error}")
        print(office.server.log.read_text()[-2000:])
        return 1
    finally:
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
