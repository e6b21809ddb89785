#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""An office of five devices and a server on bad lines, killed at random, with the real programs only.

    office_on_bad_lines.py BIN [--seconds N] [--seed N] [--settle-within SECONDS]

Five clients, each in a network namespace of its own, write and synchronise for N seconds over lines of 64 kbit/s with a
round trip of 300 ms, 5 % loss, packets out of order, and cuts of up to 20 s; all programs are killed with SIGKILL at
random moments, the server with them. Then the lines are mended, and these must hold:

1. every value that terenctl called saved is on every device, in force or in the record's history: what was confirmed to
   its author, and what was not yet;
2. all five have one digest, nothing unsent, and a server in order, within SECONDS (60) of the lines being
   mended;
3. `self-check` finds nothing on any of them.

Exit code 0: all held; 1: one did not, and it is said which; 77: this machine cannot have such a network, and why.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import link

PASSPHRASE = "zielona-lipa-nad-stawem"
CLIENTS = 5
BAD = link.Quality(delay=0.150, rate=8_000, loss=0.05, late=0.05)
MENDED = link.Quality(delay=0.020, rate=1_000_000)


class Violated(Exception):
    """What was promised did not hold."""


class Device:
    """One person's device: terenctl on one computer of the network."""

    def __init__(self, binaries, root, number, computer, seed):
        self.binaries = binaries
        self.folder = root / f"p{number}"
        self.computer = computer
        self.name = f"Osoba {number} (dane przykładowe)"
        self.chance = random.Random(f"{seed}/device/{number}")
        self.passphrase = root / f"p{number}.passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.saved = []  # (record, field, value): what terenctl said was saved.
        self.unsure = []  # The same, where it was killed before it could say.
        self.records = []
        self.counts = collections.Counter()

    def start(self, *words, stdin=subprocess.DEVNULL):
        argv = [self.binaries / "terenctl", "--profile", self.folder, "--passphrase-file", self.passphrase, "--json", *words]
        return subprocess.Popen(
            self.computer.argv(*argv), stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TEREN_KDF": "floor"}, start_new_session=True)

    def run(self, *words, timeout=120):
        """@return (exit code, what was printed, the error line)"""
        process = self.start(*words)
        try:
            out, error = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            kill(process)
            raise Violated(f"{self.name}: {words[0]} did not end within {timeout} s") from None
        return process.returncode, out, error

    def histories(self, records):
        """The history of each record, with one unlocking for all."""
        process = self.start("batch", "-", stdin=subprocess.PIPE)
        out, error = process.communicate("".join(f"history {record}\n" for record in records), timeout=600)
        if process.returncode != 0:
            raise Violated(f"{self.name}: history: exit {process.returncode}: {error.strip()}")
        return [json.loads(line) for line in out.splitlines()]

    def value(self, *words, timeout=120):
        code, out, error = self.run(*words, timeout=timeout)
        if code != 0:
            raise Violated(f"{self.name}: {' '.join(map(str, words))}: exit {code}: {error.strip()}")
        return json.loads(out) if out.strip() else None


def kill(process):
    """As a power cut does: `ip netns exec` becomes the program itself, so this is its own end."""
    try:
        process.send_signal(signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate()


class Server:
    def __init__(self, binaries, root, computer):
        self.binaries = binaries
        self.data = root / "server"
        self.log = root / "server.log"
        self.computer = computer
        self.process = None
        self.port = 7400
        self.kills = 0

    @property
    def address(self):
        return f"{self.computer.address}:{self.port}"

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.computer.argv(self.binaries / "teren-server", "--data", self.data, "--listen", self.address),
                stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if "listening on" not in line:
            raise Violated(f"the server does not start after it was killed {self.kills} times: {self.log.read_text()[-500:]}")
        return self

    def kill(self):
        kill(self.process)
        self.kills += 1

    def ask(self, word):
        done = subprocess.run([self.binaries / "teren-server", word, "--data", self.data], capture_output=True, text=True, timeout=60,
                              check=True)
        return done.stdout.strip()


class Office:
    """Five people who have met over lines that are still good."""

    def __init__(self, binaries, seed):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="teren-blackbox-"))
        self.network = link.Network(seed)
        self.server = Server(binaries, self.root, self.network.add(MENDED))
        self.devices = [Device(binaries, self.root, n, self.network.add(MENDED), seed) for n in range(CLIENTS)]
        self.network.start()

    def meet(self):
        self.server.start()
        founder, *others = self.devices
        for device in self.devices:
            device.value("profile", "create", "--name", device.name)
        founder.value("workspace", "create", "--name", "GOPS Lipowo (dane przykładowe)", "--model", "rural",
                      "--server", self.server.address, "--fingerprint", self.server.ask("fingerprint"),
                      "--token", self.server.ask("workspace-token"))
        for other in others:
            invitation = founder.value("invite", "--name", other.name, "--role", "social-worker")["invitation"]
            code = other.value("join", invitation)["code"]
            founder.value("requests")
            founder.value("approve", code)
            other.value("sync")
        case = founder.value("case", "new", "--title", "Rodzina Zawilskich (dane przykładowe)")["case"]
        shared = [founder.value("record", "add", case, "note", f"text=Notatka wspólna {n}")["record"] for n in range(4)]
        founder.value("sync")
        for device in self.devices:
            device.value("sync")
            device.case = case
            device.shared = shared

    def close(self):
        if self.server.process:
            kill(self.server.process)
        self.network.close()
        shutil.rmtree(self.root, ignore_errors=True)


def work(device, until, failures):
    """What a person does in a week, in a minute: writes, corrects, synchronises, and loses power in the middle."""
    try:
        while time.monotonic() < until:
            if device.chance.random() < 0.6:
                write(device)
            else:
                synchronise(device)
    except Violated as error:
        failures.append(str(error))


def write(device):
    chance = device.chance
    value = f"{device.folder.name}-{len(device.saved) + len(device.unsure)}-{chance.getrandbits(40):x} " + "żółw " * chance.randrange(60)
    value = value.strip()
    known = device.records + device.shared
    adds = chance.random() < 0.5
    record = None if adds else chance.choice(known)
    words = ["record", "add", device.case, "note", f"text={value}"] if adds else ["record", "set", record, f"text={value}"]
    process = device.start(*words)
    dies = chance.random() < 0.15
    out, error = finish(process, chance.uniform(0.0, 0.4) if dies else 60.0)
    if process.returncode == 0:
        record = json.loads(out)["record"] if adds else record
        if adds:
            device.records.append(record)
        device.saved.append((record, value))
        device.counts["saved"] += 1
    elif process.returncode == -signal.SIGKILL:
        device.unsure.append((record, value))
        device.counts["killed writing"] += 1
    else:
        raise Violated(f"{device.name}: {words[:2]}: exit {process.returncode}: {error.strip()}")


def synchronise(device):
    chance = device.chance
    watches = chance.random() < 0.3
    process = device.start("sync", *(["--watch"] if watches else []))
    dies = watches or chance.random() < 0.3
    _, error = finish(process, chance.uniform(0.1, 15.0) if dies else 300.0)
    code = process.returncode
    if code not in (0, 4, -signal.SIGKILL):
        raise Violated(f"{device.name}: sync: exit {code}: {error.strip()}")
    device.counts[{0: "synchronised", 4: "not reached"}.get(code, "killed synchronising")] += 1


def finish(process, seconds):
    """Waits for the end of `process`, and makes it after `seconds`."""
    try:
        return process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        if seconds >= 60.0:
            kill(process)
            raise Violated(f"a program did not end within {seconds} s") from None
        process.send_signal(signal.SIGKILL)
        return process.communicate()


def trouble(office, seed, until, failures):
    """Kills the server and cuts the lines."""
    chance = random.Random(f"{seed}/trouble")
    mends = {}
    next_kill = time.monotonic() + chance.uniform(5, 20)
    try:
        while (now := time.monotonic()) < until:
            for computer in [computer for computer, at in mends.items() if at <= now]:
                office.network.cut(computer, False)
                del mends[computer]
            if now >= next_kill:
                office.server.kill()
                time.sleep(chance.uniform(0.0, 3.0))
                office.server.start()
                next_kill = time.monotonic() + chance.uniform(10, 40)
            if chance.random() < 0.05:
                computer = chance.choice(office.devices).computer
                office.network.cut(computer)
                mends[computer] = now + chance.uniform(1, 20)
            time.sleep(0.5)
    except Violated as error:
        failures.append(str(error))
    for computer in mends:
        office.network.cut(computer, False)


def settle(office, within):
    """@return seconds until every device had nothing unsent and all had one digest"""
    begin = time.monotonic()
    while True:
        for device in office.devices:
            device.run("sync", timeout=within)
        states = [device.value("status") for device in office.devices]
        digests = {device.value("digest")["digest"] for device in office.devices}
        took = time.monotonic() - begin
        if len(digests) == 1 and all(state["unsent"] == 0 and state["server"] == "ok" for state in states):
            return took
        if took > within:
            raise Violated(f"not settled {took:.0f} s after the lines were mended: {len(digests)} digests, states {states}")


def check(office):
    """Everything that was called saved is at everybody's."""
    everything = [entry for device in office.devices for entry in device.saved]
    wanted = collections.defaultdict(set)
    for record, value in everything:
        wanted[record].add(value)
    for device in office.devices:
        for (record, values), told in zip(wanted.items(), device.histories(wanted)):
            written = {change["new"] for change in told}
            missing = values - written
            if missing:
                raise Violated(f"{device.name} lacks {len(missing)} of {len(values)} values of {record}, such as {min(missing)!r}")
        found = device.value("self-check")
        if not found["ok"]:
            raise Violated(f"{device.name}: self-check: {found['problems'][:3]}")
    return len(everything)


def play(office, seconds, seed, within):
    office.meet()
    for device in office.devices:
        office.network.set_line(device.computer, BAD)
    until = time.monotonic() + seconds
    failures = []
    threads = [threading.Thread(target=work, args=(device, until, failures)) for device in office.devices]
    threads.append(threading.Thread(target=trouble, args=(office, seed, until, failures)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Violated("; ".join(failures))
    for device in office.devices:
        office.network.set_line(device.computer, MENDED)
    took = settle(office, within)
    saved = check(office)
    counts = sum((device.counts for device in office.devices), collections.Counter())
    lost = sum(computer.up.lost + computer.down.lost for computer in office.network.computers.values())
    carried = sum(computer.up.carried + computer.down.carried for computer in office.network.computers.values())
    return {"seconds": seconds, "seed": seed, "saved": saved, "settled after s": round(took, 1),
            "server killed": office.server.kills, **dict(counts), "bytes carried": carried, "packets lost": lost}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", type=pathlib.Path, metavar="BIN")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--settle-within", type=float, default=60.0)
    options = parser.parse_args()
    if reason := link.why_not():
        print(f"skipped: {reason}")
        return 77
    print(f"seed {options.seed}", flush=True)
    office = Office(options.binaries.resolve(), options.seed)
    try:
        print(json.dumps(play(office, options.seconds, options.seed, options.settle_within), ensure_ascii=False))
    except Violated as error:
        print(f"violated: {error}")
        print(office.server.log.read_text()[-2000:])
        return 1
    finally:
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
