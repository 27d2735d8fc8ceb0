"""A service takes orders and writes them; then its main returns, with writes under way.

The runner cancels what is left and waits for its clean-up, but it cannot know which work you meant to finish.
Draining is your policy: stop the intake, give the rest a deadline, cancel what is left after it, and close what you
opened in reverse order.
"""
from asyncio import CancelledError, Queue, create_task, gather, sleep, wait_for
from types import SimpleNamespace

from world import Service, log, run
from world.region import region

SETTINGS = dict(accept=1, every=0.4, orders=25, write=0.8, flush=1, drain=2, stubborn=3)


# @begin app
async def take_orders(orders, opts):
    """One order after the other, until it is told to stop."""
    for n in range(1, opts.orders + 1):
        log("order", n)  # @o
        orders.put_nowait(n)  # @p
        await sleep(opts.every)  # @e


async def worker(db, orders, opts):
    """Writes orders, and flushes its log however it is left."""
    try:  # @t
        while True:
            n = await orders.get()  # @g
            await db.get(f"write {n}", opts.write)  # @w
            log("written", n)  # @l
            orders.task_done()  # @d
    finally:
        await sleep(opts.flush)  # @f


def start(opts):
    db = Service("db")  # @s
    orders = Queue()  # @q
    intake = create_task(take_orders(orders, opts))  # @i
    workers = []
    for _ in range(3):
        workers.append(create_task(worker(db, orders, opts)))  # @c
    return SimpleNamespace(orders=orders, intake=intake, workers=workers)
# @end app


# @begin bad
async def bad(opts):
    app = start(opts)
    await sleep(opts.accept)  # @a
    log("main returns")  # @b
# @end bad


# @begin bad.stubborn
async def stubborn(opts):
    try:
        await sleep(opts.accept * 10)  # @x
    except CancelledError:
        log("not now")  # @y
    await sleep(opts.stubborn)  # @z

async def bad_stubborn(opts):
    app = start(opts)
    report = create_task(stubborn(opts))  # @r
    await sleep(opts.accept)  # @a
    log("main returns")  # @b
# @end bad.stubborn


# @begin fixed
async def fixed(opts):
    app = start(opts)
    with region("accepting"):  # @a
        await sleep(opts.accept)  # @b
    try:
        with region("draining"):  # @c
            app.intake.cancel()  # @d
            await wait_for(app.orders.join(), opts.drain)  # @e
    except TimeoutError:
        log("gave up")  # @f
    with region("cancelling"):  # @g
        for task in app.workers: task.cancel()  # @h
        await gather(*app.workers,  # @i
                     return_exceptions=True)
    with region("closing"):  # @j
        log("closed db, then log file")  # @k
# @end fixed


if __name__ == "__main__":
    run(bad, bad_stubborn, fixed, **SETTINGS)
