"""Three users are fetched together, and one of them fails.

Kept as values, errors become ordinary items in the order of the input, so whoever takes them must look at every slot.  A
cancelled one is no Exception: test for that, or the filter hands a CancelledError on as data.
"""
from asyncio import CancelledError, create_task, gather, sleep

from world import Service, ServiceError, log, run

SETTINGS = dict(ids=3, failing=2, cancel=3, step=1)


def flaky(opts):
    return Service("api", fails=lambda n: n == opts.failing)


def takes(id, opts):
    """The last is the first to end."""
    return opts.step * (id % opts.ids + 1)


def told(result):
    if isinstance(result, BaseException):
        return f"✗ {type(result).__name__}: {result}"
    return f"✓ {result}"


# @begin both
async def fetch(api, id, opts):
    await api.get(f"user {id}", takes(id, opts))  # @f
    return f"user {id}"
# @end both


# @begin bad
async def bad(opts):
    api = flaky(opts)  # @s
    calls = [fetch(api, id, opts)
             for id in range(1, opts.ids + 1)]
    try:
        users = await gather(*calls)  # @g
        log("ok", len(users))  # @h
    except ServiceError as error:
        log("nothing:", error)  # @n
# @end bad


# @begin bad.filter
async def bad_filter(opts):
    api = flaky(opts)  # @s
    calls = []
    for id in range(1, opts.ids + 1):
        calls.append(create_task(fetch(api, id, opts)))  # @t
    await sleep(opts.step / 2)  # @w
    calls[opts.cancel - 1].cancel()  # @c
    results = await gather(*calls, return_exceptions=True)  # @g
    ok = failed = 0
    for one in results:
        bad = isinstance(one, Exception)  # @q
        failed, ok = failed + bad, ok + (not bad)
    log("ok", ok, "failed", failed)  # @h
# @end bad.filter


# @begin fixed
async def fixed(opts):
    api = flaky(opts)  # @s
    calls = [fetch(api, id, opts)
             for id in range(1, opts.ids + 1)]
    results = await gather(*calls, return_exceptions=True)  # @g
    ok = failed = 0
    for one in results:
        log(told(one))  # @i
        bad = isinstance(one, BaseException)
        failed, ok = failed + bad, ok + (not bad)
    log("ok", ok, "failed", failed)  # @h
# @end fixed


# @begin fixed.filter
async def fixed_filter(opts):
    api = flaky(opts)  # @s
    calls = []
    for id in range(1, opts.ids + 1):
        calls.append(create_task(fetch(api, id, opts)))  # @t
    await sleep(opts.step / 2)  # @w
    calls[opts.cancel - 1].cancel()  # @c
    results = await gather(*calls, return_exceptions=True)  # @g
    ok = stopped = 0
    for one in results:
        stopped += isinstance(one, CancelledError)  # @q
        ok += not isinstance(one, BaseException)
    failed = len(results) - ok - stopped
    log("ok", ok, "failed", failed, "cancelled", stopped)  # @h
# @end fixed.filter


if __name__ == "__main__":
    run(bad, bad_filter, fixed, fixed_filter, **SETTINGS)
