"""Three jobs with a connection each: one ends well, one with an error, one is cancelled.  Which of them close it?

Leaving happens in more ways than cancel, and finally covers them all; a handler for CancelledError covers one.  A clean-up
that awaits can itself be cancelled: keep it short, or shield it and stay until it is done.  And who is cancelled before
its first step never gets as far as a try.
"""
from asyncio import CancelledError, create_task, gather, shield, sleep

from world import ServiceError, log, run
from world.stream import Stream  # stands for httpx.AsyncClient, a database connection: whatever has aclose()

SETTINGS = dict(work=2, cancel=1, closing=0.5, again=0.2, later=1)
ENDINGS = ["ok", "error", "cancel"]


def fail_on_error(ending):
    if ending == "error":
        raise ServiceError("no such page")


def settled(*tasks):
    return gather(*tasks, return_exceptions=True)


# @begin bad
async def job(ending, opts):
    conn = Stream(ending, opts.closing)  # @o
    try:
        await sleep(opts.work)  # @w
        fail_on_error(ending)
    except CancelledError:
        await conn.aclose()  # @c
        log(ending, "closed")  # @d
        raise

async def bad(opts):
    jobs = [create_task(job(end, opts)) for end in ENDINGS]  # @j
    await sleep(opts.cancel)  # @s
    jobs[2].cancel()  # @x
    await settled(*jobs)  # @g
    await sleep(opts.later)  # @h
# @end bad


# @begin bad.twice
async def hasty(opts):
    conn = Stream("conn", opts.closing)  # @o
    try:  # @t
        await sleep(opts.work)  # @w
    finally:
        await conn.aclose()  # @c
        log("closed")  # @d

async def bad_twice(opts):
    job = create_task(hasty(opts))  # @j
    await sleep(opts.cancel)  # @s
    job.cancel()  # @x
    await sleep(opts.again)  # @y
    job.cancel()  # @z
    await settled(job)  # @g
    log("the job is over")  # @e
    await sleep(opts.later)  # @h
# @end bad.twice


# @begin bad.early
async def unlucky(conn, opts):
    try:  # @t
        log("working")  # @l
        await sleep(opts.work)  # @w
    finally:
        await conn.aclose()  # @c
        log("closed")  # @d

async def bad_early(opts):
    conn = Stream("conn", opts.closing)  # @o
    job = create_task(unlucky(conn, opts))  # @j
    job.cancel()  # @x
    await settled(job)  # @g
    log("the job is over")  # @e
    await sleep(opts.later)  # @h
# @end bad.early


# @begin fixed
async def tidy(ending, opts):
    conn = Stream(ending, opts.closing)  # @o
    try:  # @t
        await sleep(opts.work)  # @w
        fail_on_error(ending)
    finally:
        await conn.aclose()  # @c
        log(ending, "closed")  # @d

async def fixed(opts):
    jobs = [create_task(tidy(end, opts)) for end in ENDINGS]  # @j
    await sleep(opts.cancel)  # @s
    jobs[2].cancel()  # @x
    await settled(*jobs)  # @g
    await sleep(opts.later)  # @h
# @end fixed


# @begin fixed.shield
async def patient(opts):
    conn = Stream("conn", opts.closing)  # @o
    try:  # @t
        await sleep(opts.work)  # @w
    finally:
        closing = create_task(conn.aclose())  # @n
        try:  # @u
            await shield(closing)  # @p
        finally:
            await closing  # @q
            log("closed")  # @d

async def fixed_shield(opts):
    job = create_task(patient(opts))  # @j
    await sleep(opts.cancel)  # @s
    job.cancel()  # @x
    await sleep(opts.again)  # @y
    job.cancel()  # @z
    await settled(job)  # @g
# @end fixed.shield


if __name__ == "__main__":
    run(bad, bad_twice, bad_early, fixed, fixed_shield, **SETTINGS)
