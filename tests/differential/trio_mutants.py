#!/usr/bin/env python3
"""Deliberately wrong trios: would the kit notice?  Prints how many of COUNT random programs tell each from the real one.

    trio_mutants.py [COUNT] [SEED] [NAME...]             default: 2000 programs of seed mutants; exit status 1 if one survives
"""
import inspect, json, sys, textwrap, time
import trio
from trio._core import _run, _traps
import trio_oracle as oracle
from compare import arrange, first_difference
from trio_generate import generate

MUTANTS, _undo = {}, []


def mutant(fn):
    MUTANTS[fn.__name__] = fn
    return fn


def put(owner, name, value):
    """Replace an attribute until the mutant is taken back."""
    _undo.append((owner, name, vars(owner)[name]))
    setattr(owner, name, value)


def edit(owner, name, *changes, **names):
    """Recompile a function or method after textual changes (old, new); names: what else its text may use."""
    obj = vars(owner)[name]
    fn = inspect.unwrap(obj.fget if isinstance(obj, property) else obj)
    text = textwrap.dedent(inspect.getsource(fn))
    for old, new in changes:
        assert old in text, (name, old)
        text = text.replace(old, new)
    space = {}
    exec(compile(text, fn.__code__.co_filename, 'exec'), {**fn.__globals__, **names}, space)
    put(owner, name, space[name])


def everywhere(name, fn):
    """Replace a low-level function under all the names by which trio knows it."""
    for owner in (_run, _traps, trio._core, trio.lowlevel):
        if name in vars(owner):
            put(owner, name, fn)


async def nothing(): pass


# ------------------------------------------------------------------ cancellation and scopes
@mutant
def edge_triggered():
    """a task gets Cancelled once per cancelled scope, as in asyncio"""
    done = set()

    def origin(task):
        status = task._cancel_status
        while status.parent_cancellation_is_visible_to_us:
            status = status._parent
        return task, status

    def pending(task): return task._cancel_status.effectively_cancelled and origin(task) not in done
    def take(task): return pending(task) and not done.add(origin(task))
    edit(_run.Task, '_attempt_delivery_of_any_pending_cancel', ('self._cancel_status.effectively_cancelled', 'take(self)'), take=take)
    for name in ('checkpoint', 'checkpoint_if_cancelled'):
        edit(_run, name, ('task._cancel_status.effectively_cancelled', 'pending(task)'), pending=pending)
        everywhere(name, vars(_run)[name])


@mutant
def shield_ignored():
    put(_run.CancelStatus, 'parent_cancellation_is_visible_to_us',
        property(lambda self: self._parent is not None and self._parent.effectively_cancelled))


@mutant
def shield_late():
    """a changed shield counts from the next cancellation on"""
    put(_run.CancelScope, 'shield', property(lambda self: self._shield, lambda self, on: setattr(self, '_shield', on)))


@mutant
def inner_catches():
    """of two cancelled scopes the inner one catches"""
    edit(_run.CancelScope, '_close', ('and not self._cancel_status.parent_cancellation_is_visible_to_us',
                                      'and self._cancel_called and self._deadline > -inf'))


@mutant
def deadline_fixed():
    put(_run.CancelScope, 'deadline', property(lambda self: self._deadline, lambda self, when: None))


@mutant
def deadline_when_idle():
    """a deadline is looked at only when nothing is ready"""
    expire = _run.Deadlines.expire
    put(_run.Deadlines, 'expire', lambda self, now: not _run.GLOBAL_RUN_CONTEXT.runner.runq and expire(self, now))


@mutant
def past_deadline_later():
    """a scope entered with a past deadline is cancelled in the next batch only"""
    edit(_run.CancelScope, '__enter__', ('if current_time() >= self._deadline', 'if False'))


@mutant
def cancel_called_stale():
    """reading cancel_called does not look at the clock"""
    put(_run.CancelScope, 'cancel_called', property(lambda self: self._cancel_called))


@mutant
def woken_cancelled():
    """a task that has been woken can still be cancelled, its value is lost, as in asyncio"""
    deliver = _run.Task._attempt_delivery_of_any_pending_cancel

    def attempt(task):
        if task._abort_func is None and isinstance(task._next_send, _run.Value) and task._cancel_status.effectively_cancelled:
            task._next_send = _run.Error(trio.Cancelled._create())
        deliver(task)
    put(_run.Task, '_attempt_delivery_of_any_pending_cancel', attempt)


@mutant
def never_started():
    """a task that is cancelled before its first step never runs, as in asyncio"""
    task = oracle.Run.task

    async def run(self, t, task_status=None):
        if trio.current_effective_deadline() == -oracle.inf:
            await trio.lowlevel.checkpoint()
        return await task(self, t, task_status)
    put(oracle.Run, 'task', run)


@mutant
def fail_after_silent():
    put(trio, 'fail_after', trio.move_on_after)


@mutant
def too_slow_hides():
    """TooSlowError replaces the other errors of the group"""
    fail_after = trio.fail_after

    class Fail:
        def __init__(self, ms): self.scope = trio.CancelScope(deadline=trio.current_time() + ms)
        def __enter__(self): return self.scope.__enter__()

        def __exit__(self, *error):
            self.scope._close(error[1])
            if self.scope.cancelled_caught:
                raise trio.TooSlowError
    put(trio, 'fail_after', lambda ms: Fail(ms) if ms >= 0 else fail_after(ms))


# ------------------------------------------------------------------ checkpoints
@mutant
def sleep0_no_checkpoint():
    sleep = trio.sleep
    put(trio, 'sleep', lambda ms: nothing() if ms == 0 else sleep(ms))


@mutant
def call_checkpoint():
    """awaiting a plain coroutine is a checkpoint"""
    async def call(self, t, fn):
        await trio.lowlevel.checkpoint()
        await self.outcome(t, f'call {fn}', self.activate(t, fn))
    oracle.ASYNC['call'], old = call, oracle.ASYNC['call']
    _undo.append((oracle.ASYNC, 'call', old))


@mutant
def checkpoint_one_batch():
    """a cancelled checkpoint throws in the next batch, not in the one after it"""
    edit(_run, 'checkpoint', ('await cancel_shielded_checkpoint()\n    task = current_task()', 'task = current_task()'),
         ('Abort.SUCCEEDED)', 'Abort.SUCCEEDED)\n    else:\n        await cancel_shielded_checkpoint()'))
    everywhere('checkpoint', _run.checkpoint)


@mutant
def acquired_in_cancelled():
    """acquire, send and receive do their work in a cancelled scope if they need not wait"""
    everywhere('checkpoint_if_cancelled', nothing)


@mutant
def acquired_then_cancelled():
    """acquire, send and receive may be cancelled after they did their work"""
    everywhere('cancel_shielded_checkpoint', lambda: _traps.wait_task_rescheduled(lambda _: _run.Abort.SUCCEEDED) if
               _run.current_task()._cancel_status.effectively_cancelled else shielded())
    shielded = _undo[-1][2]


@mutant
def aclose_no_checkpoint():
    for end in (trio.MemorySendChannel, trio.MemoryReceiveChannel):
        async def aclose(self): self.close()
        put(end, 'aclose', aclose)


# ------------------------------------------------------------------ nurseries
@mutant
def siblings_live():
    """an error does not cancel the nursery"""
    put(_run.Nursery, '_add_exc', lambda self, e: self._pending_excs.append(e))


@mutant
def nursery_no_checkpoint():
    """leaving a nursery without children is no checkpoint"""
    edit(_run.Nursery, '_nested_child_finished', ('await checkpoint()', 'pass'))


@mutant
def waiting_body_not_cancelled():
    """a body that waits for its children adds no Cancelled to the group"""
    edit(_run.Nursery, '_nested_child_finished', ('self._add_exc(capture(raise_cancel).error)', 'pass'))


@mutant
def single_error_collapses():
    """a group of one becomes that one (strict_exception_groups=False)"""
    setup = _run.setup_runner
    put(_run, 'setup_runner', lambda *args: setup(*args[:3], False))


@mutant
def groups_not_filtered():
    """a scope takes Cancelled out of a group only if nothing else is in it"""
    edit(_run.CancelScope, '_close', ('matched, exc = exc.split(Cancelled)',
                                      'matched = not exc.split(Cancelled)[1]; exc = None if matched else exc'))


@mutant
def started_value_lost():
    edit(_run._TaskStatus, 'started', ('self._value = value', 'pass'))


@mutant
def started_stays_below():
    """a started task stays below the scopes of the caller of start()"""
    edit(_run._TaskStatus, 'started', ('task._activate_cancel_status(self._new_nursery._cancel_status)', 'task._activate_cancel_status(where)'),
         ('cancel_status.parent = self._new_nursery._cancel_status', 'cancel_status.parent = where'),
         ('# Move tasks', 'where = self._old_nursery._cancel_status.parent\n    # Move tasks'))


@mutant
def start_error_cancels():
    """an error before started() cancels the nursery too"""
    start = _run.Nursery.start

    async def wrong(self, *args):
        try:
            return await start(self, *args)
        except Exception:
            self.cancel_scope.cancel()
            raise
    put(_run.Nursery, 'start', wrong)


# ------------------------------------------------------------------ channels and locks
@mutant
def channel_lifo():
    edit(trio.MemoryReceiveChannel, 'receive_nowait', ('data.popleft()', 'data.pop()'), ('last=False', 'last=True'))
    edit(trio.MemorySendChannel, 'send_nowait', ('last=False', 'last=True'))


@mutant
def zero_buffer_holds_one():
    edit(trio.MemorySendChannel, 'send_nowait', ('self._state.max_buffer_size', 'max(1, self._state.max_buffer_size)'))


@mutant
def close_ends_no_loop():
    """closing the sender does not wake receivers"""
    edit(trio.MemorySendChannel, 'close', ('if self._state.open_send_channels == 0', 'if False'))


@mutant
def close_drops_buffer():
    edit(trio.MemoryReceiveChannel, 'receive_nowait', ('if self._state.data:', 'if self._state.data and self._state.open_send_channels:'))


@mutant
def closed_own_end_unnoticed():
    """closing the receiving end does not wake those who wait in it"""
    edit(trio.MemoryReceiveChannel, 'close', ('trio.lowlevel.reschedule(task, Error(trio.ClosedResourceError()))', 'pass'))


@mutant
def semaphore_barging():
    """a released permit goes to whoever comes first, not to the first waiter"""
    def release(self):
        if self._max_value is not None and self._value == self._max_value:
            raise ValueError
        self._value += 1
        self._lot.unpark()

    async def acquire(self):
        await trio.lowlevel.checkpoint_if_cancelled()
        if self._value > 0:
            self._value -= 1
            return await trio.lowlevel.cancel_shielded_checkpoint()
        while not self._value:
            await self._lot.park()
        self._value -= 1

    put(trio.Semaphore, 'release', release)
    put(trio.Semaphore, 'acquire', acquire)
    edit(trio.Semaphore, 'acquire_nowait', ('assert not self._lot', 'pass'))


@mutant
def lock_without_owner():
    edit(trio._sync._LockImpl, 'release', ('task is not self._owner', 'self._owner is None'))


@mutant
def set_event_no_checkpoint():
    """waiting for an event that is set returns at once"""
    edit(trio.Event, 'wait', ('await trio.lowlevel.checkpoint()', 'pass'))


def undo():
    while _undo:
        owner, name, value = _undo.pop()
        owner.__setitem__(name, value) if isinstance(owner, dict) else setattr(owner, name, value)


def main():
    args = sys.argv[1:]
    count = int(args.pop(0)) if args and args[0].isdigit() else 2000
    seed = args.pop(0) if args and args[0] not in MUTANTS else 'mutants'
    oracle.setup()
    programs = [(p, oracle.run_program(p)) for p in generate(seed, count)]
    programs = [(p, want) for p, want in programs if 'log' in want]
    print(f'{len(programs)} of {count} programs do not depend on the order of a batch\n| mutant | caught by | first |\n|---|---|---|')
    alive = []
    for name in args or MUTANTS:
        MUTANTS[name]()
        caught = [n for n, (p, want) in enumerate(programs) if first_difference(want, arrange(want, {'log': oracle.run_once(p).lines})) is not None]
        undo()
        print(f'| {name} | {len(caught)} | {caught[0] + 1 if caught else "-"} |', flush=True)
        alive += [name] * (not caught)
    if any(first_difference(want, {'log': oracle.run_once(p).lines}) is not None for p, want in programs):
        sys.exit('a mutant was not taken back')
    sys.exit(f'not caught: {" ".join(alive)}' if alive else 0)


if __name__ == '__main__':
    main()
