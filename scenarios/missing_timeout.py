"""A peer that takes the request and never answers, and a caller that never gives up.

Nothing in async gives up by itself.  A time limit is a cancel request with an alarm clock: inside the block it is a
CancelledError, and the block turns its own one into TimeoutError at its edge.  What a timeout then means is for the
caller to decide; it is not "there is no such thing".
"""
from asyncio import CancelledError, create_task, sleep, timeout

from world import Service, log, run

SETTINGS = dict(delay=0, limit=2, outer=1, inner=5, watch=10)


def peer_of(opts):  # get() stands for an HTTP client's; httpx has limits of its own, aiohttp five minutes
    return Service("peer", latency=opts.delay, silent=opts.delay == 0)


def quick():
    return Service("table", latency=0.05)


# @begin both
async def others(opts):
    await sleep(opts.watch)  # @v
    log("the others were served")  # @w
# @end both


# @begin bad
async def bad(opts):
    peer = peer_of(opts)  # @s
    rest = create_task(others(opts))  # @a
    answer = await peer.get("report")  # @b
    log("answer", answer)  # @c
    await rest  # @d
# @end bad


# @begin bad.none
async def look_up(peer, opts):
    try:
        async with timeout(opts.limit):  # @a
            await peer.get("row")  # @b
        return None  # it has no such row
    except TimeoutError:
        return None  # nobody knows

async def bad_none(opts):
    table, peer = quick(), peer_of(opts)  # @s
    known = await look_up(table, opts)  # @c
    log("table:", known)  # @d
    unknown = await look_up(peer, opts)  # @e
    log("peer:", unknown)  # @f
# @end bad.none


# @begin fixed
async def fixed(opts):
    peer = peer_of(opts)  # @s
    rest = create_task(others(opts))  # @a
    try:
        async with timeout(opts.limit):  # @l
            answer = await peer.get("report")  # @b
            log("answer", answer)  # @c
    except TimeoutError:
        log("no answer in time")  # @t
    await rest  # @d
# @end fixed


# @begin fixed.inside
async def careful(peer):
    try:
        await peer.get("report")  # @b
    except TimeoutError:
        log("inside: TimeoutError")  # @c
    except CancelledError:
        log("inside: CancelledError")  # @d
        raise

async def fixed_inside(opts):
    peer = peer_of(opts)  # @s
    try:
        async with timeout(opts.limit):  # @l
            await careful(peer)  # @e
    except TimeoutError:
        log("outside: TimeoutError")  # @f
# @end fixed.inside


# @begin fixed.nested
async def fixed_nested(opts):
    peer = peer_of(opts)  # @s
    try:
        async with timeout(opts.outer):  # @a
            try:
                async with timeout(opts.inner):  # @b
                    await peer.get("report")  # @c
            except TimeoutError:
                log("inner limit")  # @d
    except TimeoutError:
        log("outer limit")  # @e
# @end fixed.nested


if __name__ == "__main__":
    run(bad, bad_none, fixed, fixed_inside, fixed_nested, **SETTINGS)
