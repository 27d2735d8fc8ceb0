"""What a circuit breaker remembers: its state, since when, and the failures in a row (core/runtime/circuit.h).

When to change is the program's code.  Libraries such as pybreaker or aiobreaker hold both.
"""
from world import loop_time


class Circuit:
    """Closed: calls pass; open: they are turned away; half open: a call may find out whether the other side is back."""

    def __init__(self, name):
        self.name, self.state, self.failures = name, "closed", 0
        self._since = loop_time()

    @property
    def closed(self):
        return self.state == "closed"

    @property
    def open(self):
        return self.state == "open"

    @property
    def age(self):
        """How long it has been in its state, in seconds."""
        return loop_time() - self._since

    def try_again(self):
        """Half open, from now on."""
        self._become("half open")

    def enter(self):
        """A call goes through; while half open that is a probe.  Only a trace tells the difference."""

    def succeeded(self):
        """It was answered: closed, and what failed before is forgotten."""
        self.failures = 0
        self._become("closed")

    def failed(self, most):
        """It was not: open, if it was a probe or made `most` failures in a row."""
        self.failures += 1
        if self.state == "half open" or self.failures >= most:
            self._become("open")

    def _become(self, state):
        if state != self.state or state == "open":
            self._since = loop_time()
        self.state = state
