#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A system bus of a test's own with a logind and a UPower on it that do what they are told: `Logind` for a test.

Run as a program it is that logind: a word a line comes in ("sleep", "wake", "lock", "lid"), and what happens goes out
("inhibited", "released").
"""

import os
import queue
import subprocess
import sys
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

MANAGER = """<node>
  <interface name="org.freedesktop.login1.Manager">
    <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="h" direction="out"/></method>
    <method name="GetSession"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
    <method name="GetSessionByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
    <signal name="PrepareForSleep"><arg type="b"/></signal>
  </interface>
</node>"""
SESSION = "/org/freedesktop/login1/session/_3100"
PATIENCE = 60


class Logind:
    """The bus and the program on it; `environment` leads other programs there."""

    def __init__(self, log):
        self.log = open(log, "ab")
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                                    stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": self.bus.stdout.readline().strip()}
        self.process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.log, text=True, env={**os.environ, **self.environment})
        self.told = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.expect("ready")

    def _listen(self):
        for line in self.process.stdout:
            self.told.put(line.strip())

    def expect(self, word):
        told = self.told.get(timeout=PATIENCE)
        if told != word:
            raise AssertionError(f"logind says {told!r}, expected {word!r}")

    def tell(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def close(self):
        for program in (self.process, self.bus):
            program.terminate()
            program.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.bus.stdout.close()
        self.log.close()


def say(word):
    print(word, flush=True)


def called(connection, sender, path, interface, method, arguments, invocation):
    if method != "Inhibit":
        invocation.return_value(GLib.Variant("(o)", (SESSION,)))
        return
    what, _, _, mode = arguments.unpack()
    if (what, mode) != ("sleep", "delay"):
        say(f"inhibits {what} as {mode}")
    held, given = os.pipe()
    files = Gio.UnixFDList()
    files.append(given)
    os.close(given)
    invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), files)
    say("inhibited")
    GLib.io_add_watch(held, GLib.IO_HUP, lambda *_: released(held))


def released(held):
    os.close(held)
    say("released")
    return False


def told(connection, word):
    def send(path, interface, name, arguments):
        connection.emit_signal(None, path, interface, name, arguments)

    if word in ("sleep", "wake"):
        send("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
             GLib.Variant("(b)", (word == "sleep",)))
    elif word == "lock":
        send(SESSION, "org.freedesktop.login1.Session", "Lock", None)
    elif word == "lid":
        send("/org/freedesktop/UPower", "org.freedesktop.DBus.Properties", "PropertiesChanged",
             GLib.Variant("(sa{sv}as)", ("org.freedesktop.UPower", {"LidIsClosed": GLib.Variant("b", True)}, [])))


def main():
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
    interface = Gio.DBusNodeInfo.new_for_xml(MANAGER).interfaces[0]
    connection.register_object("/org/freedesktop/login1", interface, called, None, None)
    names = {"org.freedesktop.login1", "org.freedesktop.UPower"}

    def acquired(_, name):
        names.discard(name)
        if not names:
            say("ready")

    for name in list(names):
        Gio.bus_own_name_on_connection(connection, name, Gio.BusNameOwnerFlags.NONE, acquired, None)

    def read(*_):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        told(connection, line.strip())
        return True

    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
    loop.run()


if __name__ == "__main__":
    main()
