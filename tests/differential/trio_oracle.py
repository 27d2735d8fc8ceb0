#!/usr/bin/env python3
"""Reference interpreter of the differential test kit for trio: runs the programs of trio_spec.md on the real trio.

    trio_oracle.py [PROGRAMS.jsonl] [--fifo | --shuffles N] > RESULTS.jsonl       (no file: standard input)

Trio leaves the order of the tasks in one batch open.  So a program in which it ever matters runs with FIFO, LIFO and
N (default 2) times with shuffled batches: the result tells what the order decides (trio_spec.md section 1).  --fifo: runs once,
in FIFO order, and always gives that log.
CancelScope, Nursery, the run loop, channels and locks are the unmodified trio, except for the replacements in setup().
Needs trio 0.22 and Python 3.11+."""
import argparse, gc, heapq, itertools, json, random, sys, warnings
from math import inf
import trio
from trio._core import _entry_queue, _run

MAX_TURNS = 100_000                              # no program comes near; a wrong trio (trio_mutants.py) may spin


class Boom(Exception):
    """The error a program raises."""


class Dead(BaseException):
    """The program was stopped; unwinds what still runs."""


def ex(e):
    """Canonical spelling of an error: Boom:a, TypeName, ExceptionGroup[x, y]."""
    if isinstance(e, BaseExceptionGroup):
        return f"ExceptionGroup[{', '.join(map(ex, e.exceptions))}]"
    return f'Boom:{e}' if isinstance(e, Boom) else type(e).__name__


def show(v):
    return ex(v) if isinstance(v, BaseException) else str(v)


def flags(scope):
    return f' called={scope.cancel_called} caught={scope.cancelled_caught}' if scope else ''


def cancelled(e):
    """Cancelled, or a group with a Cancelled anywhere in it."""
    return any(map(cancelled, e.exceptions)) if isinstance(e, BaseExceptionGroup) else isinstance(e, trio.Cancelled)


# ------------------------------------------------------------------ what trio runs on
class OSet(dict):
    """A set that iterates in insertion order."""
    def __init__(self, items=()): super().__init__(dict.fromkeys(items))
    def add(self, x): self[x] = None
    def remove(self, x): del self[x]
    def discard(self, x): self.pop(x, None)


class Clock(trio.abc.Clock):
    """Moves only when nothing is ready: to the next deadline.  Trio's seconds are our milliseconds, so that times are exact."""
    def __init__(self): self.now, self.idle = 0, False
    def start_clock(self): _run.GLOBAL_RUN_CONTEXT.runner.clock_autojump_threshold = 0
    def current_time(self): return self.now
    def deadline_to_sleep_time(self, deadline): return deadline - self.now

    def _autojump(self):
        when = _run.GLOBAL_RUN_CONTEXT.runner.deadlines.next_deadline()
        if when == inf:
            self.idle = True                     # nothing is left that could ever happen
        else:
            self.now = int(when)


class Order:
    """In what order the tasks of a batch run: fifo, lifo or, with a number as seed, at random."""
    how, rng, matters = 'fifo', random.Random(), False
    def random(self): return 0.0                 # for trio, which else would turn round every other batch

    def seed(self, how):
        self.how = how
        self.rng.seed(how)

    def arrange(self, queue):
        if len(queue) > 1:
            self.matters = True
            queue.reverse() if self.how == 'lifo' else self.rng.shuffle(queue) if self.how != 'fifo' else None


class Nothing:
    """No input, output, signals: does nothing when asked for anything."""
    def __getattr__(self, name): return lambda *args: None


class Wakeup(Nothing):
    """What is left of the socket pair that wakes the run loop: trio uses it once when a run ends."""
    event = None

    async def wait_woken(self):
        self.event = trio.Event()
        await self.event.wait()
        self.event = None

    def wakeup_thread_and_signal_safe(self):
        if self.event:
            self.event.set()


def setup():
    gc.collect()
    gc.freeze()
    gc.disable()
    warnings.simplefilter('ignore')              # about runs that are abandoned
    sys.unraisablehook = lambda *a: None
    _run._r = order
    _run.TheIOManager = _run.KIManager = Nothing
    queue = _entry_queue.EntryQueue.__init__
    _entry_queue.EntryQueue.__init__ = lambda self: queue(self, wakeup=Wakeup())
    count = itertools.count()

    def add(self, deadline, scope):              # equal deadlines: in the order in which they were set
        heapq.heappush(self._heap, (deadline, next(count), scope))
        self._active += 1
    _run.Deadlines.add = add
    expire = _run.Deadlines.expire

    def expire_and_arrange(self, now):           # the last thing trio does before it runs a batch
        done = expire(self, now)
        order.arrange(_run.GLOBAL_RUN_CONTEXT.runner.runq)
        return done
    _run.Deadlines.expire = expire_and_arrange
    _run.set = _run.frozenset = OSet             # the names as _run.py sees them
    init = _run.CancelStatus.__attrs_post_init__

    def post_init(self):
        self._children, self._tasks = OSet(), OSet()
        init(self)
    _run.CancelStatus.__attrs_post_init__ = post_init


def make(kind, *args):
    if kind == 'event':
        event = trio.Event()
        event._tasks = OSet()
        return event
    if kind == 'sem':
        return trio.Semaphore(args[0], max_value=args[1] if args[1:] else None)
    if kind == 'lock':
        return trio.Lock()
    ends = trio.open_memory_channel(*args)
    for end in ends:
        end._tasks = OSet()
    return ends


# ------------------------------------------------------------------ the interpreter
class Return:
    def __init__(self, value): self.value = value


class Task:
    def __init__(self, fn): self.fn, self.name, self.status = fn, None, None
    def __str__(self): return self.name


class Run:
    """One program.  Methods s_<op> are synchronous (they log an error and go on), a_<op> may suspend (log and rethrow)."""

    def __init__(self, prog):
        self.fns, self.limit = prog['fns'], prog.get('limit', 400)
        self.lines, self.batches, self.turn, self.steps, self.dead = [], [], 0, 0, False
        self.single = False                      # never two tasks in one batch
        self.scopes, self.nurseries, self.tasks, self.count = {}, {}, [], {}
        self.clock = Clock()
        self.obj = {k: make(*v) for k, v in prog.get('objects', {}).items()}

    def log(self, t, text):
        if not self.dead:
            self.lines.append(f'{self.clock.now} {t} {text}')
            self.batches.append(self.turn)

    # ---- running
    def execute(self):
        runner = _run.setup_runner(self.clock, (), False, True)
        loop = _run.unrolled_run(runner, self.task, (Task('main'),))
        try:
            loop.send(None)                      # every send is one turn: deadlines, then a batch
            while not self.clock.idle and self.turn < MAX_TURNS:
                self.turn += 1
                loop.send(())
                if runner.main_task_outcome and not self.dead:
                    self.log('-', self.end(runner.main_task_outcome))
                    self.single = not order.matters
                    self.dead = True             # trio has to tidy up after itself
        except StopIteration:
            pass
        except trio.TrioInternalError:           # only a wrong trio
            self.log('-', '-- crash')
        if self.clock.idle:
            self.log('-', '-- hang ' + ' '.join(t.name for t in self.tasks if not t.done))
        self.dead = True
        loop.close()                             # what is still suspended dies here or in gc.collect(), never while a program runs
        return self

    def end(self, outcome):
        return f'-- raised {ex(outcome.error)}' if isinstance(outcome, _run.Error) else f'-- ok {show(outcome.value)}'

    async def task(self, t, task_status=None):
        t.status, t.done = task_status, False
        if t.name is None:
            self.name(t)
        self.tasks.append(t)
        if t.fn == 'main':
            order.matters = False                # the batches before were trio's own
        try:
            return await self.activate(t, t.fn)
        finally:
            t.done = True

    def name(self, t):
        n = self.count[t.fn] = self.count.get(t.fn, 0) + 1
        t.name = 'main' if t.fn == 'main' else f'{t.fn}#{n}'
        return t.name

    async def activate(self, t, fn):
        self.log(t, f'enter {fn}')
        try:
            r = await self.body(t, self.fns[fn])
        except BaseException as e:
            self.log(t, f'leave {fn} -> {ex(e)}')
            raise
        r = r.value if r else None
        self.log(t, f'leave {fn} -> {show(r)}')
        return r

    def step(self):
        if self.dead:
            raise Dead
        self.steps += 1
        if self.steps > self.limit:
            self.log('-', '-- limit')
            self.dead = True
            raise Dead

    async def body(self, t, ops):
        for op in ops:
            self.step()
            sync = SYNC.get(op[0])
            if sync:
                sync(self, t, *op[1:])
            else:
                r = await ASYNC[op[0]](self, t, *op[1:])
                if r is not None:
                    return r

    def attempt(self, t, label, fn, *args):
        try:
            v = fn(*args)
        except Exception as e:
            v = e
        self.log(t, f'{label} -> {show(v)}')

    async def outcome(self, t, label, aw):
        try:
            v = await aw
        except BaseException as e:
            self.log(t, f'{label} -> {ex(e)}')
            raise
        self.log(t, f'{label} -> {show(v)}')

    def at(self, ms): return inf if ms is None else self.clock.now + ms

    # ---- synchronous ops
    def s_log(self, t, text): self.log(t, f'log {text}')
    def s_block(self, t, ms): self.clock.now += ms

    def s_start_soon(self, t, g, fn):
        label, nursery = f'start_soon {g} {fn}', self.nurseries.get(g)
        if nursery is None:
            return self.log(t, f'{label} -> skip')
        new = Task(fn)
        self.attempt(t, label, lambda: nursery.start_soon(self.task, new) or self.name(new))

    def on_scope(self, t, label, s, fn):
        scope = self.scopes.get(s)
        self.log(t, f'{label} -> skip') if scope is None else self.attempt(t, label, fn, scope)

    def s_cancel(self, t, s): self.on_scope(t, f'cancel {s}', s, lambda scope: scope.cancel())
    def s_deadline(self, t, s, ms): self.on_scope(t, f'deadline {s} {show(ms)}', s, lambda scope: setattr(scope, 'deadline', self.at(ms)))
    def s_shield(self, t, s, on): self.on_scope(t, f'shield {s} {on}', s, lambda scope: setattr(scope, 'shield', on))
    def s_state(self, t, s): self.on_scope(t, f'state {s}', s, lambda scope: flags(scope)[1:])

    def s_started(self, t, value=None):
        label = f'started {show(value)}'
        self.attempt(t, label, t.status.started, value) if t.status else self.log(t, f'{label} -> skip')

    def s_set(self, t, o): self.attempt(t, f'set {o}', self.obj[o].set)
    def s_is_set(self, t, o): self.attempt(t, f'is_set {o}', self.obj[o].is_set)
    def s_release(self, t, o): self.attempt(t, f'release {o}', self.obj[o].release)
    def s_acquire_nowait(self, t, o): self.attempt(t, f'acquire_nowait {o}', self.obj[o].acquire_nowait)
    def s_send_nowait(self, t, c, v): self.attempt(t, f'send_nowait {c} {v}', self.obj[c][0].send_nowait, v)
    def s_receive_nowait(self, t, c): self.attempt(t, f'receive_nowait {c}', self.obj[c][1].receive_nowait)
    def s_close_send(self, t, c): self.attempt(t, f'close_send {c}', self.obj[c][0].close)
    def s_close_receive(self, t, c): self.attempt(t, f'close_receive {c}', self.obj[c][1].close)

    # ---- ops that may suspend
    async def a_checkpoint(self, t): await self.outcome(t, 'checkpoint', trio.lowlevel.checkpoint())
    async def a_sleep(self, t, ms): await self.outcome(t, f'sleep {ms}', trio.sleep(ms))
    async def a_sleep_until(self, t, ms): await self.outcome(t, f'sleep_until {ms}', trio.sleep_until(self.at(ms)))
    async def a_sleep_forever(self, t): await self.outcome(t, 'sleep_forever', trio.sleep_forever())
    async def a_call(self, t, fn): await self.outcome(t, f'call {fn}', self.activate(t, fn))
    async def a_ev_wait(self, t, o): await self.outcome(t, f'ev_wait {o}', self.obj[o].wait())
    async def a_acquire(self, t, o): await self.outcome(t, f'acquire {o}', self.obj[o].acquire())
    async def a_send(self, t, c, v): await self.outcome(t, f'send {c} {v}', self.obj[c][0].send(v))
    async def a_receive(self, t, c): await self.outcome(t, f'receive {c}', self.obj[c][1].receive())
    async def a_aclose_send(self, t, c): await self.outcome(t, f'aclose_send {c}', self.obj[c][0].aclose())
    async def a_aclose_receive(self, t, c): await self.outcome(t, f'aclose_receive {c}', self.obj[c][1].aclose())

    async def a_start(self, t, g, fn):
        label, nursery = f'start {g} {fn}', self.nurseries.get(g)
        if nursery is None:
            return self.log(t, f'{label} -> skip')
        await self.outcome(t, label, nursery.start(self.task, Task(fn)))

    async def block(self, t, label, aw, seen=None):
        """The line of a block that was left; seen: its scope, once entered."""
        seen = seen or [None]
        try:
            r = await aw
        except BaseException as e:
            if not self.dead:
                self.log(t, f'{label} -> {ex(e)}{flags(seen[-1])}')
            raise
        self.log(t, f'{label} -> ok{flags(seen[-1])}')
        return r

    async def scope(self, t, label, s, enter, ops):
        async def run():
            with enter() as scope:
                self.scopes[s] = scope
                seen.append(scope)
                return await self.body(t, ops)
        seen = [None]
        return await self.block(t, label, run(), seen)

    async def a_scope(self, t, s, ms, shield, ops):
        return await self.scope(t, f'scope {s} {show(ms)} {shield}', s, lambda: trio.CancelScope(deadline=self.at(ms), shield=shield), ops)

    async def a_move_on_after(self, t, s, ms, ops):
        return await self.scope(t, f'move_on_after {s} {ms}', s, lambda: trio.move_on_after(ms), ops)

    async def a_fail_after(self, t, s, ms, ops):
        return await self.scope(t, f'fail_after {s} {ms}', s, lambda: trio.fail_after(ms), ops)

    async def a_nursery(self, t, g, ops):
        async def run():
            async with trio.open_nursery() as nursery:
                self.nurseries[g] = nursery
                self.scopes[g] = nursery.cancel_scope
                seen.append(nursery.cancel_scope)
                return await self.body(t, ops)
        seen = [None]
        return await self.block(t, f'nursery {g}', run(), seen)

    async def a_with(self, t, o, ops):
        async def run():
            async with self.obj[o]:
                self.log(t, f'with {o} in')
                return await self.body(t, ops)
        return await self.block(t, f'with {o}', run())

    async def a_each(self, t, c, ops):
        async def run():
            async for v in self.obj[c][1]:
                self.log(t, f'item {c} {v}')
                r = await self.body(t, ops)
                if r is not None:
                    return r
        return await self.block(t, f'each {c}', run())

    async def a_try(self, t, ops, on_cancel=None, on_error=None, final=None):
        r = None
        try:
            try:
                r = await self.body(t, ops)
            except BaseException as e:
                handler = on_cancel if cancelled(e) else on_error
                if self.dead or not handler:
                    raise
                self.log(t, f'caught {ex(e)}')
                r = await self.body(t, handler[1])
                if handler[0] == 'reraise' and r is None:
                    raise
        finally:
            if final is not None and not self.dead:
                self.log(t, 'finally')
                await self.body(t, final)
        return r

    async def a_raise(self, t, kind): raise Boom(kind)
    async def a_return(self, t, value=None): return Return(value)

    async def a_loop(self, t, n, ops):
        for i in range(n):
            r = await self.body(t, ops)
            if r is not None:
                return r


SYNC = {k[2:]: f for k, f in vars(Run).items() if k.startswith('s_')}
ASYNC = {k[2:]: f for k, f in vars(Run).items() if k.startswith('a_')}
_count, order = 0, Order()


def run_once(prog, how='fifo'):
    global _count
    order.seed(how)
    run = Run(prog).execute()
    _count += 1
    if _count % 100 == 0:
        gc.collect()
    return run


def dense(ticks):
    """Renumbered without gaps."""
    seen = {}
    return [seen.setdefault(t, len(seen)) for t in ticks]


def by_task(run):
    """The log with the lines of each batch ordered by task."""
    return sorted(zip(dense(run.batches), run.lines), key=lambda x: (x[0], x[1].split(' ', 2)[1]))


def run_program(prog, shuffles=2, fifo=False):
    """The result of a program (trio_spec.md section 1)."""
    a = run_once(prog)
    result = {'id': prog['id'], 'log': a.lines}
    if fifo or a.single:
        return result
    want, exact = by_task(a), True
    for how in ('lifo', *range(shuffles)):
        b = run_once(prog, how)
        if by_task(b) != want:
            return {'id': prog['id'], 'order_dependent': True}
        exact = exact and a.lines == b.lines
    return result if exact else {**result, 'batches': dense(a.batches)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('programs', nargs='?', type=argparse.FileType(encoding='utf-8'), default=sys.stdin)
    p.add_argument('--fifo', action='store_true')
    p.add_argument('--shuffles', type=int, default=2)
    a = p.parse_args()
    setup()
    for line in filter(str.strip, a.programs):
        sys.stdout.write(json.dumps(run_program(json.loads(line), a.shuffles, a.fifo), separators=(',', ':')) + '\n')


if __name__ == '__main__':
    main()
