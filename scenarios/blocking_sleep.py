"""A sleep that blocks the loop beside a ticker that should tick every half second.

One thread runs one step at a time, and a sleeping step is still a running step.  Timers are only looked at between
steps, so nothing ticks while the loop is held.
"""
import asyncio
import time

from world import log, run

SETTINGS = dict(block=2, period=0.5, start=0.6, ticks=7)


# @begin both
async def ticker(opts):
    for n in range(1, opts.ticks + 1):
        log("tick", n)  # @t
        await asyncio.sleep(opts.period)  # @u
# @end both


# @begin bad
async def bad(opts):
    ticks = asyncio.create_task(ticker(opts))  # @a
    await asyncio.sleep(opts.start)  # @b
    time.sleep(opts.block)  # @c
    log("slept")  # @d
    await ticks  # @e
# @end bad


# @begin fixed
async def fixed(opts):
    ticks = asyncio.create_task(ticker(opts))  # @a
    await asyncio.sleep(opts.start)  # @b
    await asyncio.sleep(opts.block)  # @c
    log("slept")  # @d
    await ticks  # @e
# @end fixed


if __name__ == "__main__":
    run(bad, fixed, **SETTINGS)
