"""Two tasks, two locks, taken in opposite orders with an await between.

Each holds what the other needs, and both wait politely for ever.  It hides until someone adds an await in the middle:
taking a free lock does not suspend, so without one nobody can come between.  One order for all, or a timeout, cures it.
"""
from asyncio import Lock, create_task, gather, sleep, wait_for

from world import log, run

SETTINGS = dict(pause=0.5, patience=1)


# @begin bad
async def a_first(a, b, opts):
    async with a:  # @a
        log("has a")  # @b
        await sleep(opts.pause)  # @c
        async with b:  # @d
            log("has a and b")  # @e

async def b_first(a, b, opts):
    async with b:  # @f
        log("has b")  # @g
        await sleep(opts.pause)  # @h
        async with a:  # @i
            log("has b and a")  # @j

async def bad(opts):
    a, b = Lock(), Lock()  # @k
    await gather(a_first(a, b, opts), b_first(a, b, opts))  # @l
    log("done")  # @m
# @end bad


# @begin bad.no_await
async def a_then_b(a, b):
    async with a:  # @a
        async with b:  # @b
            log("has a and b")  # @c

async def b_then_a(a, b):
    async with b:  # @d
        async with a:  # @e
            log("has b and a")  # @f

async def bad_no_await(opts):
    a, b = Lock(), Lock()  # @g
    await gather(a_then_b(a, b), b_then_a(a, b))  # @h
    log("done")  # @i
# @end bad.no_await


# @begin bad.hidden
async def a_early(a, b, opts):
    async with a:  # @a
        await sleep(opts.pause)  # @b
        async with b:  # @c
            log("has a and b")  # @d

async def b_late(a, b, opts):
    await sleep(opts.pause)  # @e
    async with b:  # @f
        async with a:  # @g
            log("has b and a")  # @h

async def bad_hidden(opts):
    a, b = Lock(), Lock()  # @i
    await gather(a_early(a, b, opts), b_late(a, b, opts))  # @j
    log("done")  # @k
# @end bad.hidden


# @begin bad.twice
async def helper(a):
    async with a:  # @a
        log("has a again")  # @b

async def bad_twice(opts):
    a = Lock()  # @c
    async with a:  # @d
        log("has a")  # @e
        await helper(a)  # @f
    log("done")  # @g
# @end bad.twice


# @begin fixed
async def in_order(a, b, opts):
    async with a:  # @a
        await sleep(opts.pause)  # @b
        async with b:  # @c
            log("has a and b")  # @d

async def fixed(opts):
    a, b = Lock(), Lock()  # @e
    await gather(in_order(a, b, opts), in_order(a, b, opts))  # @f
    log("done")  # @g
# @end fixed


# @begin fixed.timeout
async def patient(one, two, opts, patience):
    has_both = False
    while not has_both:
        async with one:  # @a
            await sleep(opts.pause)  # @b
            try:
                await wait_for(two.acquire(), patience)  # @c
                log("has both")  # @d
                two.release()  # @e
                has_both = True
            except TimeoutError:
                log("lets go")  # @f

async def fixed_timeout(opts):
    a, b = Lock(), Lock()  # @g
    t1 = create_task(patient(a, b, opts, 2 * opts.patience))  # @h
    t2 = create_task(patient(b, a, opts, opts.patience))  # @i
    await gather(t1, t2)  # @j
    log("done")  # @k
# @end fixed.timeout


if __name__ == "__main__":
    run(bad, bad_no_await, bad_hidden, bad_twice, fixed,
        fixed_timeout, **SETTINGS)
