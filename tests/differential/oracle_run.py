#!/usr/bin/env python3
"""Reference interpreter of the differential test kit: runs the programs of spec.md as real asyncio coroutines.

    oracle_run.py [PROGRAMS.jsonl] > RESULTS.jsonl        (no file: standard input)
    --native   do not lift Python 3.11/3.12 to the 3.13 rules (see _lift)
    --pure     pure Python Task and Future (slower; for coverage.py and mutants.py)

Task, Future, Handle, gather, TaskGroup, timeout, locks, queues are the unmodified standard library, except for the
five replacements of spec.md section 1 (clock, timers, sets, threads, hang).  Standard library only, Python 3.11+.
"""
import ast, asyncio, collections.abc, concurrent.futures, gc, heapq, inspect, json, re, sys, textwrap, warnings
from asyncio import CancelledError, locks, runners, taskgroups, tasks


class Boom(Exception):
    """The error a program raises."""


class Hang(BaseException):
    """Nothing is left that could ever happen."""


class Dead(BaseException):
    """The program was stopped; unwinds what still runs."""


def ex(e):
    """Canonical spelling of an error: Boom:a, CancelledError[:msg], TypeName, ExceptionGroup[x, y]."""
    if isinstance(e, BaseExceptionGroup):
        return f"ExceptionGroup[{', '.join(map(ex, e.exceptions))}]"
    text = str(e) if isinstance(e, (Boom, CancelledError)) else ''
    return type(e).__name__ + (':' + text if text else '')


def show(v):
    if isinstance(v, BaseException):
        return ex(v)
    if isinstance(v, list):
        return f"[{', '.join(map(show, v))}]"
    return str(v)


# ------------------------------------------------------------------ the virtual loop
class OSet(collections.abc.MutableSet):
    """A set that iterates in insertion order."""
    def __init__(self, items=()): self._d = dict.fromkeys(items)
    def __contains__(self, x): return x in self._d
    def __iter__(self): return iter(list(self._d))
    def __len__(self): return len(self._d)
    def add(self, x): self._d[x] = None
    def discard(self, x): self._d.pop(x, None)


class _Timer(asyncio.TimerHandle):
    __slots__ = ('_n',)
    def __lt__(self, other): return (self._when, self._n) < (other._when, other._n)


class _Job:
    def __init__(self, fn, args, cf): self.fn, self.args, self.cf, self.start, self.used = fn, args, cf, 0, 0


class _Poller:
    def __init__(self, loop): self.loop = loop
    def select(self, timeout): self.loop._poll(timeout); return []


class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self, workers):
        super().__init__()
        self._us = self._tick = self._n = self._created = 0
        self._ext = []                          # (us, n, function): what happens outside the loop
        self._free, self._queued, self._jobs, self._joiner, self._worker = workers, [], 0, None, None
        self._all = []                          # every task, in order of creation
        self._selector = _Poller(self)
        self._clock_resolution = 1e-9

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
        self._advance(self._us)
        limit = None if timeout is None else self._us + round(timeout * 1e6)
        while not self._ready and (limit is None or self._us < limit):
            nxt = self._ext[0][0] if self._ext else None
            if nxt is None and limit is None:
                raise Hang
            self._advance(limit if nxt is None or (limit is not None and limit < nxt) else nxt)

    def _run_once(self):
        if self.run.dead:
            raise Dead
        self._tick += 1
        super()._run_once()

    def _process_events(self, events): pass
    def _write_to_self(self): pass

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        self._n += 1
        timer = _Timer(round(when * 1e6) / 1e6, callback, args, self, context)
        timer._n = self._n
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def create_task(self, coro, *, name=None, **kw):
        task = super().create_task(coro, name=f'{coro.__name__}#{len(self._all)}' if self._all else 'main', **kw)
        self._all.append(task)
        return task

    def run_in_executor(self, executor, func, *args):
        cf = concurrent.futures.Future()
        self._jobs += 1
        self._queued.append(_Job(func, args, cf))
        self._external(self._us, self._pick)
        return asyncio.wrap_future(cf, loop=self)

    def _pick(self):
        while self._free and self._queued:
            job = self._queued.pop(0)
            if not job.cf.set_running_or_notify_cancel():
                self._done_job()
                continue
            self._free -= 1
            self._worker, job.start, result, error = job, self._us, None, None
            try:
                result = job.fn(*job.args)
            except BaseException as e:
                error = e
            self._worker = None
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
            self.call_soon(lambda f=self._joiner: f.done() or f.set_result(None))

    def join_workers(self):
        if self._jobs:
            self._joiner = self.create_future()
            self.run_until_complete(self._joiner)


def _all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return OSet(t for t in loop._all if not t.done())


# ------------------------------------------------------------------ changes to the standard library
def _edit(module, name, change):
    """Recompile a function, method or class of the standard library after change(source text)."""
    owner, _, attr = name.rpartition('.')
    owner = getattr(module, owner) if owner else module
    obj = getattr(owner, attr)
    text = change(_edited.get(name) or textwrap.dedent(inspect.getsource(obj)))
    _edited[name] = text if isinstance(text, str) else ast.unparse(text)
    tree, space = ast.parse(text) if isinstance(text, str) else text, {}
    exec(compile(ast.increment_lineno(tree, obj.__code__.co_firstlineno - 1 if hasattr(obj, '__code__') else
                                      inspect.getsourcelines(obj)[1] - 1), inspect.getsourcefile(obj), 'exec'),
         vars(module), space)
    setattr(owner, attr, space[attr])


_edited = {}                                     # name -> text, so that edits add up


def _once(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def _ordered():
    """Sets of tasks iterate in insertion order."""
    tasks.all_tasks = asyncio.all_tasks = _all_tasks
    tasks.set = OSet                             # the name `set` in wait() and as_completed()

    class Comprehensions(ast.NodeTransformer):
        def visit_SetComp(self, node):
            call = ast.Call(ast.Name('set', ast.Load()), [ast.ListComp(node.elt, node.generators)], [])
            return ast.fix_missing_locations(ast.copy_location(call, node))
    _edit(tasks, '_AsCompletedIterator' if hasattr(tasks, '_AsCompletedIterator') else 'as_completed',
          lambda text: Comprehensions().visit(ast.parse(text)))
    asyncio.as_completed = tasks.as_completed
    init = taskgroups.TaskGroup.__init__

    def __init__(self):
        init(self)
        self._tasks = OSet()
    taskgroups.TaskGroup.__init__ = __init__


def _pure():
    """Pure Python tasks and futures."""
    asyncio.futures.Future = asyncio.Future = asyncio.futures._PyFuture
    tasks.Task = asyncio.Task = tasks._PyTask
    _edit(tasks, '_GatheringFuture', lambda text: text)      # same text, other base class


def _lift():
    """Give Python 3.11 and 3.12 the rules of 3.13 (checked: same results as the real 3.13)."""
    if sys.version_info >= (3, 13):
        return
    tasks.Task = asyncio.Task = tasks._PyTask    # the C task cannot be changed

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
            if not self._num_cancels_requested:
                self._must_cancel = False
        return self._num_cancels_requested
    tasks._PyTask.uncancel = uncancel

    def leave_group(text):                       # hand the request back after waiting, renew one from outside
        a, b = text.index('if self._parent_cancel_requested:'), text.index('if et is not None:\n        if not')
        block, text = text[a:b], text[:a] + text[b:]
        text = _once(text, '# Propagate CancelledError if there', block + '# Propagate CancelledError if there')
        return _once(text, 'if self._errors:\n', 'if self._errors:\n        if self._parent_task.cancelling():\n'
                     '            self._parent_task.uncancel()\n            self._parent_task.cancel()\n')
    _edit(taskgroups, 'TaskGroup.__aexit__', leave_group)
    if '_cancelling' not in inspect.getsource(asyncio.timeouts.Timeout):   # 3.11.0-3.11.3 compare with 0
        enter = asyncio.timeouts.Timeout.__aenter__

        async def __aenter__(self):
            r = await enter(self)
            self._cancelling = self._task.cancelling()
            return r
        asyncio.timeouts.Timeout.__aenter__ = __aenter__
        _edit(asyncio.timeouts, 'Timeout.__aexit__', lambda text: _once(text, 'self._task.uncancel() == 0', 'self._task.uncancel() <= self._cancelling'))
    create = taskgroups.TaskGroup.create_task

    def create_task(self, coro, **kw):           # a refused coroutine is closed
        try:
            return create(self, coro, **kw)
        except RuntimeError:
            coro.close()
            raise
    taskgroups.TaskGroup.create_task = create_task

    if 'timeouts' not in inspect.getsource(tasks.wait_for):
        at_once = tasks.wait_for

        async def wait_for(fut, timeout):
            if timeout is not None and timeout <= 0:
                return await at_once(fut, timeout)
            async with asyncio.timeout(timeout):
                return await fut
        tasks.wait_for = asyncio.wait_for = wait_for

    def gather_done(text):                       # children that are done already count at once
        if 'done_futs' in text:
            return text
        text = _once(text, 'nfinished = 0\n', 'nfinished, ready = 0, []\n')
        text = _once(text, 'fut.add_done_callback(_done_callback)',
                     'ready.append(fut) if fut.done() else fut.add_done_callback(_done_callback)')
        made = 'outer = _GatheringFuture(children, loop=loop)\n'
        return _once(text, made, made + '    for fut in ready:\n        _done_callback(fut)\n')
    _edit(tasks, 'gather', gather_done)
    asyncio.gather = tasks.gather

    async def acquire(self):                     # Semaphore: whoever leaves the queue passes on every free permit
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

    async def wait(self):                        # Condition: an interrupted waiter passes a notification on
        if not self.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
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


# ------------------------------------------------------------------ the interpreter
class Return:
    def __init__(self, value): self.value = value


class Run:
    """One program.  Methods s_<op> are synchronous (they log an error and go on), a_<op> may suspend (log and rethrow)."""

    def __init__(self, prog):
        self.prog, self.fns = prog, prog['fns']
        self.lines, self.ticks = [], []
        self.dead = self.shutdown = False
        self.steps, self.limit = 0, prog.get('limit', 400)
        self.vars, self.names, self.futures = {}, {}, []
        self.groups, self.timeouts, self.handles, self.counters = {}, {}, {}, {}
        self.waiting = {}                        # task -> the tasks and futures it waits for
        make = {'sem': asyncio.Semaphore, 'bsem': asyncio.BoundedSemaphore, 'lock': asyncio.Lock, 'event': asyncio.Event,
                'cond': asyncio.Condition, 'queue': asyncio.Queue, 'prio': asyncio.PriorityQueue,
                'lifo': asyncio.LifoQueue, 'barrier': asyncio.Barrier}
        self.obj = {k: make[v[0]](*v[1:]) for k, v in prog.get('objects', {}).items()}

    # ---- log
    def log(self, who, text):
        if not self.dead:
            self.lines.append(f'{self.loop._us // 1000} {who} {text}')
            self.ticks.append(None if self.shutdown else self.loop._tick)

    def notice(self, loop, ctx):
        msg, e, task = ctx.get('message', ''), ctx.get('exception'), ctx.get('task')
        if msg.startswith('Exception in callback'):
            self.log('-', f'!! callback-error {ex(e)}')
        elif msg.startswith('unhandled exception during asyncio.run'):
            self.log('-', f'!! shutdown-error {task.get_name()} {ex(e)}')
        elif not msg.endswith('was never retrieved') and not msg.startswith('Task was destroyed'):
            self.log('-', f'!! error {msg}')

    # ---- running
    def execute(self):
        global current
        current = self
        self.loop = loop = VirtualLoop(self.prog.get('workers', 2))
        loop.run = self
        loop.set_exception_handler(self.notice)
        main = loop.create_task(self.coro('main'))
        self.vars['main'] = main
        try:
            try:
                value = loop.run_until_complete(main)
                end = '-- ok ' + show(value)
            except (CancelledError, Exception) as e:
                end = '-- raised ' + ex(e)
                e.__traceback__ = None
            self.shutdown = True
            asyncio.set_event_loop(loop)
            runners._cancel_all_tasks(loop)
            loop.join_workers()
            for t in loop._all + self.futures:
                if t._log_traceback:
                    self.log('-', f'!! never-retrieved {self.name(t)} {ex(t.exception())}')
        except Hang:
            end = '-- hang ' + ' '.join(t.get_name() for t in loop._all if not t.done())
        except Dead:
            end = None
        asyncio.set_event_loop(None)
        self.shutdown = True
        if end:
            self.log('-', end)
            for t in loop._all:
                self.log('-', f'== {t.get_name()} {self.final(t)} requests={t.cancelling()}')
        self.dead = True
        for t in loop._all:
            if not t.done():
                t._log_destroy_pending = False
        for f in self.futures + loop._all:
            if f._log_traceback:
                f._log_traceback = False
        loop.close()
        return {'id': self.prog['id'], 'log': self.lines, 'ticks': self.ticks}

    def final(self, t):
        if not t.done():
            return 'pending'
        if t.cancelled():
            return 'cancelled'
        e = t.exception()
        return show(t.result()) if e is None else ex(e)

    def name(self, t):
        return t.get_name() if hasattr(t, 'get_name') else f'fut#{self.futures.index(t)}'

    def coro(self, fn):
        c = self.activate(fn)
        c.__name__ = c.__qualname__ = fn
        return c

    async def activate(self, fn):
        who = asyncio.current_task().get_name()
        self.log(who, f'enter {fn}')
        try:
            r = await self.body(who, self.fns[fn])
        except BaseException as e:
            self.log(who, f'leave {fn} -> {ex(e)}')
            raise
        r = r.value if r else None
        self.log(who, f'leave {fn} -> {show(r)}')
        return r

    def step(self):
        if self.dead:
            raise Dead
        self.steps += 1
        if self.steps > self.limit:
            self.log('-', '-- limit')
            self.dead = True
            raise Dead

    async def body(self, who, ops):
        for op in ops:
            self.step()
            sync = SYNC.get(op[0])
            if sync:
                sync(self, who, *op[1:])
            else:
                r = await ASYNC[op[0]](self, who, *op[1:])
                if r is not None:
                    return r

    def callback(self, ops):
        if self.shutdown or self.dead:
            return
        for op in ops:
            self.step()
            if op[0] == 'raise':
                raise self.error(op[1])
            SYNC[op[0]](self, '-', *op[1:])

    async def outcome(self, who, label, aw, fmt=show):
        try:
            v = await aw
        except BaseException as e:
            self.log(who, f'{label} -> {ex(e)}')
            raise
        self.log(who, f'{label} -> {fmt(v)}')

    def attempt(self, who, label, fn, *args):
        try:
            v = fn(*args)
        except Exception as e:
            v = e
        self.log(who, f'{label} -> {show(v)}')

    def error(self, kind):
        return CancelledError() if kind == 'cancel' else TimeoutError() if kind == 'timeout' else Boom(kind)

    # ---- targets: "f.." a function (a new coroutine), anything else a variable
    def var(self, who, v):
        if v == 'self':
            return next((t for t in self.loop._all if t.get_name() == who), None)
        return self.vars.get(v)

    def reaches(self, a, b):
        return a is b or any(self.reaches(x, b) for x in self.waiting.get(a, ()))

    async def await_on(self, who, label, targets, make, fmt=show, inline=False):
        """Wait for targets: make(list of awaitables) gives what is awaited.  Functions become tasks first (unless inline)."""
        me, found = asyncio.current_task(), []
        for t in targets:
            x = None if t[0] == 'f' else self.var(who, t)
            if self.shutdown if t[0] == 'f' else x is None or self.reaches(x, me):
                return self.log(who, f'{label} -> skip')
            found.append(x)
        args = [x or (self.coro(t) if inline else self.loop.create_task(self.coro(t))) for t, x in zip(targets, found)]
        self.waiting[me] = [] if inline and found == [None] else args
        try:
            await self.outcome(who, label, make(args), fmt)
        finally:
            self.waiting.pop(me, None)

    # ---- synchronous ops
    def s_log(self, who, text): self.log(who, f'log {text}')
    def s_block(self, who, ms): self.loop._advance(self.loop._us + ms * 1000)

    def s_spawn(self, who, v, fn):
        if self.shutdown:
            return self.log(who, f'spawn {v} {fn} -> skip')
        self.vars[v] = t = self.loop.create_task(self.coro(fn))
        self.log(who, f'spawn {v} {fn} -> {t.get_name()}')

    def s_group_spawn(self, who, g, v, fn):
        label, group = f'group_spawn {g} {v} {fn}', self.groups.get(g)
        if group is None or self.shutdown:
            return self.log(who, f'{label} -> skip')
        try:
            self.vars[v] = t = group.create_task(self.coro(fn))
            self.log(who, f'{label} -> {t.get_name()}')
        except RuntimeError as e:
            self.log(who, f'{label} -> {ex(e)}')

    def s_forget(self, who, fn): self.coro(fn)

    def s_cancel(self, who, v, msg=None):
        t, label = self.var(who, v), f'cancel {v}' + (f' {msg}' if msg else '')
        self.log(who, f'{label} -> skip') if t is None else self.attempt(who, label, lambda: t.cancel(msg=msg))

    def s_uncancel(self, who): self.log(who, f'uncancel -> {asyncio.current_task().uncancel()}')

    def s_state(self, who, v):
        t = self.var(who, v)
        s = 'skip' if t is None else 'pending' if not t.done() else 'cancelled' if t.cancelled() else 'done'
        n = f' {t.cancelling()}' if hasattr(t, 'cancelling') else ''
        self.log(who, f'state {v} -> {s}{n}')

    def s_future(self, who, v):
        self.vars[v] = f = self.loop.create_future()
        self.futures.append(f)
        self.log(who, f'future {v} -> {self.name(f)}')

    def s_fut_set(self, who, v, x):
        f = self.vars.get(v)
        if f not in self.futures:
            return self.log(who, f'fut_set {v} {x} -> skip')
        self.attempt(who, f'fut_set {v} {x}', f.set_result, x)

    def s_fut_error(self, who, v, kind):
        f = self.vars.get(v)
        if f not in self.futures:
            return self.log(who, f'fut_error {v} {kind} -> skip')
        self.attempt(who, f'fut_error {v} {kind}', f.set_exception, Boom(kind))

    def s_call_soon(self, who, h, ops):
        self.handles[h] = self.loop.call_soon(self.callback, ops)

    def s_call_later(self, who, h, ms, ops):
        self.handles[h] = self.loop.call_later(ms / 1000, self.callback, ops)

    def s_cancel_handle(self, who, h):
        if h in self.handles:
            self.handles[h].cancel()

    def s_done_cb(self, who, v, ops):
        t = self.var(who, v)
        if t is None:
            return self.log(who, f'done_cb {v} -> skip')
        t.add_done_callback(lambda _: self.callback(ops))

    def s_reschedule(self, who, t, ms):
        label, block = f'reschedule {t} {show(ms)}', self.timeouts.get(t)
        if block is None:
            return self.log(who, f'{label} -> skip')
        self.attempt(who, label, block.reschedule, None if ms is None else self.loop.time() + ms / 1000)

    def s_release(self, who, o): self.attempt(who, f'release {o}', self.obj[o].release)
    def s_set(self, who, o): self.obj[o].set()
    def s_clear(self, who, o): self.obj[o].clear()

    def s_notify(self, who, o, n=None):
        c = self.obj[o]
        self.attempt(who, f'notify {o} {show(n)}', c.notify_all if n is None else lambda: c.notify(n))

    def s_add(self, who, x, n): self.counters[x] = self.counters.get(x, 0) + n
    def s_put_nowait(self, who, q, v): self.attempt(who, f'put_nowait {q} {v}', self.obj[q].put_nowait, v)
    def s_get_nowait(self, who, q): self.attempt(who, f'get_nowait {q}', self.obj[q].get_nowait)
    def s_task_done(self, who, q): self.attempt(who, f'task_done {q}', self.obj[q].task_done)

    # ---- ops that may suspend
    async def a_sleep(self, who, ms): await self.outcome(who, f'sleep {ms}', asyncio.sleep(ms / 1000))
    async def a_yield(self, who): await self.outcome(who, 'yield', asyncio.sleep(0))
    async def a_call(self, who, fn): await self.outcome(who, f'call {fn}', self.coro(fn))

    async def a_await(self, who, v):
        await self.await_on(who, f'await {v}', [v], lambda a: a[0])

    async def a_gather(self, who, ts, keep=False):
        await self.await_on(who, ' '.join(['gather', *ts] + ['keep'] * keep), ts,
                            lambda a: asyncio.gather(*a, return_exceptions=keep))

    async def a_shield(self, who, t):
        await self.await_on(who, f'shield {t}', [t], lambda a: asyncio.shield(a[0]))

    async def a_wait_for(self, who, t, ms):
        await self.await_on(who, f'wait_for {t} {show(ms)}', [t],
                            lambda a: asyncio.wait_for(a[0], None if ms is None else ms / 1000),
                            inline=ms is None or ms > 0)

    async def a_wait(self, who, vs, when, ms=None):
        def fmt(r):
            return ' '.join(f"{k}=[{', '.join(map(self.name, x))}]" for k, x in zip(('done', 'pending'), r))
        await self.await_on(who, f"wait {' '.join(vs)} {when} {show(ms)}", vs, lambda a: asyncio.wait(
            a, return_when=when, timeout=None if ms is None else ms / 1000), fmt)

    async def a_as_completed(self, who, ts, ms=None):
        label = f"as_completed {' '.join(ts)} {show(ms)}"

        async def drain(args):
            for c in asyncio.as_completed(args, timeout=None if ms is None else ms / 1000):
                try:
                    await self.outcome(who, 'next', c)
                except Exception:
                    pass
        await self.await_on(who, label, ts, drain)

    async def a_group(self, who, g, ops):
        async def run():
            async with asyncio.TaskGroup() as group:
                self.groups[g] = group
                return await self.body(who, ops)
        return await self.block(who, f'group {g}', run())

    async def a_timeout(self, who, t, ms, ops):
        async def run():
            async with asyncio.timeout(None if ms is None else ms / 1000) as block:
                self.timeouts[t] = mine[0] = block
                return await self.body(who, ops)
        mine = [None]
        return await self.block(who, f'timeout {t} {show(ms)}', run(),
                                lambda: f' expired={mine[0].expired()}')

    async def block(self, who, label, aw, extra=lambda: ''):
        try:
            r = await aw
        except BaseException as e:
            self.log(who, f'{label} -> {ex(e)}{extra()}')
            raise
        self.log(who, f'{label} -> ok{extra()}')
        return r

    async def a_with(self, who, o, ops):
        async def run():
            async with self.obj[o]:
                self.log(who, f'with {o} in')
                return await self.body(who, ops)
        return await self.block(who, f'with {o}', run())

    async def a_try(self, who, ops, on_cancel=None, on_error=None, final=None):
        r = None
        try:
            try:
                r = await self.body(who, ops)
            except CancelledError as e:
                if not on_cancel:
                    raise
                self.log(who, f'caught {ex(e)}')
                r = await self.body(who, on_cancel[1])
                if on_cancel[0] == 'reraise' and r is None:
                    raise
            except Exception as e:
                if not on_error:
                    raise
                self.log(who, f'caught {ex(e)}')
                r = await self.body(who, on_error[1])
                if on_error[0] == 'reraise' and r is None:
                    raise
        finally:
            if final is not None and not self.dead:
                self.log(who, 'finally')
                await self.body(who, final)
        return r

    async def a_raise(self, who, kind): raise self.error(kind)
    async def a_return(self, who, value=None): return Return(value)

    async def a_loop(self, who, n, ops):
        for i in range(n):
            r = await self.body(who, ops)
            if r is not None:
                return r

    async def a_acquire(self, who, o): await self.outcome(who, f'acquire {o}', self.obj[o].acquire())
    async def a_ev_wait(self, who, o): await self.outcome(who, f'ev_wait {o}', self.obj[o].wait())
    async def a_cond_wait(self, who, o): await self.outcome(who, f'cond_wait {o}', self.obj[o].wait())

    async def a_cond_until(self, who, o, x, n):
        await self.outcome(who, f'cond_until {o} {x} {n}', self.obj[o].wait_for(lambda: self.counters.get(x, 0) >= n))

    async def a_put(self, who, q, v): await self.outcome(who, f'put {q} {v}', self.obj[q].put(v))
    async def a_get(self, who, q): await self.outcome(who, f'get {q}', self.obj[q].get())
    async def a_join(self, who, q): await self.outcome(who, f'join {q}', self.obj[q].join())
    async def a_barrier(self, who, o): await self.outcome(who, f'barrier {o}', self.obj[o].wait())
    async def a_reset(self, who, o): await self.outcome(who, f'reset {o}', self.obj[o].reset())
    async def a_abort(self, who, o): await self.outcome(who, f'abort {o}', self.obj[o].abort())

    async def a_to_thread(self, who, ms, kind=None):
        def work():
            self.loop._worker.used += ms * 1000
            if kind:
                raise Boom(kind)
            return ms
        await self.outcome(who, f'to_thread {ms}' + (f' {kind}' if kind else ''), asyncio.to_thread(work))


SYNC = {k[2:]: f for k, f in vars(Run).items() if k.startswith('s_')}
ASYNC = {k[2:]: f for k, f in vars(Run).items() if k.startswith('a_')}
current = None


def _warned(message, category, *rest):
    m = re.match(r"coroutine '(f\d+)' was never awaited", str(message))
    if m and current:
        current.log('-', f'!! never-awaited {m[1]}')


_count = 0


def run_program(prog):
    global _count
    result = Run(prog).execute()
    _count += 1
    if _count % 100 == 0:
        gc.collect()
    return result


def setup(native=False, pure=False):
    gc.collect()
    gc.freeze()
    gc.disable()                                 # objects die by reference count only
    warnings.simplefilter('always')
    warnings.showwarning = _warned
    sys.unraisablehook = lambda *a: None
    _ordered()
    if pure:
        _pure()
    if not native:
        _lift()


def main():
    flags = {a for a in sys.argv[1:] if a.startswith('--')}
    files = [a for a in sys.argv[1:] if not a.startswith('--')]
    if flags - {'--native', '--pure'} or len(files) > 1:
        sys.exit(__doc__)
    setup('--native' in flags, '--pure' in flags)
    with open(files[0]) if files else sys.stdin as f:
        for line in f:
            if line.strip():
                sys.stdout.write(json.dumps(run_program(json.loads(line)), separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
