"""Three ways to lose an error: filtered out, left in a task that nobody looks at, taken for data.

An exception travels only along an await; where nobody awaits there is no road.  To drop one is a decision, so make it
visible: report it once, where it is handled, or let it pass.
"""
from asyncio import TaskGroup, create_task, gather, sleep

from world import Service, ServiceError, log, run
from world.response import ask

SETTINGS = dict(pages=5, failing=3, takes=1, kept=2, more=1)


def flaky(opts):
    return Service("api", latency=opts.takes, fails=lambda n: n <= opts.failing)


def describe(error):
    return f"{type(error).__name__}: {error}"


# @begin both
async def fetch(api):
    return await api.get("page")  # @f
# @end both


# @begin bad
async def bad(opts):
    api = flaky(opts)  # @s
    calls = [fetch(api) for _ in range(opts.pages)]
    results = await gather(*calls, return_exceptions=True)  # @g
    good = [one for one in results  # @h
            if not isinstance(one, Exception)]
    log("stored", len(good), "pages")  # @i
# @end bad


# @begin bad.task
async def bad_task(opts):
    api = flaky(opts)  # @s
    task = create_task(fetch(api))  # @t
    await sleep(opts.kept)  # @w
    del task
    await sleep(opts.more)  # @m
    log("all is well")  # @i
# @end bad.task


# @begin bad.status
async def bad_status(opts):
    api = flaky(opts)  # @s
    page = await ask(api, "page")  # @g
    log("stored", page.body())  # @i
# @end bad.status


# @begin fixed
async def fixed(opts):
    api = flaky(opts)  # @s
    calls = [fetch(api) for _ in range(opts.pages)]
    results = await gather(*calls, return_exceptions=True)  # @g
    good = 0
    for one in results:
        if isinstance(one, BaseException):
            log("failed:", describe(one))  # @e
        else:
            good += 1
    log("stored", good, "of", len(results), "pages")  # @i
# @end fixed


# @begin fixed.task
async def fixed_task(opts):
    api = flaky(opts)  # @s
    try:
        async with TaskGroup() as group:  # @g
            group.create_task(fetch(api))  # @t
            await sleep(opts.kept)  # @w
    except* ServiceError as group:
        for error in group.exceptions:
            log("failed:", describe(error))  # @e
    await sleep(opts.more)  # @m
    log("the rest is well")  # @i
# @end fixed.task


# @begin fixed.status
async def fixed_status(opts):
    api = flaky(opts)  # @s
    try:
        page = await ask(api, "page")  # @g
        page.raise_for_status()  # @r
        log("stored", page.body())  # @i
    except ServiceError as error:
        log("failed:", error)  # @e
# @end fixed.status


if __name__ == "__main__":
    run(bad, bad_task, bad_status, fixed, fixed_task, fixed_status, **SETTINGS)
