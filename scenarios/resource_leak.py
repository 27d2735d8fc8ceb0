"""A pool of three connections, and a handler that gives its connection back on the happy path only.

Every second request fails, and each failure keeps a connection.  A leak shows up later and elsewhere: the victim is the
request that waits, the culprit the one that failed long before.  Tie the release to the end of a block, and every path
pays back.
"""
from asyncio import create_task, sleep, wait

from world import Service, log, run
from world.pool import Pool

SETTINGS = dict(pool=3, fails_every=2, requests=10, every=1, takes=0.5, patience=2, pool_timeout=0)


def database(opts):
    return Service("db", latency=opts.takes, fails=lambda n: n % opts.fails_every == 0)


def few(opts):
    return dict(limit=opts.pool, timeout=opts.pool_timeout)


# @begin both
async def serve(opts, handle):
    pool = Pool(database(opts), **few(opts))  # @p
    tasks = []
    for _ in range(opts.requests):
        tasks.append(create_task(handle(pool)))  # @q
        await sleep(opts.every)  # @r
    limit = opts.patience
    done, left = await wait(tasks, timeout=limit)  # @w
    failed = 0
    for request in done:
        failed += request.exception() is not None
    ok = len(done) - failed
    log("ok", ok, "failed", failed, "waiting", len(left))  # @l
# @end both


# @begin bad
async def request(pool):
    connection = await pool.acquire()  # @a
    await connection.request("order")  # @b
    pool.release(connection)  # @c
# @end bad


# @begin fixed
async def request_in_block(pool):
    async with pool.hold() as connection:  # @a
        await connection.request("order")  # @b
# @end fixed


async def bad(opts):
    await serve(opts, request)


async def fixed(opts):
    await serve(opts, request_in_block)


if __name__ == "__main__":
    run(bad, fixed, **SETTINGS)
