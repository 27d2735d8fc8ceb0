"""asyncio under a virtual clock, with the rules of Python 3.13 on 3.11 and 3.12 too.

Task, Future, gather, TaskGroup, timeout, locks and queues stay the standard library's.  Changed are:
  clock    integer nanoseconds; it moves only when nothing is ready (to the next timer) and in time.sleep
  timers   ordered by (when, order of creation); CPython's heap is not stable for equal deadlines
  sets     TaskGroup, wait(), as_completed() and all_tasks() iterate in order of creation
  threads  to_thread runs on four simulated workers; time.sleep in one costs that worker's time.  Executors are pools of
           simulated workers too; with loop.interpreter_lock threads compute one at a time
  hang     nothing is ready and nothing will be: Hang is raised
"""
import ast
import asyncio
import collections.abc
import concurrent.futures
import contextlib
import heapq
import inspect
import sys
import textwrap
import time
from asyncio import CancelledError, locks, runners, taskgroups, tasks


class Hang(KeyboardInterrupt):
    """Nothing is left that could ever happen.  As an interrupt it ends the loop from within a step, too."""


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in the order of insertion."""
    def __init__(self, items=()): self._items = dict.fromkeys(items)
    def __contains__(self, x): return x in self._items
    def __iter__(self): return iter(list(self._items))
    def __len__(self): return len(self._items)
    def add(self, x): self._items[x] = None
    def discard(self, x): self._items.pop(x, None)


class _Timer(asyncio.TimerHandle):
    __slots__ = ("_order",)
    def __lt__(self, other): return (self._when, self._order) < (other._when, other._order)


class _Job:
    def __init__(self, fn, args, future, pool, due):
        self.fn, self.args, self.future, self.pool, self.due = fn, args, future, pool, due
        self.parts, self.result, self.error = [], None, None  # ("wait" or "compute", ns) and ("call", function)


class _Pool:
    def __init__(self, workers, processes=False):
        self.free, self.queued, self.processes = workers, [], processes


class _InterpreterLock:
    """core/runtime/interpreter_lock.cpp, line by line."""
    def __init__(self, loop):
        self.loop, self.holder, self.waiting, self.since, self.alone, self.turns = loop, None, [], 0, False, 0

    def compute(self, ns, done):
        if self.holder is None:
            self.holder = [ns, done]
            return self._begin_turn()
        self.waiting.append([ns, done])
        if self.alone:
            self.holder[0] -= self.loop._ns - self.since
            self._begin_turn()

    def _begin_turn(self):
        self.since, self.alone = self.loop._ns, not self.waiting
        work = self.holder[0] if self.alone else min(self.holder[0], self.loop.switch_interval)
        slower = 1 if self.alone else 1 + self.loop.contention
        self.turns += 1
        self.loop._external(self.since + int(work * slower + 0.5), lambda turn=self.turns: self._end_turn(turn, work))

    def _end_turn(self, turn, got_done):
        if turn != self.turns:
            return
        self.holder[0] -= got_done
        if self.holder[0] > 0:
            self.waiting.append(self.holder)
            return self._hand_over()
        done, self.holder = self.holder[1], None
        done()
        if self.holder is None and self.waiting:
            self._hand_over()

    def _hand_over(self):
        self.holder = self.waiting.pop(0)
        self._begin_turn()


class _Poller:
    def __init__(self, loop): self.loop = loop
    def select(self, timeout): self.loop._poll(timeout); return []


class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self, workers=4):
        super().__init__()
        self._ns = self._order = self._jobs = 0
        self._externals = []   # (ns, order, function): what happens outside the loop
        self._default, self._pools, self._joiner, self.worker = _Pool(workers), {}, None, None
        self.interpreter_lock, self.switch_interval, self.contention, self.hop = False, 5_000_000, 0, 0
        self._lock = _InterpreterLock(self)
        self.all = []          # every task, in order of creation
        self.on_task = None    # called with the number of each task that is made, main is 1
        self._selector = _Poller(self)
        self._clock_resolution = 1e-12

    def time(self):
        return self._ns / 1e9

    def ns(self):
        return self._ns

    def block(self, seconds):
        """time.sleep: on the loop nothing else runs meanwhile."""
        if self.worker is not None:
            self.worker.parts.append(("wait", round(seconds * 1e9)))
        else:
            self._advance(self._ns + round(seconds * 1e9))

    def compute(self, seconds):
        """Work for the processor: as block(), but for the interpreter lock."""
        if self.worker is None:
            return self.block(seconds)
        parts, ns = self.worker.parts, round(seconds * 1e9)
        if parts and parts[-1][0] == "compute":  # between two computations nothing lets go of the lock
            ns += parts.pop()[1]
        parts.append(("compute", ns))

    def simulate_threads(self, interpreter_lock, switch_interval, contention, hop):
        self.interpreter_lock, self.contention = interpreter_lock, contention
        self.switch_interval, self.hop = round(switch_interval * 1e9), round(hop * 1e9)

    def in_its_time(self, fn):
        """Calls fn now; on a worker, when the clock gets to where its function is."""
        self.worker.parts.append(("call", fn)) if self.worker is not None else fn()

    def _external(self, ns, fn):
        self._order += 1
        heapq.heappush(self._externals, (ns, self._order, fn))

    def _advance(self, target):
        while self._externals and self._externals[0][0] <= target:
            ns, _, fn = heapq.heappop(self._externals)
            self._ns = max(self._ns, ns)
            fn()
        self._ns = max(self._ns, target)

    def _poll(self, timeout):
        self._advance(self._ns)
        limit = None if timeout is None else self._ns + round(timeout * 1e9)
        while not self._ready and (limit is None or self._ns < limit):
            soonest = self._externals[0][0] if self._externals else None
            if soonest is None and limit is None:
                raise Hang
            self._advance(limit if soonest is None or (limit is not None and limit < soonest) else soonest)

    def _process_events(self, events): pass
    def _write_to_self(self): pass

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        self._order += 1
        timer = _Timer(round(when * 1e9) / 1e9, callback, args, self, context)
        timer._order = self._order
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def create_task(self, coro, *, name=None, **kw):
        task = super().create_task(coro, name=name, **kw)
        self.all.append(task)
        if self.on_task:
            self.on_task(len(self.all))
        return task

    def current(self):
        return asyncio.current_task(self)

    def number(self, task):
        """1 for the main task, 2 for the next that was made, and so on."""
        return self.all.index(task) + 1

    def _pool_of(self, executor):
        if executor is None:
            return self._default
        if executor not in self._pools:
            self._pools[executor] = _Pool(executor._max_workers, isinstance(executor, concurrent.futures.ProcessPoolExecutor))
        return self._pools[executor]

    def set_default_executor(self, executor):
        self._default = self._pool_of(executor)

    def run_in_executor(self, executor, func, *args):
        future, pool = concurrent.futures.Future(), self._pool_of(executor)
        job = _Job(func, args, future, pool, self._ns + self.hop)
        self._jobs += pool is self._default
        pool.queued.append(job)
        self._external(job.due, lambda: self._pick(pool))
        return asyncio.wrap_future(future, loop=self)

    def _pick(self, pool):
        while pool.free and pool.queued and pool.queued[0].due <= self._ns:
            job = pool.queued.pop(0)
            if not job.future.set_running_or_notify_cancel():
                self._job_left(pool)
                continue
            pool.free -= 1
            self.worker = job
            try:
                job.result = job.fn(*job.args)
            except BaseException as e:
                job.error = e
            self.worker = None
            if self.interpreter_lock and not pool.processes:
                self._go_on_under_lock(job, 0)
            else:
                self._play(job)

    def _play(self, job):
        end = self._ns
        for what, value in job.parts:
            if what == "call":
                self._external(end, value)
            else:
                end += value
        self._external(end, lambda: self._finish(job))

    def _go_on_under_lock(self, job, part):
        while part < len(job.parts):
            what, value = job.parts[part]
            part += 1
            if what == "call":
                value()
            elif what == "wait":
                return self._external(self._ns + value, lambda: self._go_on_under_lock(job, part))
            else:
                return self._lock.compute(value, lambda: self._go_on_under_lock(job, part))
        self._finish(job)

    def _finish(self, job):
        job.pool.free += 1
        job.future.set_exception(job.error) if job.error is not None else job.future.set_result(job.result)
        self._job_left(job.pool)
        self._pick(job.pool)

    def _job_left(self, pool):
        self._jobs -= pool is self._default
        if not self._jobs and self._joiner is not None:
            self.call_soon(lambda f=self._joiner: f.done() or f.set_result(None))

    def join_workers(self):
        if self._jobs:
            self._joiner = self.create_future()
            self.run_until_complete(self._joiner)


def run(main, prepare=lambda loop: None):
    """asyncio.run(main()) under the virtual clock.  Gives "ok", "raised NAME" or "hang"."""
    loop = VirtualLoop()
    loop.set_exception_handler(lambda *_: None)
    prepare(loop)
    real_sleep, time.sleep = time.sleep, loop.block
    asyncio.set_event_loop(loop)
    try:
        try:
            loop.run_until_complete(loop.create_task(main()))
            end = "ok"
        except Hang:
            return "hang"
        except (CancelledError, Exception) as error:
            end = "raised " + type(error).__name__
        runners._cancel_all_tasks(loop)
        loop.join_workers()
        return end
    finally:
        time.sleep = real_sleep
        asyncio.set_event_loop(None)
        for task in loop.all:
            task._log_destroy_pending = task._log_traceback = False
        loop.close()


# ------------------------------------------------------------------ changes to the standard library

_result = concurrent.futures.Future.result


def result(self, timeout=None):
    """The loop's own thread waits for what only the loop could finish: nothing will ever happen."""
    loop = asyncio._get_running_loop()
    if isinstance(loop, VirtualLoop) and loop.worker is None and timeout is None and not self.done():
        raise Hang
    return _result(self, timeout)


concurrent.futures.Future.result = result

_edited = {}  # name -> text, so that edits add up


def _edit(module, name, change):
    """Compiles a function, method or class of the standard library again after change(source text)."""
    owner_name, _, attribute = name.rpartition(".")
    owner = getattr(module, owner_name) if owner_name else module
    thing = getattr(owner, attribute)
    text = change(_edited.get(name) or textwrap.dedent(inspect.getsource(thing)))
    _edited[name] = text if isinstance(text, str) else ast.unparse(text)
    tree, space = ast.parse(text) if isinstance(text, str) else text, {}
    exec(compile(tree, inspect.getsourcefile(thing), "exec"), vars(module), space)
    setattr(owner, attribute, space[attribute])


def _once(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def order_sets():
    """Sets of tasks iterate in order of creation."""
    def all_tasks(loop=None):
        loop = loop or asyncio.get_running_loop()
        return OrderedSet(t for t in loop.all if not t.done())
    tasks.all_tasks = asyncio.all_tasks = all_tasks
    tasks.set = OrderedSet  # the name `set` in wait() and as_completed()

    class Comprehensions(ast.NodeTransformer):
        def visit_SetComp(self, node):
            call = ast.Call(ast.Name("set", ast.Load()), [ast.ListComp(node.elt, node.generators)], [])
            return ast.fix_missing_locations(ast.copy_location(call, node))
    _edit(tasks, "_AsCompletedIterator" if hasattr(tasks, "_AsCompletedIterator") else "as_completed",
          lambda text: Comprehensions().visit(ast.parse(text)))
    asyncio.as_completed = tasks.as_completed
    init = taskgroups.TaskGroup.__init__

    def __init__(self):
        init(self)
        self._tasks = OrderedSet()
    taskgroups.TaskGroup.__init__ = __init__


unlifted = {}  # what Python 3.11 has under names that are lifted; empty where this Python is later


@contextlib.contextmanager
def rules_of_3_11():
    """Within this block asyncio.wait_for is the one that runs beside its task."""
    lifted = asyncio.wait_for
    asyncio.wait_for = tasks.wait_for = unlifted["wait_for"]
    try:
        yield
    finally:
        asyncio.wait_for = tasks.wait_for = lifted


def lift_to_3_13():
    """Gives Python 3.11 and 3.12 the rules of 3.13."""
    if sys.version_info >= (3, 13):
        return
    tasks.Task = asyncio.Task = tasks._PyTask  # the C task cannot be changed

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
            if not self._num_cancels_requested:
                self._must_cancel = False
        return self._num_cancels_requested
    tasks._PyTask.uncancel = uncancel

    def leave_group(text):  # hand the request back after waiting, renew one from outside
        a, b = text.index("if self._parent_cancel_requested:"), text.index("if et is not None:\n        if not")
        block, text = text[a:b], text[:a] + text[b:]
        text = _once(text, "# Propagate CancelledError if there", block + "# Propagate CancelledError if there")
        return _once(text, "if self._errors:\n", "if self._errors:\n        if self._parent_task.cancelling():\n"
                     "            self._parent_task.uncancel()\n            self._parent_task.cancel()\n")
    _edit(taskgroups, "TaskGroup.__aexit__", leave_group)
    if "_cancelling" not in inspect.getsource(asyncio.timeouts.Timeout):  # 3.11.0 to 3.11.3 compare with 0
        enter = asyncio.timeouts.Timeout.__aenter__

        async def __aenter__(self):
            result = await enter(self)
            self._cancelling = self._task.cancelling()
            return result
        asyncio.timeouts.Timeout.__aenter__ = __aenter__
        _edit(asyncio.timeouts, "Timeout.__aexit__",
              lambda text: _once(text, "self._task.uncancel() == 0", "self._task.uncancel() <= self._cancelling"))
    create = taskgroups.TaskGroup.create_task

    def create_task(self, coro, **kw):  # a refused coroutine is closed
        try:
            return create(self, coro, **kw)
        except RuntimeError:
            coro.close()
            raise
    taskgroups.TaskGroup.create_task = create_task

    if "timeouts" not in inspect.getsource(tasks.wait_for):
        at_once = unlifted["wait_for"] = tasks.wait_for

        async def wait_for(fut, timeout):
            if timeout is not None and timeout <= 0:
                return await at_once(fut, timeout)
            async with asyncio.timeout(timeout):
                return await fut
        tasks.wait_for = asyncio.wait_for = wait_for

    def gather_done(text):  # children that are done already count at once
        if "done_futs" in text:
            return text
        text = _once(text, "nfinished = 0\n", "nfinished, ready = 0, []\n")
        text = _once(text, "fut.add_done_callback(_done_callback)",
                     "ready.append(fut) if fut.done() else fut.add_done_callback(_done_callback)")
        made = "outer = _GatheringFuture(children, loop=loop)\n"
        return _once(text, made, made + "    for fut in ready:\n        _done_callback(fut)\n")
    _edit(tasks, "gather", gather_done)
    asyncio.gather = tasks.gather

    async def acquire(self):  # Semaphore: whoever leaves the queue passes on every free permit
        if not self.locked():
            self._value -= 1
            return True
        if self._waiters is None:
            self._waiters = locks.collections.deque()
        fut = self._get_loop().create_future()
        self._waiters.append(fut)
        try:
            try:
                await fut
            finally:
                self._waiters.remove(fut)
        except CancelledError:
            if fut.done() and not fut.cancelled():
                self._value += 1
            raise
        finally:
            while self._value > 0 and any(not w.done() for w in self._waiters):
                self._wake_up_next()
        return True
    locks.Semaphore.acquire = acquire

    async def wait(self):  # Condition: an interrupted waiter passes a notification on
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        fut = self._get_loop().create_future()
        self.release()
        try:
            try:
                self._waiters.append(fut)
                try:
                    await fut
                    return True
                finally:
                    self._waiters.remove(fut)
            finally:
                late = None
                while True:
                    try:
                        await self.acquire()
                        break
                    except CancelledError as e:
                        late = e
                if late is not None:
                    raise late
        except BaseException:
            for w in self._waiters:
                if not w.done():
                    w.set_result(False)
                    break
            raise
    locks.Condition.wait = wait


order_sets()
lift_to_3_13()
