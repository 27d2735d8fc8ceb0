"""A timeout of one second around a worker that will not be told.

Cancel is one exception, delivered once.  Eat it and the request is gone, with everything above (timeouts, groups,
shutdown) counting on it.  Clean up, then raise it again.
"""
from asyncio import CancelledError, create_task, sleep, timeout

from world import log, run

SETTINGS = dict(timeout=1, work=10, more=3, cleanup=0.2)


# @begin bad
async def stubborn(opts):
    try:
        await sleep(opts.work)  # @a
    except CancelledError:
        log("cancelled, but who cares")  # @b
    await sleep(opts.more)  # @c
    return "late"

async def bad(opts):
    worker = create_task(stubborn(opts))  # @d
    try:
        async with timeout(opts.timeout):  # @e
            got = await worker  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end bad


# @begin fixed
async def obedient(opts):
    try:
        await sleep(opts.work)  # @a
    except CancelledError:
        log("cleaning up")  # @b
        await sleep(opts.cleanup)  # @c
        raise
    return "done"

async def fixed(opts):
    worker = create_task(obedient(opts))  # @d
    try:
        async with timeout(opts.timeout):  # @e
            got = await worker  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end fixed


if __name__ == "__main__":
    run(bad, fixed, **SETTINGS)
