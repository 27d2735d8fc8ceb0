"""Three fetches in one gather; the first one fails while the others are still on their way.

gather reports the first failure and owns nothing: the other fetches run on, and nobody will read what they bring.
Behind a semaphore they even go on starting new ones.  Choose, do not drift: fail together (TaskGroup) or finish
together (return_exceptions).
"""
from asyncio import Semaphore, TaskGroup, gather, sleep

from world import Service, ServiceError, log, run

SETTINGS = dict(a=1, b=3, c=4, fails=1, rest=5, limit=3, jobs=10)


def name_of(n):
    return chr(ord("a") + n - 1)


def takes(opts, n):
    return {2: opts.b, 3: opts.c}.get(n, opts.a)


# @begin both
async def fetch(api, opts, n):
    await api.get(name_of(n), takes(opts, n))  # @f
    if n == opts.fails:
        raise ServiceError(name_of(n))
    log(name_of(n), "done")  # @d
# @end both


# @begin bad
async def bad(opts):
    api = Service("api")  # @s
    parts = [fetch(api, opts, n) for n in (1, 2, 3)]
    try:
        await gather(*parts)  # @g
    except ServiceError:
        log("failed")  # @e
    await sleep(opts.rest)  # @r
# @end bad


# @begin bad.limit
async def queued(api, opts, n, limit):
    async with limit:  # @a
        await fetch(api, opts, n)  # @b

async def bad_limit(opts):
    api = Service("api")  # @s
    limit = Semaphore(opts.limit)  # @l
    jobs = [queued(api, opts, n, limit)
            for n in range(1, opts.jobs + 1)]
    try:
        await gather(*jobs)  # @g
    except ServiceError:
        log("failed")  # @e
    await sleep(opts.rest)  # @r
# @end bad.limit


# @begin fixed
async def fixed(opts):
    api = Service("api")  # @s
    try:
        async with TaskGroup() as tg:  # @g
            for n in (1, 2, 3):
                tg.create_task(fetch(api, opts, n))  # @t
    except* ServiceError:
        log("failed")  # @e
    await sleep(opts.rest)  # @r
# @end fixed


# @begin fixed.settled
async def fixed_settled(opts):
    api = Service("api")  # @s
    parts = [fetch(api, opts, n) for n in (1, 2, 3)]
    all = await gather(*parts, return_exceptions=True)  # @g
    failed = sum(isinstance(r, BaseException) for r in all)
    log("failed", failed, "of", len(all))  # @e
    await sleep(opts.rest)  # @r
# @end fixed.settled


# @begin fixed.limit
async def turn(api, opts, n, limit):
    async with limit:  # @a
        await fetch(api, opts, n)  # @b

async def fixed_limit(opts):
    api = Service("api")  # @s
    limit = Semaphore(opts.limit)  # @l
    try:
        async with TaskGroup() as tg:  # @g
            for n in range(1, opts.jobs + 1):
                tg.create_task(turn(api, opts, n, limit))  # @t
    except* ServiceError:
        log("failed")  # @e
    await sleep(opts.rest)  # @r
# @end fixed.limit


if __name__ == "__main__":
    run(bad, bad_limit, fixed, fixed_settled, fixed_limit, **SETTINGS)
