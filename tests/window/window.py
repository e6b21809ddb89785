# SPDX-License-Identifier: EUPL-1.2
"""The real program in a real window, driven as a person does it: keys go in by xdotool, and what is on the page comes
back by AT-SPI, as a screen reader gets it. Nothing here waits for time to pass, only for what should be seen.

Needs a session bus of its own: run under dbus-run-session, with Debian's Python, whose python3-gi knows AT-SPI.
"""

import os
import pathlib
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # the version has to be named first

# Never reached by a test that passes, however slow the machine.
PATIENCE = 60
# Qt asks for the accessibility bus once, when a program starts, and on a busy machine the answer may come too late for
# it. Such a program is started again: it is the bus that failed, and nothing was done in the window yet.
ATTEMPTS = 3


class NotSeen(AssertionError):
    """What should have been on the page was not there in all that time."""


def until(see, what, patience=PATIENCE):
    """Asks `see` again and again until it answers with something true, and gives that back."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            answer = see()
        except GLib.Error:
            # What was asked went away meanwhile: a page that is left, a window that is closed.
            answer = None
        if answer:
            return answer
        time.sleep(0.02)
    raise NotSeen(what)


class Screen:
    """A virtual screen of a size like "1280x800"; DISPLAY points at it."""

    def __init__(self, size, log):
        read, write = os.pipe()
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", size + "x24", "-nolisten", "tcp"],
                pass_fds=[write], stdout=out, stderr=out)
        os.close(write)
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = ":" + told.readline().strip()
        # Polish letters as keys of their own: xdotool would otherwise remap a key for each, and lose some.
        subprocess.run(["setxkbmap", "pl"], check=True)

    def close(self):
        self.process.terminate()
        self.process.wait()


def below(accessible):
    """An accessible object and all that is below it and shown, in the order of the page."""
    if accessible is None:
        return
    yield accessible
    for at in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(at)
        if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield from below(child)


class Window:
    """The program `teren` with one profile."""

    def __init__(self, teren, arguments, log, environment=None):
        self.log = pathlib.Path(log)
        # The registry first: a program that asks for it while it starts may get no answer and never ask again.
        until(lambda: Atspi.get_desktop(0), "the registry of the accessibility bus")
        self.root = None
        for _ in range(ATTEMPTS):
            self._start(teren, arguments, environment)
            try:
                self.root = until(self._application, "the program at the accessibility bus", PATIENCE / ATTEMPTS)
                break
            except NotSeen:
                self.kill()
        if self.root is None:
            raise NotSeen(f"the program at the accessibility bus, in {ATTEMPTS} attempts")
        self.handle = self._focused_window()

    def _start(self, teren, arguments, environment):
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(
                [teren, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env={**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **(environment or {})})

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child is not None and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def _focused_window(self):
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--all", "--pid", str(self.process.pid), "--name", "Teren"],
            check=True, capture_output=True, text=True, timeout=PATIENCE)
        handle = found.stdout.split()[-1]
        subprocess.run(["xdotool", "windowraise", handle, "windowfocus", "--sync", handle], check=True)
        return handle

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "12", text], check=True)

    def all(self, role=None, name=None):
        """What is shown with this role and this name; a callable `name` judges names."""
        judge = name if callable(name) else (lambda own: name is None or own == name)
        return [one for one in below(self.root)
                if (role is None or one.get_role() == role) and judge(one.get_name())]

    def see(self, name, role=None):
        """Waits for the first thing of this name."""
        return until(lambda: (self.all(role, name) or [None])[0], f"{role or 'something'} named {name!r}")

    def focused(self):
        """What has the keyboard, or None. A page says so as well as the field in it: the innermost counts."""
        found = None
        for one in below(self.root):
            if one.get_state_set().contains(Atspi.StateType.FOCUSED):
                found = one
        return found

    def activate(self, accessible):
        """Presses it by the keyboard, wherever it is on the page."""
        Atspi.Component.grab_focus(accessible)
        until(lambda: (self.focused() or self.root).path == accessible.path, f"the keyboard at {accessible.get_name()!r}")
        self.press("Return")

    def anywhere(self, name, role):
        """Waits for the first thing of this name, also one that has to be scrolled to."""
        return until(lambda: self._below(self.root, name, role), f"{role} named {name!r}, anywhere")

    @classmethod
    def _below(cls, within, name, role):
        for at in range(within.get_child_count()):
            child = within.get_child_at_index(at)
            if child is None:
                continue
            if child.get_name() == name and child.get_role() == role:
                return child
            found = cls._below(child, name, role)
            if found:
                return found
        return None

    def fill(self, name, text, role=Atspi.Role.TEXT):
        """Types into a field, wherever it is on the page, in place of what it holds."""
        field = self.anywhere(name, role)
        Atspi.Component.grab_focus(field)
        until(lambda: (self.focused() or self.root).path == field.path, f"the keyboard in {name!r}")
        self.press("ctrl+a")
        self.write(text)

    def advice(self, problem, including=""):
        """What stands below the words of a notice. A notice that replaces another one changes its title first:
        `including` is what belongs to this one alone."""
        notice = self.see(problem)
        return until(lambda: including in (words := notice.get_description()) and words, f"what to do about {problem!r}")

    def unlock(self, passphrase):
        until(lambda: (self.focused() or self.root).get_role() == Atspi.Role.PASSWORD_TEXT, "the field of the passphrase")
        self.write(passphrase)
        self.press("Return")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def text_of(accessible):
    """What is written in a field."""
    return Atspi.Text.get_text(accessible, 0, -1)
