"""A timeout of one second around a worker that will not be told.

Cancel is one exception, delivered once.  Eat it and the request is gone, with everything above (timeouts, groups,
shutdown) counting on it.  Clean up, then raise it again.
"""
from asyncio import CancelledError, TaskGroup, create_task, sleep, timeout, wait_for

import trio

from world import ServiceError, log, run

SETTINGS = dict(timeout=1, work=10, more=3, cleanup=0.2)
RULES = {"fixed.trio": "trio"}


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


# @begin bad.return
async def half(opts):
    try:
        await sleep(opts.work)  # @a
        return "done"
    except CancelledError:
        return "half of it"

async def bad_return(opts):
    try:
        async with timeout(opts.timeout):  # @e
            got = await half(opts)  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end bad.return


# @begin bad.loop
async def tireless(opts):
    while True:
        try:
            await sleep(opts.work)  # @a
            return "done"
        except CancelledError:
            log("interrupted, once more")  # @b

async def bad_loop(opts):
    try:
        async with timeout(opts.timeout):  # @e
            got = await tireless(opts)  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end bad.loop


# @begin bad.bare
async def careless(opts):
    try:
        await sleep(opts.work)  # @a
    except:
        log("some error, never mind")  # @b
    await sleep(opts.more)  # @c
    return "late"

async def bad_bare(opts):
    try:
        async with timeout(opts.timeout):  # @e
            got = await careless(opts)  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end bad.bare


# @begin bad.group
async def deaf(opts):
    try:
        await sleep(opts.work)  # @a
    except CancelledError:
        log("cancelled, but who cares")  # @b
    await sleep(opts.more)  # @c

async def fails(opts):
    await sleep(opts.timeout)  # @d
    raise ServiceError("no such page")

async def bad_group(opts):
    try:
        async with TaskGroup() as group:  # @e
            group.create_task(deaf(opts))  # @f
            group.create_task(fails(opts))  # @g
    except* ServiceError:
        log("the group is left")  # @h
# @end bad.group


# @begin bad.wait_for
async def eater(opts):
    try:
        await sleep(opts.work)  # @a
    except CancelledError:
        log("cancelled, but who cares")  # @b
    await sleep(opts.more)  # @c
    return "late"

async def bad_wait_for(opts):
    try:
        got = await wait_for(eater(opts), opts.timeout)  # @e
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end bad.wait_for


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


# @begin fixed.exception
async def selective(opts):
    try:
        await sleep(opts.work)  # @a
    except Exception:
        log("an error, never mind")  # @b
    await sleep(opts.more)  # @c
    return "late"

async def fixed_exception(opts):
    try:
        async with timeout(opts.timeout):  # @e
            got = await selective(opts)  # @f
        log("got", got)  # @g
    except TimeoutError:
        log("timed out")  # @h
# @end fixed.exception


# @begin fixed.trio
async def asked_again(opts):
    try:
        await trio.sleep(opts.work)  # @a
    except trio.Cancelled:
        log("cancelled, but who cares")  # @b
    await trio.sleep(opts.more)  # @c
    return "late"

async def fixed_trio(opts):
    with trio.move_on_after(opts.timeout) as scope:  # @e
        got = await asked_again(opts)  # @f
        log("got", got)  # @g
    if scope.cancelled_caught:
        log("timed out")  # @h
# @end fixed.trio


if __name__ == "__main__":
    run(bad, bad_return, bad_loop, bad_bare, bad_group, bad_wait_for,
        fixed, fixed_exception, fixed_trio, rules=RULES, **SETTINGS)
