"""A hundred tasks that each add one to a counter.

Between two awaits you are alone; across one, anyone may have run.  A value that was read before an await is a memory, not
the truth: all read 0, wait, and write 1.  A lock around the three lines helps, and so does having no await among them.
"""
from asyncio import Lock, gather, sleep

from world import log, run
from world.cell import Cell  # a plain variable would do the same

SETTINGS = dict(tasks=100, pause=0.01)


# @begin bad
async def increment(counter, pause):
    seen = counter.read()  # @a
    await sleep(pause)  # @b
    counter.write(seen + 1)  # @c

async def bad(opts):
    counter = Cell(0, "counter")  # @d
    tasks = [increment(counter, opts.pause)
             for _ in range(opts.tasks)]
    await gather(*tasks)  # @e
    log("counter", counter.read(), "of", opts.tasks)  # @f
# @end bad


# @begin bad.hidden
async def slow(counter, pause):
    seen = counter.read()  # @a
    await sleep(pause)  # @b
    counter.write(seen + 1)  # @c

async def late(counter, pause):
    await sleep(pause)  # @d
    seen = counter.read()  # @e
    counter.write(seen + 1)  # @f

async def bad_hidden(opts):
    c, pause = Cell(0, "counter"), opts.pause  # @g
    await gather(slow(c, pause), late(c, pause))  # @h
    log("counter", c.read(), "of", 2)  # @i
# @end bad.hidden


# @begin fixed
async def increment_locked(counter, lock, pause):
    async with lock:  # @a
        seen = counter.read()  # @b
        await sleep(pause)  # @c
        counter.write(seen + 1)  # @d

async def fixed(opts):
    counter = Cell(0, "counter")  # @e
    lock = Lock()  # @l
    tasks = [increment_locked(counter, lock, opts.pause)
             for _ in range(opts.tasks)]
    await gather(*tasks)  # @f
    log("counter", counter.read(), "of", opts.tasks)  # @g
# @end fixed


# @begin fixed.no_await
async def add_one(counter, pause):
    seen = counter.read()  # @a
    counter.write(seen + 1)  # @b
    await sleep(pause)  # @c

async def fixed_no_await(opts):
    counter = Cell(0, "counter")  # @d
    tasks = [add_one(counter, opts.pause)
             for _ in range(opts.tasks)]
    await gather(*tasks)  # @e
    log("counter", counter.read(), "of", opts.tasks)  # @f
# @end fixed.no_await


if __name__ == "__main__":
    run(bad, bad_hidden, fixed, fixed_no_await, **SETTINGS)
