"""A client whose calls block: requests, urllib, a database driver without async (core/runtime/blocking_client.h)."""
import time


class BlockingClient:
    """A synchronous connection to somebody who answers after `latency` seconds.

    The thread that asks stands still until the answer is there.  `call` is the library's name for it: "requests.get".
    """

    def __init__(self, call, latency):
        self.call, self.latency = call, latency

    def get(self):
        time.sleep(self.latency)
