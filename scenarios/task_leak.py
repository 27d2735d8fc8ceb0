"""A handler starts a helper with a bare create_task; then the handler is cancelled.

A task belongs to the loop, not to the function that started it, so the helper runs on with nobody to end it, to hear
of its failure or to wait for it.  A group gives it an owner: ending, failing and cancelling all have one place to go.
"""
import gc
from asyncio import Future, TaskGroup, all_tasks, create_task, sleep, wait

from world import Service, log, run

SETTINGS = dict(cancel=1, helper=3, work=10, rest=3, keep=0)


# @begin both
async def helper(journal, opts):
    await journal.get("write", opts.helper)  # @h
    log("helper done")  # @i
# @end both


# @begin bad
async def handler(journal, opts, kept):
    task = create_task(helper(journal, opts))  # @a
    if opts.keep: kept.append(task)
    await sleep(opts.work)  # @b

async def bad(opts):
    journal = Service("journal")  # @s
    kept = []
    task = create_task(handler(journal, opts, kept))  # @c
    await sleep(opts.cancel)  # @d
    task.cancel()  # @e
    await wait([task])  # @f
    log("handler over, left", len(all_tasks()) - 1)  # @g
    await sleep(opts.rest)  # @r
# @end bad


# @begin bad.exit
async def bad_exit(opts):
    journal = Service("journal")  # @s
    task = create_task(helper(journal, opts))  # @a
    await sleep(opts.cancel)  # @d
    log("main returns")  # @g
# @end bad.exit


# @begin fixed
async def owner(journal, opts):
    async with TaskGroup() as tg:  # @g
        tg.create_task(helper(journal, opts))  # @a
        await sleep(opts.work)  # @b

async def fixed(opts):
    journal = Service("journal")  # @s
    task = create_task(owner(journal, opts))  # @c
    await sleep(opts.cancel)  # @d
    task.cancel()  # @e
    await wait([task])  # @f
    log("handler over, left", len(all_tasks()) - 1)  # @l
    await sleep(opts.rest)  # @r
# @end fixed


async def collected(opts):
    """Only the twin can show this one: C++ has no garbage collector that finds a circle."""
    async def listener():
        await Future()  # the future and the task know only each other

    create_task(listener())
    await sleep(0)
    gc.collect()  # "Task was destroyed but it is pending!"
    log("left", len(all_tasks()) - 1)


if __name__ == "__main__":
    run(bad, bad_exit, fixed, collected, **SETTINGS)
