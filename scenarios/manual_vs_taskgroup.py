"""Three children started by hand, cancelled by hand when one of them fails, and left before they have stopped.

cancel() posts a letter, it does not wait for the answer: the caller hears of the error while the other children have
not even begun to clean up.  A TaskGroup cancels the siblings and stays until the last one is gone, then raises one
ExceptionGroup with all errors.
"""
from asyncio import TaskGroup, all_tasks, create_task, gather, sleep, wait_for

from world import log, run

SETTINGS = dict(fails=1, work=10, cleanup=2, rest=3, failing=1, outer=0.5)


def pending():
    return len(all_tasks()) - 1  # besides the caller


# @begin job
async def fail(opts):
    await sleep(opts.fails)  # @f
    raise ValueError("no")

async def job(opts, n):
    """Works, and cleans up however it is left."""
    try:  # @t
        await sleep(opts.work)  # @w
    finally:
        await sleep(opts.cleanup)  # @c
        log("cleaned up", n)  # @d
    return n
# @end job


# @begin both
async def child(opts, n):
    if n <= opts.failing: await fail(opts)  # @f
    return await job(opts, n)  # @j
# @end both


# @begin bad
async def fetch_all(opts):
    tasks = [create_task(child(opts, n))  # @t
             for n in (1, 2, 3)]
    try:
        return sum(await gather(*tasks))  # @g
    except Exception:
        for task in tasks: task.cancel()  # @x
        raise

async def bad(opts):
    try:
        log("sum", await fetch_all(opts))  # @m
    except ValueError:
        log("failed, pending", pending())  # @e
    await sleep(opts.rest)  # @z
# @end bad


# @begin bad.outer
async def fetch_three(opts):
    tasks = [create_task(child(opts, n))  # @t
             for n in (1, 2, 3)]
    try:
        return sum(await gather(*tasks))  # @g
    except Exception:
        for task in tasks: task.cancel()  # @x
        raise

async def bad_outer(opts):
    limit = opts.outer
    try:
        log("sum", await wait_for(fetch_three(opts), limit))  # @m
    except TimeoutError:
        log("timed out, pending", pending())  # @e
    await sleep(opts.rest)  # @z
# @end bad.outer


# @begin bad.plain
async def fetch_grouped(opts):
    async with TaskGroup() as group:  # @g
        tasks = [group.create_task(child(opts, n))  # @t
                 for n in (1, 2, 3)]
    return sum(t.result() for t in tasks)

async def bad_plain(opts):
    try:
        log("sum", await fetch_grouped(opts))  # @m
    except ValueError:
        log("failed, pending", pending())  # @e
    await sleep(opts.rest)  # @z
# @end bad.plain


# @begin fixed
async def fetch_in_group(opts):
    async with TaskGroup() as group:  # @g
        tasks = [group.create_task(child(opts, n))  # @t
                 for n in (1, 2, 3)]
    return sum(t.result() for t in tasks)

async def fixed(opts):
    try:
        log("sum", await fetch_in_group(opts))  # @m
    except* ValueError as group:
        n = len(group.exceptions)
        log("failed", n, "pending", pending())  # @e
    await sleep(opts.rest)  # @z
# @end fixed


if __name__ == "__main__":
    run(bad, bad_outer, bad_plain, fixed, **SETTINGS)
