"""Four jobs, awaited one by one in a loop.

Awaiting an un-started coroutine runs it alone; awaiting a task only joins one that already runs.  The loop joins in the
order of the list, so a failure further down waits for the slow head, and if the head fails the rest run on unowned.
"""
from asyncio import TaskGroup, create_task, gather, sleep

from world import Service, ServiceError, log, run

SETTINGS = dict(jobs=4, slow=1, failing=2, slow_takes=5, takes=2, fails_after=1, more=0)


def flaky(opts):
    return Service("api", fails=lambda n: n == opts.failing)


def takes(n, opts):
    return opts.slow_takes if n == opts.slow else opts.fails_after if n == opts.failing else opts.takes


# @begin both
async def job(api, n, opts):
    await api.get(f"job {n}", takes(n, opts))  # @j
    log(f"job {n}", "done")  # @d
# @end both


# @begin bad
async def bad(opts):
    api = flaky(opts)  # @s
    jobs = [job(api, n, opts)
            for n in range(1, opts.jobs + 1)]
    for each in jobs:
        try:
            await each  # @a
        except ServiceError as error:
            log("caught", error)  # @c
    log("finished")  # @f
# @end bad


# @begin bad.tasks
async def bad_tasks(opts):
    api = flaky(opts)  # @s
    jobs = []
    for n in range(1, opts.jobs + 1):
        jobs.append(create_task(job(api, n, opts)))  # @t
    try:
        for each in jobs:
            await each  # @a
    except ServiceError as error:
        log("caught", error)  # @c
    await sleep(opts.more)  # @m
    log("finished")  # @f
# @end bad.tasks


# @begin fixed
async def fixed(opts):
    api = flaky(opts)  # @s
    try:
        async with TaskGroup() as group:  # @a
            for n in range(1, opts.jobs + 1):
                group.create_task(job(api, n, opts))  # @t
    except* ServiceError as group:
        log("caught", group.exceptions[0])  # @c
    log("finished")  # @f
# @end fixed


# @begin fixed.gather
async def fixed_gather(opts):
    api = flaky(opts)  # @s
    jobs = [job(api, n, opts)
            for n in range(1, opts.jobs + 1)]
    results = await gather(*jobs, return_exceptions=True)  # @a
    for one in results:
        if one is not None:
            log("caught", one)  # @c
    log("finished")  # @f
# @end fixed.gather


if __name__ == "__main__":
    run(bad, bad_tasks, fixed, fixed_gather, **SETTINGS)
