"""Fifty callers ask a cold cache for the same thing at the same moment.

A cache that is filled after an await is empty for everyone who asks in between: fifty calls.  Cache the promise, not the
result: the first miss stores the task, and the others await that.  Shield it, or one caller's cancel is everybody's.
"""
from asyncio import create_task, gather, shield, sleep

from world import Service, log, run
from world.cell import Cell  # a dict entry would do the same

SETTINGS = dict(callers=50, service_time=1, give_up=0.5)


def backend(opts):
    return Service("api", latency=opts.service_time)


def count_ok(results):
    return sum(isinstance(one, int) for one in results)


# @begin bad
async def lookup(api, cache):
    known = cache.read()  # @a
    if known:
        return known
    user = await api.get("user")  # @b
    cache.write(user)  # @c
    return user

async def bad(opts):
    api = backend(opts)  # @d
    cache = Cell(None, "cache")  # @e
    callers = [lookup(api, cache)
               for _ in range(opts.callers)]
    results = await gather(*callers, return_exceptions=True)  # @f
    log("served", count_ok(results), "of", len(results))  # @g
# @end bad


# @begin bad.cancel
async def unshielded(api, cache):
    load = cache.read()  # @a
    if not load:
        load = create_task(api.get("user"))  # @b
        cache.write(load)  # @c
    return await load  # @d

async def bad_cancel(opts):
    api = backend(opts)  # @e
    cache = Cell(None, "cache")  # @f
    callers = [create_task(unshielded(api, cache))  # @g
               for _ in range(opts.callers)]
    await sleep(opts.give_up)  # @h
    callers[0].cancel()  # @i
    results = await gather(*callers, return_exceptions=True)  # @j
    log("served", count_ok(results), "of", len(results))  # @k
# @end bad.cancel


# @begin fixed
async def lookup_once(api, cache):
    load = cache.read()  # @a
    if not load:
        load = create_task(api.get("user"))  # @b
        cache.write(load)  # @c
    return await shield(load)  # @d

async def fixed(opts):
    api = backend(opts)  # @e
    cache = Cell(None, "cache")  # @f
    callers = [lookup_once(api, cache)
               for _ in range(opts.callers)]
    results = await gather(*callers, return_exceptions=True)  # @g
    log("served", count_ok(results), "of", len(results))  # @h
# @end fixed


# @begin fixed.cancel
async def shielded(api, cache):
    load = cache.read()  # @a
    if not load:
        load = create_task(api.get("user"))  # @b
        cache.write(load)  # @c
    return await shield(load)  # @d

async def fixed_cancel(opts):
    api = backend(opts)  # @e
    cache = Cell(None, "cache")  # @f
    callers = [create_task(shielded(api, cache))  # @g
               for _ in range(opts.callers)]
    await sleep(opts.give_up)  # @h
    callers[0].cancel()  # @i
    results = await gather(*callers, return_exceptions=True)  # @j
    log("served", count_ok(results), "of", len(results))  # @k
# @end fixed.cancel


if __name__ == "__main__":
    run(bad, bad_cancel, fixed, fixed_cancel, **SETTINGS)
