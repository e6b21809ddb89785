# SPDX-License-Identifier: EUPL-1.2
"""A network of bad lines on one machine: a namespace for each computer, a TUN device in each, and a loop that carries
the packets between them late, not in order, or not at all.

Every line has its own seeded chance, so that a seed tells which of its packets meet what; when they come is decided by
the programs under test and the machine. Needs root and /dev/net/tun; nothing of `tc`.
"""

import dataclasses
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
PACKET_MAX = 1500


@dataclasses.dataclass
class Quality:
    """Of one direction of a line."""

    delay: float = 0.0  # Seconds.
    rate: float = 0.0  # Bytes a second; 0 for as fast as the machine is.
    loss: float = 0.0  # Chance of a packet.
    late: float = 0.0  # Chance of a packet to come 10 to 110 ms after its turn.
    queue: float = 2.0  # Seconds of waiting behind others at which a packet is dropped, as in a router's buffer.


@dataclasses.dataclass
class Direction:
    quality: Quality
    chance: random.Random
    free_at: float = 0.0
    carried: int = 0
    lost: int = 0


class Computer:
    """A namespace with one address, and its line to the middle of the network."""

    def __init__(self, prefix, number, quality, seed):
        self.name = f"{prefix}{number}"
        self.address = f"10.77.0.{number}"
        self.up = Direction(quality, random.Random(f"{seed}/{number}/up"))
        self.down = Direction(quality, random.Random(f"{seed}/{number}/down"))
        self.is_cut = False
        self.device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        link = f"t{self.name}"
        fcntl.ioctl(self.device, TUNSETIFF, struct.pack("16sH22s", link.encode(), IFF_TUN | IFF_NO_PI, b""))
        _ip("netns", "add", self.name)
        _ip("link", "set", link, "netns", self.name)
        for words in (["link", "set", "lo", "up"], ["addr", "add", f"{self.address}/24", "dev", link],
                      ["link", "set", link, "mtu", "1400", "up"]):
            _ip("-n", self.name, *words)

    def argv(self, *words):
        """What runs `words` on this computer."""
        return ["ip", "netns", "exec", self.name, *[str(word) for word in words]]

    def close(self):
        os.close(self.device)
        _ip("netns", "del", self.name)


class Network:
    """Computers around one middle; the line between two of them is the first's way up and the second's way down."""

    def __init__(self, seed):
        self.seed = seed
        # Two runs on one machine must not meet; 15 characters are all that a link's name may have.
        self.prefix = f"x{os.getpid() % 0x10000:04x}n"
        self.computers = {}
        self.waiting = []
        self.sequence = 0
        self.lock = threading.Lock()
        self.wake, self.woken = os.pipe()
        self.ends = False
        self.thread = threading.Thread(target=self._carry, daemon=True)

    def add(self, quality=None):
        computer = Computer(self.prefix, len(self.computers) + 1, quality or Quality(), self.seed)
        self.computers[computer.address] = computer
        return computer

    def start(self):
        self.thread.start()
        return self

    def set_line(self, computer, quality):
        with self.lock:
            computer.up.quality = computer.down.quality = quality

    def cut(self, computer, is_cut=True):
        """Nothing passes, and nobody is told: the half-open line of a valley."""
        with self.lock:
            computer.is_cut = is_cut

    def close(self):
        self.ends = True
        os.write(self.woken, b".")
        self.thread.join(timeout=5)
        for computer in self.computers.values():
            computer.close()
        os.close(self.wake)
        os.close(self.woken)

    def _carry(self):
        devices = {computer.device: computer for computer in self.computers.values()}
        poll = select.poll()
        poll.register(self.wake, select.POLLIN)
        for device in devices:
            poll.register(device, select.POLLIN)
        while not self.ends:
            now = time.monotonic()
            pause = min(0.5, max(0.0, self.waiting[0][0] - now)) if self.waiting else 0.5
            for device, _ in poll.poll(pause * 1000):
                if device in devices:
                    self._take(devices[device])
            self._deliver(time.monotonic())

    def _take(self, sender):
        for _ in range(64):
            try:
                packet = os.read(sender.device, PACKET_MAX + 100)
            except BlockingIOError:
                return
            now = time.monotonic()
            with self.lock:
                receiver = self._receiver(packet)
                if receiver is None or sender.is_cut or receiver.is_cut:
                    continue
                at = self._through(sender.up, len(packet), now)
                at = at and self._through(receiver.down, len(packet), at)
            if at:
                self.sequence += 1
                heapq.heappush(self.waiting, (at, self.sequence, receiver, packet))

    def _receiver(self, packet):
        if len(packet) < 20 or packet[0] >> 4 != 4:
            return None
        return self.computers.get(".".join(str(part) for part in packet[16:20]))

    @staticmethod
    def _through(direction, size, now):
        """When the packet leaves this stretch; None where it is lost on it."""
        quality = direction.quality
        start = max(now, direction.free_at)
        # Drawn always in one order, so that a packet's luck does not depend on what the line was set to before.
        lost, late, by = (direction.chance.random() for _ in range(3))
        if lost < quality.loss or start - now > quality.queue:
            direction.lost += 1
            return None
        if quality.rate:
            direction.free_at = start + size / quality.rate
            start = direction.free_at
        direction.carried += size
        return start + quality.delay + (0.01 + 0.1 * by if late < quality.late else 0.0)

    def _deliver(self, now):
        while self.waiting and self.waiting[0][0] <= now:
            _, _, receiver, packet = heapq.heappop(self.waiting)
            if receiver.is_cut:
                continue
            try:
                os.write(receiver.device, packet)
            except OSError:
                receiver.down.lost += 1


def _ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=30)


def why_not():
    """Why this machine cannot have such a network; empty where it can."""
    if os.geteuid() != 0:
        return "it takes root to make network namespaces"
    if not os.path.exists("/dev/net/tun"):
        return "this machine has no /dev/net/tun"
    name = f"xprobe{os.getpid() % 0x10000:04x}"
    try:
        _ip("netns", "add", name)
        _ip("netns", "del", name)
    except (OSError, subprocess.SubprocessError) as error:
        return f"network namespaces cannot be made here: {error}"
    return ""
