#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How long an office's work takes over a line of 1 Mbit/s, 300 ms and 2 % loss, beside plain TCP with as many bytes.

    sync_on_slow_line.py BIN [--records N] [--rounds N] [--seed N]

One device uploads N records of 20 fields over the line, ROUNDS others download them; after each, a plain TCP connection over
the same line carries as many bytes the same way. Prints JSON: seconds of each, and their ratio. `sync` is the time of the
whole program less that of one that only unlocks the profile and reads its state. A figure, not a test: see packaging/bench.

Exit code 77: this machine cannot have such a network, and why.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

import link
import office_on_bad_lines as bad

LINE = link.Quality(delay=0.150, rate=125_000, loss=0.02)
RECORDS_PER_CASE = 50
WORDS = ["situation", "referrer", "difficulties", "strengths", "expectations", "needs", "areas", "info_from_involved",
         "referrer_view", "area_a", "area_b", "area_c", "institutions", "key_worker"]
SCALES = ["scale_a_family=3", "scale_a_institution=4", "scale_b_family=5", "scale_b_institution=6", "scale_c_family=7"]
PLAIN_PORT = 7500
# Waits for a connection, then sends or takes so many bytes; the one who takes them answers with one.
FAR_END = """
import socket, sys
listening = socket.create_server((sys.argv[1], int(sys.argv[2])))
print("ready", flush=True)
line, _ = listening.accept()
size, sends = int(sys.argv[3]), sys.argv[4] == "sends"
if sends:
    line.sendall(bytes(size))
    line.recv(1)
else:
    while size > 0:
        size -= len(line.recv(65536))
    line.sendall(b".")
"""
NEAR_END = """
import socket, sys, time
begun = time.monotonic()
line = socket.create_connection((sys.argv[1], int(sys.argv[2])))
size, sends = int(sys.argv[3]), sys.argv[4] == "sends"
if sends:
    line.sendall(bytes(size))
    line.recv(1)
else:
    while size > 0:
        size -= len(line.recv(65536))
    line.sendall(b".")
print(time.monotonic() - begun)
"""


def batch(device, lines):
    process = device.start("batch", "-", stdin=subprocess.PIPE)
    out, error = process.communicate("\n".join(lines) + "\n", timeout=1800)
    if process.returncode != 0:
        raise bad.Violated(f"batch: exit {process.returncode}: {error.strip()}")
    return [json.loads(line) for line in out.splitlines()]


def write_records(device, count):
    cases = [f"case new --title 'Rodzina próbna {n}'" for n in range((count + RECORDS_PER_CASE - 1) // RECORDS_PER_CASE)]
    ids = [made["case"] for made in batch(device, cases)]
    lines = []
    for n in range(count):
        texts = [f"'{word}=Zapis {n} w polu {word}: kilka słów o tym, co jest ważne.'" for word in WORDS]
        lines.append(" ".join(["record add", ids[n // RECORDS_PER_CASE], "expectation_card date=2026-11-22", *SCALES, *texts]))
    batch(device, lines)


def timed(device, *words):
    begun = time.monotonic()
    value = device.value(*words, timeout=1800)
    return time.monotonic() - begun, value


def plain(office, device, size, sends):
    """Seconds that plain TCP takes for as many bytes, to the answer that they have come."""
    there, near = ("takes", "sends") if sends else ("sends", "takes")
    address = office.server.computer.address
    far = subprocess.Popen(
        office.server.computer.argv(sys.executable, "-c", FAR_END, address, PLAIN_PORT, size, there),
        stdout=subprocess.PIPE, text=True)
    far.stdout.readline()
    done = subprocess.run(
        device.computer.argv(sys.executable, "-c", NEAR_END, address, PLAIN_PORT, size, near),
        capture_output=True, text=True, check=True, timeout=600)
    far.communicate(timeout=60)
    return float(done.stdout)


def measure(office, device, sends):
    """Both over the bad line, one after the other."""
    unlocking = min(timed(device, "status")[0] for _ in range(3))
    office.network.set_line(device.computer, LINE)
    whole, report = timed(device, "sync")
    size = report["bytesSent" if sends else "bytesReceived"]
    beside = plain(office, device, size, sends)
    office.network.set_line(device.computer, bad.MENDED)
    seconds = whole - unlocking
    return {"bytes": size, "syncSeconds": round(seconds, 2), "plainSeconds": round(beside, 2),
            "ratio": round(seconds / beside, 3), "withUnlockingSeconds": round(whole, 2)}


def play(office, records, rounds):
    office.meet()
    founder, *others = office.devices
    write_records(founder, records)
    up = measure(office, founder, True)
    down = [measure(office, other, False) for other in others[:rounds]]
    digests = {device.value("digest")["digest"] for device in [founder, *others[:rounds]]}
    control = pathlib.Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
    return {"line": "1 Mbit/s, 300 ms, 2 % loss", "congestionControlOfPlain": control, "records": records,
            "fieldChanges": records * 20, "up": up, "down": down,
            "downRatioMedian": statistics.median(one["ratio"] for one in down), "converged": len(digests) == 1}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", type=pathlib.Path, metavar="BIN")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if reason := link.why_not():
        print(f"bench: the slow line is left out: {reason}", file=sys.stderr)
        return 77
    bad.CLIENTS = 1 + options.rounds
    office = bad.Office(options.binaries.resolve(), options.seed)
    try:
        print(json.dumps(play(office, options.records, options.rounds)))
    finally:
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
