"""A fast producer and a slow consumer with a queue between them.

The slowest stage sets the total time; a longer queue only stores the difference, as memory and as waiting.  A full queue
pushes the wait back to whoever is too fast.  Without a limit put() never waits, and so nobody else gets a turn either.
"""
from asyncio import Queue, create_task, gather, sleep

from world import log, run

SETTINGS = dict(jobs=20, maxsize=5, make=0, work=0.2, workers=1)


# @begin both
async def producer(queue, opts):
    for n in range(1, opts.jobs + 1):
        if opts.make: await sleep(opts.make)  # @a
        await queue.put(n)  # @b

async def consumer(queue, opts, n):
    for _ in range(n, opts.jobs, opts.workers):
        await queue.get()  # @c
        await sleep(opts.work)  # @d
# @end both


# @begin bad
async def bad(opts):
    queue = Queue()  # @a
    workers = [consumer(queue, opts, i)
               for i in range(opts.workers)]
    await gather(*workers, producer(queue, opts))  # @b
    log("all done")  # @c
# @end bad


# @begin bad.flood
async def ticker():
    for n in range(1, 4):
        log("tick", n)  # @a
        await sleep(0)  # @b

async def bad_flood(opts):
    queue = Queue()  # @c
    beside = create_task(ticker())  # @d
    await producer(queue, opts)  # @e
    log("all put")  # @f
    await beside  # @g
# @end bad.flood


# @begin fixed
async def fixed(opts):
    queue = Queue(opts.maxsize)  # @a
    workers = [consumer(queue, opts, i)
               for i in range(opts.workers)]
    await gather(*workers, producer(queue, opts))  # @b
    log("all done")  # @c
# @end fixed


if __name__ == "__main__":
    run(bad, bad_flood, fixed, **SETTINGS)
