"""A coroutine that calls asyncio.run, and one that waits for its own loop with the thread.

A running loop refuses to be entered again: RuntimeError at once, loud and lucky.  Waiting for it from its own thread is
silent: the only thread that could finish the work is the one that waits.  Inside, await; at the process's entry, one run.
bad.thread really stands still for ever; end it with Ctrl-C.
"""
import asyncio
from asyncio import (create_task, get_running_loop,
                     run_coroutine_threadsafe, sleep)

from world import log, run

SETTINGS = dict(start=1.2, takes=1, period=0.5, ticks=6)


# @begin both
async def ticker(opts):
    for n in range(1, opts.ticks + 1):
        log("tick", n)  # @t
        await sleep(opts.period)  # @u

async def fetch(opts):
    await sleep(opts.takes)  # @g
    log("fetched")  # @h
# @end both


# @begin bad
async def bad(opts):
    ticks = create_task(ticker(opts))  # @a
    await sleep(opts.start)  # @b
    asyncio.run(fetch(opts))  # @c
    log("loaded")  # @d
    await ticks  # @e
# @end bad


# @begin bad.complete
async def bad_complete(opts):
    ticks = create_task(ticker(opts))  # @a
    await sleep(opts.start)  # @b
    loop = get_running_loop()
    loop.run_until_complete(fetch(opts))  # @c
    log("loaded")  # @d
    await ticks  # @e
# @end bad.complete


# @begin bad.thread
async def bad_thread(opts):
    ticks = create_task(ticker(opts))  # @a
    await sleep(opts.start)  # @b
    loop = get_running_loop()
    task = run_coroutine_threadsafe(fetch(opts), loop)
    task.result()  # @c
    log("loaded")  # @d
    await ticks  # @e
# @end bad.thread


# @begin fixed
async def fixed(opts):
    ticks = create_task(ticker(opts))  # @a
    await sleep(opts.start)  # @b
    await fetch(opts)  # @c
    log("loaded")  # @d
    await ticks  # @e
# @end fixed


if __name__ == "__main__":
    run(bad, bad_complete, bad_thread, fixed, **SETTINGS)
