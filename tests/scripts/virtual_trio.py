"""trio under a virtual clock: trio's own MockClock, and batches in the order of the ready queue."""
import heapq
import itertools

import trio
import trio.testing
from trio._core import _run


class _Order:
    """trio turns every other batch round, by chance; here none is."""
    @staticmethod
    def random(): return 0.0
    @staticmethod
    def uniform(low, _): return low


_run._r = _Order()
_count = itertools.count()


def _add(self, deadline, scope):  # equal deadlines strike in the order in which they were set
    heapq.heappush(self._heap, (deadline, next(_count), scope))
    self._active += 1


_run.Deadlines.add = _add


class VirtualTrio(trio.abc.Instrument):
    """What a test asks of a loop, answered by trio."""

    def __init__(self):
        self.all = []        # every task, in order of creation
        self.worker = None   # no thread of to_thread runs
        self.on_task = None  # called with the number of each task that is made, main is 1

    def time(self):
        return trio.current_time()

    def ns(self):
        return round(trio.current_time() * 1e9)

    def current(self):
        try:
            return trio.lowlevel.current_task()
        except RuntimeError:
            return None

    def in_its_time(self, fn):
        fn()

    def number(self, task):
        return self.all.index(task) + 1 if task in self.all else 0

    def made(self, task):
        self.all.append(task)
        if self.on_task:
            self.on_task(len(self.all))

    def task_spawned(self, task):
        if self.all:  # before main there are only trio's own
            self.made(task)


def run(main, prepare=lambda loop: None):
    """trio.run(main) under the virtual clock.  Gives "ok" or "raised NAME"."""
    loop = VirtualTrio()
    prepare(loop)

    async def first():
        loop.made(trio.lowlevel.current_task())
        await main()
    try:
        trio.run(first, clock=trio.testing.MockClock(autojump_threshold=0), instruments=[loop],
                 strict_exception_groups=True)
        return "ok"
    except Exception as error:
        return "raised " + type(error).__name__
