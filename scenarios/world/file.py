"""Files of a simulated disk, read the plain way: the thread that reads stands still (core/runtime/file.h)."""
import time


class Disk:
    """`call`: the least that a read takes; `latency`: what each waits before its first byte.  Seconds."""

    def __init__(self, call, bytes_per_second, latency=0):
        self.call, self.rate, self.latency = call, bytes_per_second, latency


class File:
    def __init__(self, disk, name, size):
        self.name, self.size = name, size
        self.takes = disk.latency + max(disk.call, size / disk.rate)

    def read(self):
        time.sleep(self.takes)
