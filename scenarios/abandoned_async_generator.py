"""Two chunks of a stream are enough: break.  When does the client behind the stream close?

break leaves the consumer's loop, not the generator's body, which stands at its yield and owns an open client.  Somebody has
to resume it to run its finally: aclosing() does at the end of its block; else the collector does, some day.  Or let the
caller own the client.
"""
from asyncio import Queue, sleep  # the queue stands for what lies in memory
from contextlib import aclosing

from world import log, run
from world.stream import Stream  # stands for httpx.AsyncClient; the generator for response.aiter_bytes()

SETTINGS = dict(chunks=5, wanted=2, each=0.1, later=1)


# @begin bad
async def stream(opts):
    client = Stream("client")  # @o
    try:
        for n in range(1, opts.chunks + 1):
            await sleep(opts.each)  # @r
            yield n
    finally:
        await client.aclose()  # @c

async def bad(opts):
    chunks = stream(opts)
    async for chunk in chunks:  # @a
        log("chunk", chunk)  # @b
        if chunk == opts.wanted:
            break
    await sleep(opts.later)  # @e
    del chunks
    await sleep(opts.later)  # @f
# @end bad


# @begin bad.dropped
async def same_stream(opts):
    client = Stream("client")  # @o
    try:
        for n in range(1, opts.chunks + 1):
            await sleep(opts.each)  # @r
            yield n
    finally:
        await client.aclose()  # @c

async def bad_dropped(opts):
    async for chunk in same_stream(opts):  # @a
        log("chunk", chunk)  # @b
        if chunk == opts.wanted:
            break
    await sleep(opts.later)  # @e
# @end bad.dropped


# @begin bad.all
async def whole(opts):
    for n in range(1, opts.chunks + 1):
        await sleep(opts.each)  # @r
        yield n

async def bad_all(opts):
    memory = Queue()  # @m
    async for chunk in whole(opts):  # @a
        memory.put_nowait(chunk)  # @p
    while not memory.empty():
        log("used chunk", memory.get_nowait())  # @g
# @end bad.all


# @begin fixed
async def closed_stream(opts):
    client = Stream("client")  # @o
    try:
        for n in range(1, opts.chunks + 1):
            await sleep(opts.each)  # @r
            yield n
    finally:
        await client.aclose()  # @c

async def fixed(opts):
    async with aclosing(closed_stream(opts)) as chunks:  # @w
        async for chunk in chunks:  # @a
            log("chunk", chunk)  # @b
            if chunk == opts.wanted:
                break
    await sleep(opts.later)  # @e
# @end fixed


# @begin fixed.stream
async def source(opts):
    for n in range(1, opts.chunks + 1):
        await sleep(opts.each)  # @r
        yield n

async def fixed_stream(opts):
    memory = Queue()  # @m
    async for chunk in source(opts):  # @a
        memory.put_nowait(chunk)  # @p
        log("used chunk", memory.get_nowait())  # @g
# @end fixed.stream


# @begin fixed.caller
async def read(client, opts):
    for n in range(1, opts.chunks + 1):
        await sleep(opts.each)  # @r
        yield n

async def fixed_caller(opts):
    client = Stream("client")  # @o
    try:  # @w
        async for chunk in read(client, opts):  # @a
            log("chunk", chunk)  # @b
            if chunk == opts.wanted:
                break
    finally:
        await client.aclose()  # @c
    await sleep(opts.later)  # @e
# @end fixed.caller


if __name__ == "__main__":
    run(bad, bad_dropped, bad_all, fixed, fixed_stream, fixed_caller, **SETTINGS)
