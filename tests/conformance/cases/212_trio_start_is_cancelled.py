# id: 212
# group: trio
# tier: extra
# title: a start() that is cancelled before started() cancels its child; started() while the caller is cancelled does not move the child
# rules: O3 O9
# versions: same
from oracle import *
from oracle import trio

async def slow(task_status=trio.TASK_STATUS_IGNORED):
    await tjob('slow', 5)
    task_status.started('never')

async def stubborn(task_status=trio.TASK_STATUS_IGNORED):
    with trio.CancelScope(shield=True):
        await trio.sleep(3)
    log('stubborn says started')
    task_status.started('a value')
    await tjob('stubborn', 5)

async def silent(task_status=trio.TASK_STATUS_IGNORED):
    await trio.sleep(1)

async def main():
    async with trio.open_nursery() as nursery:
        with trio.move_on_after(1) as scope:
            await nursery.start(slow)
            log('never')
        log(f'caught={scope.cancelled_caught}')
        with trio.move_on_after(1) as scope:
            log(await nursery.start(stubborn))
            log('never')
        log(f'caught={scope.cancelled_caught}')
        try:
            await nursery.start(silent)
        except RuntimeError as e:
            log(ex(e))
        log('nursery unharmed')

trun(main)
