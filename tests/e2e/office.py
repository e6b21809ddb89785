# SPDX-License-Identifier: EUPL-1.2
"""Real programs for end-to-end tests: a server, profiles driven by terenctl, and a wire that is listened to."""

import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

BIN = pathlib.Path(os.environ["TEREN_BIN"])
PASSPHRASE = "zielona-lipa-nad-stawem"


class Failed(Exception):
    """terenctl ended with another exit code than expected."""


class Server:
    """A teren-server on loopback; the port is kept over restarts."""

    def __init__(self, data):
        self.data = pathlib.Path(data)
        self.port = 0
        self.process = None
        self.log = self.data.parent / (self.data.name + ".log")

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BIN / "teren-server", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if "listening on" not in line:
            raise AssertionError(f"server did not start: {line!r} {self.log.read_text()}")
        self.port = int(line.strip().rsplit(":", 1)[1])
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process:
            self.process.send_signal(how)
            code = self.process.wait(timeout=30)
            self.process.stdout.close()
            self.process = None
            return code
        return None

    def state(self):
        """How it is, for a failure that nobody expected."""
        if self.process is None:
            return "it was stopped"
        code = self.process.poll()
        return "it runs" if code is None else f"it ended with {code}: {self.log.read_text()[-500:]}"

    def ask(self, *words):
        done = subprocess.run([BIN / "teren-server", *words, "--data", self.data], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def wait_for_an_end(*ends):
    """Returns once one of the connections is closed by the other side; reads nothing of them."""
    watch = select.poll()
    for end in ends:
        watch.register(end, select.POLLRDHUP)
    watch.poll()


class Wire:
    """Passes bytes between clients and the server, keeps all of them, and cuts where it is told to."""

    def __init__(self, server):
        self.server = server
        self.seen = bytearray()
        self.connections = 0
        self.cut_after = None
        self.hold_after = None  # The next connection is held, not cut, after so many bytes: until an end hangs up.
        self.held = threading.Event()
        self.lost_reply = None  # The connection, counted from now, whose answer never arrives: the server has acted.
        self.reply_is_lost = threading.Event()
        self.holds_the_line = False  # Instead of hanging up then.
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.accepting = threading.Thread(target=self._accept, daemon=True)
        self.accepting.start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                upstream = socket.create_connection(("127.0.0.1", self.server.port))
            except OSError as error:
                print(f"the wire finds no server: {error}; {self.server.state()}", file=sys.stderr)
                client.close()
                continue
            budget = [self.cut_after if self.hold_after is None else self.hold_after]
            line = {"muted": False, "greeted": False, "asked": False, "holds": self.hold_after is not None,
                    "open": threading.Semaphore(1)}
            self.hold_after = None
            if self.lost_reply is not None:
                self.lost_reply -= 1
                line["muted"] = self.lost_reply == 0
            for source, target in ((client, upstream), (upstream, client)):
                threading.Thread(target=self._pump, args=(source, target, budget, line, source is upstream),
                                 daemon=True).start()

    def _pump(self, source, target, budget, line, from_server):
        try:
            while data := source.recv(65536):
                self.seen += data
                # TLS 1.3: what the server sends after the client's second flight answers the client's question.
                if from_server and line["muted"] and line["asked"]:
                    self.reply_is_lost.set()
                    if self.holds_the_line:
                        continue
                    break
                line["greeted"] |= from_server
                line["asked"] |= line["greeted"] and not from_server
                spent = budget[0] is not None and budget[0] <= len(data)
                if budget[0] is not None:
                    budget[0] -= len(data)
                if spent and not line["holds"]:
                    break
                target.sendall(data)
                if spent:
                    self.held.set()
                    wait_for_an_end(source, target)
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        # Closed by the one that is done last: a number that is free again may at once be another connection's, and
        # whoever still held it would then hang up on that one.
        if not line["open"].acquire(blocking=False):
            for end in (source, target):
                end.close()

    def close(self):
        # A thread that waits in accept() keeps a closed listener alive, and gets what is meant for another on its port.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.accepting.join()
        self.listener.close()


class Profile:
    """One person's device, driven as an operator would."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder)
        self.name = name
        self.passphrase = self.folder.parent / (self.folder.name + ".passphrase")
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def argv(self, *words):
        return [str(BIN / "terenctl"), "--profile", str(self.folder), "--passphrase-file", str(self.passphrase),
                "--json", *words]

    def run(self, *words, code=0, stdin=None):
        """Runs a command; returns its JSON, or the error line where another exit code is expected."""
        done = subprocess.run(self.argv(*words), capture_output=True, text=True, timeout=120, input=stdin,
                              env={**os.environ, "TEREN_KDF": "floor"})
        if done.returncode != code:
            raise Failed(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}{done.stderr}")
        if code != 0:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def batch(self, lines):
        done = subprocess.run(self.argv("batch", "-"), capture_output=True, text=True, timeout=600, input="\n".join(lines) + "\n",
                              env={**os.environ, "TEREN_KDF": "floor"})
        if done.returncode != 0:
            raise Failed(f"batch: exit {done.returncode}\n{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def create(self):
        self.run("profile", "create", "--name", self.name)
        return self


class SmallDisk:
    """A file system of a few megabytes, that can be filled and emptied again. Skips a test where there cannot be one."""

    def __init__(self, test, folder, size="6m"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.rest = self.folder / "letters"
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
        if made.returncode != 0:
            test.skipTest("a small disk cannot be mounted here")
        test.addCleanup(subprocess.run, ["umount", folder])

    def fill(self):
        with open(self.rest, "wb", buffering=0) as rest:
            try:
                while True:
                    rest.write(b"x" * 1024)
            except OSError:
                pass

    def make_room(self):
        self.rest.unlink()


class Office:
    """A server and an office of people who have met: the beginning of every story."""

    def __init__(self, model="rural", through_wire=False):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="teren-e2e-"))
        self.server = Server(self.root / "server").start()
        self.wire = Wire(self.server) if through_wire else None
        self.model = model
        self.people = []

    @property
    def address(self):
        return f"127.0.0.1:{self.wire.port if self.wire else self.server.port}"

    def found(self, name):
        founder = Profile(self.root / "p0", name).create()
        founder.run("workspace", "create", "--name", "GOPS Lipowo (dane przykładowe)", "--model", self.model,
                    "--server", self.address, "--fingerprint", self.server.ask("fingerprint"),
                    "--token", self.server.ask("workspace-token"))
        self.people.append(founder)
        return founder

    def admit(self, inviter, name, role="social-worker"):
        person = Profile(self.root / f"p{len(self.people)}", name).create()
        invitation = inviter.run("invite", "--name", name, "--role", role)["invitation"]
        code = person.run("join", invitation)["code"]
        assert inviter.run("requests") == [{"name": name, "role": role}]
        inviter.run("approve", code)
        person.run("sync")
        self.people.append(person)
        return person

    def person(self, name):
        """Somebody with a profile whom nobody has let in."""
        person = Profile(self.root / f"p{len(self.people)}", name).create()
        self.people.append(person)
        return person

    def move_server(self, test, folder):
        """Its data goes on in another folder, which it lets go of before that is taken away."""
        test.addCleanup(self.server.stop)
        self.server.stop()
        self.server.data = pathlib.Path(shutil.move(self.server.data, folder))
        self.server.start()

    def close(self):
        if self.wire:
            self.wire.close()
        self.server.stop()
        shutil.rmtree(self.root, ignore_errors=True)


def files_holding(folder, words):
    """Which files below `folder` hold one of the words, in UTF-8 or UTF-16."""
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for word in words:
            if word.encode() in content or word.encode("utf-16-le") in content:
                found.append((str(path), word))
    return sorted(found)
