"""A hash of three seconds inside a coroutine, beside a heartbeat.

Work that computes never waits, so there is nothing an await could help with: for three seconds the loop serves nobody.
A worker thread takes the same three seconds, only somewhere else, and the loop is free meanwhile.  Offloading buys
responsiveness, not speed.  Cut into slices with an await between, the work may stay on the loop.
"""
from asyncio import create_task, gather, sleep, to_thread, wait

from world import log, run
from world.threads import compute, use_threads

SETTINGS = dict(job=3, jobs=1, period=0.2, start=0.5, workers=4, blocks=200, every=1)


def prepare(opts):
    use_threads(opts.workers)


# @begin both
async def heartbeat(opts):
    while True:
        log("beat")  # @h
        await sleep(opts.period)  # @i
# @end both


# @begin bad
async def hash_here(opts):
    compute(opts.job)  # @a
    log("hashed")  # @b

async def bad(opts):
    beats = create_task(heartbeat(opts))  # @c
    await sleep(opts.start)  # @d
    jobs = [hash_here(opts) for _ in range(opts.jobs)]
    await gather(*jobs)  # @e
    log("all hashed")  # @f
    beats.cancel()  # @g
    await wait([beats])  # @w
# @end bad


# @begin fixed
async def hash_in_thread(opts):
    await to_thread(compute, opts.job)  # @a
    log("hashed")  # @b

async def fixed(opts):
    beats = create_task(heartbeat(opts))  # @c
    await sleep(opts.start)  # @d
    jobs = [hash_in_thread(opts) for _ in range(opts.jobs)]
    await gather(*jobs)  # @e
    log("all hashed")  # @f
    beats.cancel()  # @g
    await wait([beats])  # @w
# @end fixed


# @begin fixed.slices
async def hash_in_slices(opts):
    for n in range(1, opts.blocks + 1):
        compute(opts.job / opts.blocks)  # @a
        if n % opts.every == 0:
            await sleep(0)  # @y
    log("hashed")  # @b

async def fixed_slices(opts):
    beats = create_task(heartbeat(opts))  # @c
    await sleep(opts.start)  # @d
    jobs = [hash_in_slices(opts) for _ in range(opts.jobs)]
    await gather(*jobs)  # @e
    log("all hashed")  # @f
    beats.cancel()  # @g
    await wait([beats])  # @w
# @end fixed.slices


if __name__ == "__main__":
    run(bad, fixed, fixed_slices, **SETTINGS)
