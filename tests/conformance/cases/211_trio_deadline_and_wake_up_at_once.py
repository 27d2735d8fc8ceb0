# id: 211
# group: trio
# tier: extra
# title: a sleep that ends at the very instant of an outer deadline is Cancelled; a task woken by an Event goes on although its scope was cancelled before it ran
# rules: O3 O6 O8
# versions: same
from oracle import *
from oracle import trio

async def waiter(n, event, scope):
    with scope:
        try:
            await event.wait()
            log(f'{n} goes on, cancelled={scope.cancel_called}')
        except trio.Cancelled:
            log(f'{n} Cancelled in wait()')
            raise
        try:
            await trio.lowlevel.checkpoint()
            log('never')
        except trio.Cancelled:
            log(f'{n} Cancelled at the next checkpoint')
            raise
    log(f'{n} caught={scope.cancelled_caught}')

async def main():
    with trio.move_on_after(2) as outer:
        try:
            await trio.sleep(2)
            log('never')
        except trio.Cancelled:
            log('sleep and deadline at once: Cancelled')
            raise
    log(f'caught={outer.cancelled_caught}')
    with trio.CancelScope() as outer:
        async def set_deadline():
            await trio.sleep(1)
            outer.deadline = trio.current_time() + 1
        async with trio.open_nursery() as nursery:
            nursery.start_soon(set_deadline)
            try:
                await trio.sleep(2)
                log('never')
            except trio.Cancelled:
                log('deadline set later: Cancelled')
                raise
    log(f'caught={outer.cancelled_caught}')
    for cancel_first in (False, True):
        event, scope = trio.Event(), trio.CancelScope()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(waiter, 'cancel, set' if cancel_first else 'set, cancel', event, scope)
            await trio.sleep(1)
            if cancel_first:
                scope.cancel()
            event.set()
            scope.cancel()

trun(main)
