"""Twenty jobs at once against a service that can work on five.

Your machine can start far more than the other side can take.  A semaphore turns the crowd into a queue: it bounds the
work in flight, not the number of tasks.
"""
from asyncio import Semaphore, gather

from world import Service, log, run

SETTINGS = dict(jobs=20, limit=5, capacity=5, service_time=1)


# @begin both
def report(results):
    ok = sum(not isinstance(r, Exception) for r in results)
    log("ok", ok, "refused", len(results) - ok)  # @r
# @end both


# @begin bad
async def process(api):
    return await api.get("job")  # @a

async def bad(opts):
    api = Service("api", capacity=opts.capacity,  # @s
                  latency=opts.service_time)
    jobs = [process(api)
            for _ in range(opts.jobs)]
    results = await gather(*jobs, return_exceptions=True)  # @b
    report(results)
# @end bad


# @begin fixed
async def process_within(api, limit):
    async with limit:  # @a
        return await api.get("job")  # @b

async def fixed(opts):
    api = Service("api", capacity=opts.capacity,  # @s
                  latency=opts.service_time)
    limit = Semaphore(opts.limit)  # @l
    jobs = [process_within(api, limit)
            for _ in range(opts.jobs)]
    results = await gather(*jobs, return_exceptions=True)  # @c
    report(results)
# @end fixed


if __name__ == "__main__":
    run(bad, fixed, **SETTINGS)
