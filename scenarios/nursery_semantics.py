"""A worker in three pieces that eats its cancel, under asyncio and under trio.

asyncio cancels a task once: eat the error, and nothing follows.  trio cancels a region until it is empty: every await in it
raises Cancelled again, so that the same worker is out at once.  What both have, asyncio since 3.11, is a block that is not
left before its tasks have ended.
"""
from asyncio import CancelledError, TaskGroup, create_task, sleep

import trio

from world import ServiceError, log, run

SETTINGS = dict(pieces=3, piece=2, cancel=1, cleanup=0.5)
RULES = {"fixed": "trio"}


# @begin bad
async def stubborn(opts):
    for n in range(1, opts.pieces + 1):
        try:
            await sleep(opts.piece)  # @a
            log("piece", n, "done")  # @b
        except CancelledError:
            log("piece", n, "cancelled")  # @c

async def bad(opts):
    worker = create_task(stubborn(opts))  # @d
    await sleep(opts.cancel)  # @e
    worker.cancel()  # @f
    await worker  # @g
    log("left")  # @h
# @end bad


# @begin fixed
async def cornered(opts):
    for n in range(1, opts.pieces + 1):
        try:
            await trio.sleep(opts.piece)  # @a
            log("piece", n, "done")  # @b
        except trio.Cancelled:
            log("piece", n, "cancelled")  # @c

async def fixed(opts):
    async with trio.open_nursery() as nursery:  # @d
        nursery.start_soon(cornered, opts)  # @w
        await trio.sleep(opts.cancel)  # @e
        nursery.cancel_scope.cancel()  # @f
    log("left")  # @h
# @end fixed


# @begin fixed.group
async def fails(opts):
    await sleep(opts.cancel)  # @a
    raise ServiceError("no such page")

async def sibling(opts):
    try:  # @b
        await sleep(opts.piece)  # @c
    finally:
        await sleep(opts.cleanup)  # @l
        log("the sibling is gone")  # @m

async def fixed_group(opts):
    try:
        async with TaskGroup() as group:  # @d
            group.create_task(fails(opts))  # @e
            group.create_task(sibling(opts))  # @f
    except* ServiceError:
        log("left, with the error")  # @h
# @end fixed.group


if __name__ == "__main__":
    run(bad, fixed, fixed_group, rules=RULES, **SETTINGS)
