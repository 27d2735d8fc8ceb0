"""One call a second to a service that is dead for twelve seconds.

Without a breaker every call burns its whole timeout.  Failing fast protects you and gives the other side room.  Probing
with one request, not with everybody, decides when to trust it again.
"""
from asyncio import create_task, gather, sleep, wait_for

from world import Service, log, run
from world.circuit import Circuit

SETTINGS = dict(threshold=3, pause=5, outage=12, seconds=19, timeout=0.5, latency=0, burst=20, burst_at=8)


# @begin callers
async def callers(call, burst, opts):
    """One call each second, in one of them a burst."""
    api = Service("api", latency=opts.latency, silent=(0, opts.outage))  # @s
    breaker, calls = Circuit("breaker"), []  # @k
    for n in range(opts.seconds):
        for _ in range(burst if n == opts.burst_at else 1):
            calls.append(create_task(call(api, breaker, n, opts)))  # @t
        await sleep(1)  # @w
    await gather(*calls)  # @g
# @end callers


# @begin bad
async def exposed(api, breaker, n, opts):
    try:
        await wait_for(api.get("job"), opts.timeout)  # @a
        log("call", n, "ok")  # @c
    except TimeoutError:
        log("call", n, "failed")  # @d

async def bad(opts):
    await callers(exposed, 1, opts)  # @e
# @end bad


# @begin bad.stampede
def anybody(breaker, opts):
    if breaker.open and breaker.age > opts.pause:
        breaker.try_again()  # @h
    return not breaker.open

async def hurried(api, breaker, n, opts):
    if not anybody(breaker, opts):
        return log("call", n, "rejected")  # @r
    breaker.enter()  # @p
    try:
        await wait_for(api.get("job"), opts.timeout)  # @a
        breaker.succeeded()  # @o
        log("call", n, "ok")  # @c
    except TimeoutError:
        breaker.failed(opts.threshold)  # @f
        log("call", n, "failed")  # @d

async def bad_stampede(opts):
    await callers(hurried, opts.burst, opts)  # @e
# @end bad.stampede


# @begin fixed
def one_probe(breaker, opts):
    if breaker.open and breaker.age > opts.pause:
        breaker.try_again()  # @h
        return True
    return breaker.closed

async def guarded(api, breaker, n, opts):
    if not one_probe(breaker, opts):
        return log("call", n, "rejected")  # @r
    breaker.enter()  # @p
    try:
        await wait_for(api.get("job"), opts.timeout)  # @a
        breaker.succeeded()  # @o
        log("call", n, "ok")  # @c
    except TimeoutError:
        breaker.failed(opts.threshold)  # @f
        log("call", n, "failed")  # @d

async def fixed(opts):
    await callers(guarded, 1, opts)  # @e
# @end fixed


# @begin fixed.burst
async def fixed_burst(opts):
    await callers(guarded, opts.burst, opts)  # @e
# @end fixed.burst


if __name__ == "__main__":
    run(bad, bad_stampede, fixed, fixed_burst, **SETTINGS)
