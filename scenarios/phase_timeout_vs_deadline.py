"""A download in six parts, each waited for at most a second, and nobody who watches the whole.

A timeout of one read limits silence, not duration: every part that arrives arms it anew, so a slow answer is never
late.  What you promise to your caller needs a deadline around everything, retries and their waits included.

timeout(limit) around one part is what httpx.Timeout(read=...) does, or aiohttp.ClientTimeout(sock_read=...).
"""
from asyncio import sleep, timeout
from contextlib import suppress
from types import SimpleNamespace

from world import Service, log, run

SETTINGS = dict(gap=0.8, chunks=6, read=1, overall=2, tries=3, wait=1)


def dead(opts):
    """The same with a service that does not answer."""
    return SimpleNamespace(**{**vars(opts), "gap": 60})


def before(attempt, opts):
    """0 before the first try, then one time the wait, two times, ..."""
    return (attempt - 1) * opts.wait


# @begin both
async def fetch(api, opts, part=None):
    for n in range(1, opts.chunks + 1):
        async with timeout(opts.read or None):  # @a
            part = await api.get("part", opts.gap, part)  # @b
        log("part", n)  # @c
# @end both


# @begin bad
async def bad(opts):
    api = Service("api")  # @s
    try:
        await fetch(api, opts)  # @a
        log("complete")  # @d
    except TimeoutError:
        log("timed out")  # @e
# @end bad


# @begin bad.retries
async def bad_retries(opts):
    api, opts = Service("api"), dead(opts)  # @s
    for n in range(1, opts.tries + 1):
        await sleep(before(n, opts))  # @w
        log("try", n)  # @n
        with suppress(TimeoutError):
            return await fetch(api.attempt(n), opts)  # @a
    log("gave up")  # @e
# @end bad.retries


# @begin fixed
async def fixed(opts):
    api = Service("api")  # @s
    try:
        async with timeout(opts.overall):  # @o
            await fetch(api, opts)  # @a
        log("complete")  # @d
    except TimeoutError:
        log("timed out")  # @e
# @end fixed


# @begin fixed.retries
async def fixed_retries(opts):
    api, opts = Service("api"), dead(opts)  # @s

    async def all_tries():
        for n in range(1, opts.tries + 1):
            await sleep(before(n, opts))  # @w
            log("try", n)  # @n
            with suppress(TimeoutError):
                return await fetch(api.attempt(n), opts)  # @a

    with suppress(TimeoutError):
        async with timeout(opts.overall):  # @o
            await all_tries()
    log("gave up")  # @e
# @end fixed.retries


if __name__ == "__main__":
    run(bad, bad_retries, fixed, fixed_retries, **SETTINGS)
