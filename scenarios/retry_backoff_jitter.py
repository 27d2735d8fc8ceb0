"""Fifty clients and a service that can take five of them a second.

Who asks again at once only adds load, and who waits exactly as long as everybody else meets everybody else again.
Waiting longer each time lets the service breathe, and randomness stops the crowd from returning in step.  What
cannot succeed is not asked again, and who was told to stop stops.

Libraries such as tenacity or backoff hold this loop: wait_random_exponential, retry_if_exception_type.
"""
from asyncio import CancelledError, create_task, gather, sleep
from contextlib import suppress

from world import Service, ServiceError, log, random_up_to, run

SETTINGS = dict(clients=50, capacity=5, service_time=0.9, tries=6, base=1, factor=2, cap=20, stop=1.5, dead=0)


def down():
    return Service("api", latency=0, fails=lambda n: True)


def busy(opts):
    if opts.dead:
        return down()
    return Service("api", capacity=opts.capacity, latency=opts.service_time)


def backoff(attempt, opts):
    """The wait before a try: none before the first, then growing."""
    if attempt == 1:
        return 0
    return min(opts.base * opts.factor ** (attempt - 2), opts.cap)


def takes(attempt):
    """The first try hangs, later ones fail at once."""
    return 60 if attempt == 1 else 0


# @begin crowd
async def crowd(client, opts):
    api = busy(opts)  # @s
    clients = [client(api, opts) for _ in range(opts.clients)]
    results = await gather(*clients, return_exceptions=True)  # @g
    ok = sum(not isinstance(r, BaseException) for r in results)
    log("ok", ok, "of", len(results))  # @r
# @end crowd


# @begin bad
async def one_try(api, opts):
    return await api.get("job")  # @a

async def bad(opts):
    await crowd(one_try, opts)  # @b
# @end bad


# @begin bad.at_once
async def impatient(api, opts):
    for n in range(1, opts.tries + 1):
        try:
            return await api.attempt(n).get("job")  # @a
        except ServiceError:
            if n == opts.tries:
                raise

async def bad_at_once(opts):
    await crowd(impatient, opts)  # @b
# @end bad.at_once


# @begin bad.no_jitter
async def in_step(api, opts):
    for n in range(1, opts.tries + 1):
        await sleep(backoff(n, opts))  # @w
        try:
            return await api.attempt(n).get("job")  # @a
        except ServiceError:
            if n == opts.tries:
                raise

async def bad_no_jitter(opts):
    await crowd(in_step, opts)  # @b
# @end bad.no_jitter


# @begin bad.any_error
async def bad_any_error(opts):
    api = Service("api", invalid="nonsense")  # @s
    for n in range(1, opts.tries + 1):
        await sleep(backoff(n, opts))  # @w
        log("try", n)  # @n
        with suppress(Exception):  # whatever it was
            return await api.attempt(n).get("nonsense")  # @a
    log("gave up")  # @e
# @end bad.any_error


# @begin bad.catch_all
async def stubborn(api, opts):
    for n in range(1, opts.tries + 1):
        await sleep(backoff(n, opts))  # @w
        log("try", n)  # @n
        with suppress(BaseException):  # also a cancel
            return await api.attempt(n).get("job", takes(n))  # @a
    log("gave up")  # @e

async def bad_catch_all(opts):
    api = down()  # @s
    work = create_task(stubborn(api, opts))  # @t
    await sleep(opts.stop)  # @z
    log("stop")  # @l
    work.cancel()  # @x
    await work  # @j
# @end bad.catch_all


# @begin fixed
async def patient(api, opts):
    for n in range(1, opts.tries + 1):
        half = backoff(n, opts) / 2
        await sleep(half + random_up_to(half))  # @w
        try:
            return await api.attempt(n).get("job")  # @a
        except ServiceError:
            if n == opts.tries:
                raise

async def fixed(opts):
    await crowd(patient, opts)  # @b
# @end fixed


# @begin fixed.stopped
async def obedient(api, opts):
    for n in range(1, opts.tries + 1):
        await sleep(backoff(n, opts))  # @w
        log("try", n)  # @n
        with suppress(ServiceError):  # and nothing else
            return await api.attempt(n).get("job")  # @a
    log("gave up")  # @e

async def fixed_stopped(opts):
    api = down()  # @s
    work = create_task(obedient(api, opts))  # @t
    await sleep(opts.stop)  # @z
    log("stop")  # @l
    work.cancel()  # @x
    with suppress(CancelledError):
        await work  # @j
    log("stopped")  # @k
# @end fixed.stopped


if __name__ == "__main__":
    run(bad, bad_at_once, bad_no_jitter, bad_any_error, bad_catch_all, fixed, fixed_stopped, **SETTINGS)
