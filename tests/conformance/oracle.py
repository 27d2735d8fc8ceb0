"""Deterministic oracle for the conformance cases: the real CPython asyncio (and trio) under a virtual clock.

A case does `from oracle import *` and ends with `run(main())` (asyncio) or `trun(main)` (trio).
Output: one line per event, "<virtual ms> <text>".  With ORACLE_TICKS=<file> a second listing
"<virtual ms> <loop iteration> <text>" is written there (asyncio cases only; iteration 1 is the first).

What is REAL: Task, Future, Handle, gather, TaskGroup, timeout, locks, queues, Runner ... (unmodified stdlib code).
What is REPLACED, so that a log is exact (each replacement is a rule of the product too, see semantics.md):
  V1 clock    time() is an integer number of microseconds; it moves only when the loop is idle (jump to the next
              timer or external event) or when code calls block(ms).
  V2 timers   ordered by (when, insertion number); CPython's heap is not stable for equal deadlines.
  V3 sets     TaskGroup._tasks, wait(), as_completed(), all_tasks(), open async generators iterate in insertion order.
  V4 threads  run_in_executor/to_thread run on simulated workers (see run_in_executor below).
  V5 hang     nothing ready, no timer, no external event: the line "-- hang <pending task names>" ends the run.
  V6 trio     batches are FIFO, ties of deadlines by registration, sets by insertion (ORACLE_TRIO=lifo reverses all three
              but the deadlines: a case whose log changes under it is marked '# order: fifo').
"""
import asyncio, atexit, collections.abc, concurrent.futures, gc, heapq, logging, os, re, sys, warnings, weakref

gc.disable()                    # objects die by reference count only; cycles are collected at the end of run()
_lines, _loop, _worker, _trio, _muted = [], None, None, None, False


class Boom(Exception):
    """The exception of user code in all cases."""


class Hang(BaseException):
    pass


# ------------------------------------------------------------------ logging
def _now_us():
    if _trio is not None:
        try:
            return round(_trio.current_time() * 1e6)
        except RuntimeError:
            return _trio_last
    return _loop._us if _loop else 0


def _emit(us, tick, text):
    global _trio_last
    if not _muted:
        _trio_last = us
        _lines.append((us // 1000 if us % 1000 == 0 else us / 1000, tick, text))


def log(text):
    """One line at the current virtual time (in a worker: at the worker's own time, shown when the clock gets there)."""
    text = str(text)
    if _worker is not None:
        at = _worker.start + _worker.used
        _loop._external(at, lambda: _emit(at, _loop._tick, text))
    else:
        _emit(_now_us(), _loop._tick if _loop else 0, text)


_trio_last = 0


def ex(e):
    """Language-neutral spelling of an exception: Boom:msg, CancelledError[:msg], TypeName, ExceptionGroup[a, b]."""
    if isinstance(e, BaseExceptionGroup):
        kind = 'ExceptionGroup' if isinstance(e, ExceptionGroup) else 'BaseExceptionGroup'
        return f"{kind}[{', '.join(ex(x) for x in e.exceptions)}]"
    text = str(e) if isinstance(e, (Boom, asyncio.CancelledError)) else ''
    return type(e).__name__ + (':' + text if text else '')


def now():
    return _now_us() // 1000


def tick():
    return _loop._tick


def name():
    return asyncio.current_task().get_name()


def go(coro, n=None):
    """asyncio.create_task with a name."""
    return asyncio.create_task(coro, name=n)


def sleep(ms):
    """asyncio.sleep in milliseconds (a coroutine, to be awaited)."""
    return asyncio.sleep(ms / 1000)


def soon(fn, *args):
    return asyncio.get_running_loop().call_soon(fn, *args)


def later(ms, fn, *args):
    return asyncio.get_running_loop().call_later(ms / 1000, fn, *args)


def future():
    return asyncio.get_running_loop().create_future()


async def job(n, ms, ret=None, fail=None):
    """Logs 'n start', sleeps ms, logs 'n end' and returns ret (or raises Boom(fail)); logs 'n cancelled' if cancelled."""
    log(f'{n} start')
    try:
        await asyncio.sleep(ms / 1000)
    except asyncio.CancelledError:
        log(f'{n} cancelled')
        raise
    log(f'{n} end')
    if fail:
        raise Boom(fail)
    return ret


def block(ms):
    """Occupy the running thread for ms of virtual time: on the loop nothing else runs meanwhile."""
    if _worker is not None:
        _worker.used += ms * 1000
    elif _trio is not None:
        _clock.jump(ms / 1000)
    else:
        _loop._advance(_loop._us + ms * 1000)


# ------------------------------------------------------------------ the virtual loop
class OSet(collections.abc.MutableSet):
    """A set that iterates in insertion order (V3)."""
    def __init__(self, items=()):
        self._d = dict.fromkeys(items)
    def __contains__(self, x): return x in self._d
    def __iter__(self): return iter(list(self._d))
    def __len__(self): return len(self._d)
    def add(self, x): self._d[x] = None
    def discard(self, x): self._d.pop(x, None)


class _AgenSet:
    """Insertion-ordered stand-in for the loop's weak set of open async generators (V3)."""
    def __init__(self): self._r = []
    def __iter__(self): return iter([o for o in (r() for r in self._r) if o is not None])
    def __len__(self): return len(list(iter(self)))
    def add(self, o): self._r.append(weakref.ref(o))
    def discard(self, o): self._r = [r for r in self._r if r() is not None and r() is not o]
    def clear(self): self._r = []


class _Timer(asyncio.TimerHandle):
    __slots__ = ('_n',)
    def __lt__(self, other): return (self._when, self._n) < (other._when, other._n)


class _Job:
    def __init__(self, fn, args, cf): self.fn, self.args, self.cf, self.start, self.used = fn, args, cf, 0, 0


class _Poller:
    def __init__(self, loop): self.loop = loop
    def select(self, timeout): self.loop._poll(timeout); return []


class VirtualLoop(asyncio.BaseEventLoop):
    workers = 4

    def __init__(self):
        global _loop
        super().__init__()
        self._us = self._tick = self._n = 0
        self._ext = []                      # (us, n, function): things that happen outside the loop
        self._free, self._queued, self._jobs = self.workers, [], 0
        self._joiner = None
        self._seq = weakref.WeakKeyDictionary()
        self._selector = _Poller(self)
        self._clock_resolution = 1e-9
        self._asyncgens = _AgenSet()
        self.set_exception_handler(_report)
        _loop = self

    # V1: time
    def time(self):
        return self._us / 1e6

    def _external(self, us, fn):
        self._n += 1
        heapq.heappush(self._ext, (us, self._n, fn))

    def _advance(self, target):
        while self._ext and self._ext[0][0] <= target:
            us, _, fn = heapq.heappop(self._ext)
            self._us = max(self._us, us)
            fn()
        self._us = max(self._us, target)

    def _poll(self, timeout):
        """The idle phase of an iteration: external events that are due; then, if nothing is ready, jump."""
        self._advance(self._us)
        limit = None if timeout is None else self._us + round(timeout * 1e6)
        while not self._ready and (limit is None or self._us < limit):
            nxt = self._ext[0][0] if self._ext else None
            if nxt is None and limit is None:
                _hang(self)
            self._advance(limit if nxt is None or (limit is not None and limit < nxt) else nxt)

    def _run_once(self):
        self._tick += 1
        super()._run_once()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    # V2: timers
    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        self._n += 1
        timer = _Timer(round(when * 1e6) / 1e6, callback, args, self, context)
        timer._n = self._n
        if timer._source_traceback:
            del timer._source_traceback[-1]
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    # V3: creation order of tasks
    def create_task(self, coro, **kw):
        task = super().create_task(coro, **kw)
        self._n += 1
        self._seq[task] = self._n
        return task

    # V4: worker threads
    def run_in_executor(self, executor, func, *args):
        """Real concurrent.futures.Future + real wrap_future; only the thread is simulated: a job is picked up at once if a
        worker is free (else FIFO later), its function runs with its own clock (block() costs worker time), and its result
        arrives as an external event, i.e. as call_soon_threadsafe at start + time used."""
        cf = concurrent.futures.Future()
        self._jobs += 1
        self._queued.append(_Job(func, args, cf))
        self._external(self._us, self._pick)
        return asyncio.wrap_future(cf, loop=self)

    def _pick(self):
        global _worker
        while self._free and self._queued:
            job = self._queued.pop(0)
            if not job.cf.set_running_or_notify_cancel():
                self._done_job()
                continue
            self._free -= 1
            job.start, result, error = self._us, None, None
            _worker = job
            try:
                result = job.fn(*job.args)
            except BaseException as e:
                error = e
            _worker = None
            self._external(job.start + job.used, lambda j=job, r=result, e=error: self._finish(j, r, e))

    def _finish(self, job, result, error):
        self._free += 1
        if error is not None:
            job.cf.set_exception(error)
        else:
            job.cf.set_result(result)
        self._done_job()
        self._pick()

    def _done_job(self):
        self._jobs -= 1
        if not self._jobs and self._joiner is not None:
            self.call_soon_threadsafe(lambda f=self._joiner: f.done() or f.set_result(None))

    async def shutdown_default_executor(self, timeout=None):
        if self._jobs:                       # joins running and queued jobs, as ThreadPoolExecutor.shutdown(wait=True)
            self._joiner = self.create_future()
            await self._joiner


def _all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return OSet(sorted(_real_all_tasks(loop), key=lambda t: loop._seq.get(t, 0)))


_real_all_tasks = asyncio.tasks.all_tasks
asyncio.tasks.all_tasks = asyncio.all_tasks = _all_tasks
asyncio.tasks.set = OSet                     # the name `set` as asyncio.wait() and as_completed() see it
_tg_init = asyncio.TaskGroup.__init__


def _tg(self):
    _tg_init(self)
    self._tasks = OSet()


asyncio.TaskGroup.__init__ = _tg


# ------------------------------------------------------------------ notices
def _report(loop, ctx):
    """The loop's exception handler: every notice becomes a line '!! <kind> ...'."""
    msg, e = ctx.get('message', ''), ctx.get('exception')
    task = ctx.get('task') or ctx.get('future')
    for start, kind in (('Exception in callback', 'callback-error'), ('Task was destroyed', 'destroyed-pending'),
                        ('unhandled exception during asyncio.run', 'shutdown-error'),
                        ('an error occurred during closing', 'agen-close-error')):
        if msg.startswith(start):
            break
    else:
        kind = 'never-retrieved' if msg.endswith('was never retrieved') else 'error'
    what = task.get_name() if kind == 'destroyed-pending' else ex(e) if e is not None else msg
    log(f'!! {kind} {what}')


def _warned(message, category, *rest):
    m = re.match(r"coroutine '(?:.*\.)?(\w+)' was never awaited", str(message))
    if m:
        log(f'!! never-awaited {m[1]}')


class _Slow(logging.Handler):
    def emit(self, record):
        if str(record.msg).startswith('Executing'):
            m = re.search(r"name='([^']*)'", record.args[0])
            log(f"!! slow {m[1] if m else 'callback'} {round(record.args[1] * 1000)}")


warnings.simplefilter('always')
warnings.showwarning = _warned
asyncio.log.logger.handlers[:] = [_Slow()]
asyncio.log.logger.propagate = False


def _hang(loop):
    names = ' '.join(t.get_name() for t in _all_tasks(loop))
    _emit(loop._us, loop._tick, f'-- hang {names}')
    _flush()
    os._exit(0)


def _flush():
    sys.stdout.write(''.join(f'{ms} {text}\n' for ms, _, text in _lines))
    sys.stdout.flush()
    path = os.environ.get('ORACLE_TICKS')
    if path:
        with open(path, 'w') as f:
            f.writelines(f"{ms} {'-' if text.startswith('-- ') else t} {text}\n" for ms, t, text in _lines)
    _lines.clear()


atexit.register(_flush)


# ------------------------------------------------------------------ entry points
def run(coro, *, debug=False, workers=4):
    """asyncio.run under the virtual loop; the last line says how it ended: '-- ok', '-- ok <result>' or '-- raised <ex>'."""
    VirtualLoop.workers = workers
    end = '-- ok'
    try:
        with asyncio.Runner(debug=debug, loop_factory=VirtualLoop) as runner:
            runner.get_loop().slow_callback_duration = 0.1
            result = runner.run(coro)
            coro = None
        if result is not None:
            end = f'-- ok {result}'
    except BaseException as e:
        end = f'-- raised {ex(e)}'
        e.__traceback__ = None
    coro = None
    gc.collect()
    log(end)


def __getattr__(attr):
    if attr != 'trio':
        raise AttributeError(attr)
    global _trio
    import trio, trio.testing
    from trio._core import _run
    fifo = os.environ.get('ORACLE_TRIO', 'fifo') == 'fifo'
    _run._r = type('R', (), {'random': staticmethod(lambda: 0.0 if fifo else 1.0),
                             'uniform': staticmethod(lambda a, b: a)})()
    count = iter(range(1, 10 ** 9))

    def add(self, deadline, scope):
        heapq.heappush(self._heap, (deadline, next(count), scope))
        self._active += 1
    _run.Deadlines.add = add
    real = _run.CancelStatus.__attrs_post_init__
    oset = OSet if fifo else type('RSet', (OSet,), {'__iter__': lambda self: iter(list(self._d)[::-1])})

    def post(self):
        self._children, self._tasks = oset(), oset()
        real(self)
    _run.CancelStatus.__attrs_post_init__ = post
    init = trio.Event.__init__

    def event_init(self):
        init(self)
        self._tasks = oset()
    trio.Event.__init__ = event_init
    _trio = trio
    return trio


_clock = None


def trun(fn, *args):
    """trio.run with MockClock(autojump_threshold=0) and strict exception groups; the last line says how it ended."""
    global _clock
    _clock = _trio.testing.MockClock(autojump_threshold=0)
    end = '-- ok'
    try:
        result = _trio.run(fn, *args, clock=_clock, strict_exception_groups=True)
        if result is not None:
            end = f'-- ok {result}'
    except BaseException as e:
        end = f'-- raised {ex(e)}'
    _emit(_trio_last, 0, end)


async def tjob(n, s, ret=None, fail=None):
    """As job(), for trio, in whole seconds."""
    log(f'{n} start')
    try:
        await _trio.sleep(s)
    except _trio.Cancelled:
        log(f'{n} cancelled')
        raise
    log(f'{n} end')
    if fail:
        raise Boom(fail)
    return ret


__all__ = ['asyncio', 'log', 'ex', 'now', 'tick', 'name', 'go', 'sleep', 'soon', 'later', 'future', 'job', 'tjob', 'block',
           'run', 'trun', 'Boom', 'VirtualLoop']
