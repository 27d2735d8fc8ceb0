"""A sleep that blocks the loop beside a ticker that should tick every half second.

One thread runs one step at a time, and a sleeping step is still a running step.  Timers are only looked at between
steps, so nothing ticks while the loop is held.
"""
import asyncio
import time

from world import log, run

SETTINGS = dict(block=2, period=0.5, start=0.6, ticks=7, coroutines=3)


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


# @begin bad.timeout
async def bad_timeout(opts):
    async with asyncio.timeout(1):  # @a
        time.sleep(opts.block)  # @b
    log("left")  # @c
# @end bad.timeout


# @begin bad.three
async def sleeper(opts):
    time.sleep(opts.block)  # @a

async def bad_three(opts):
    sleepers = [sleeper(opts)
                for _ in range(opts.coroutines)]
    await asyncio.gather(*sleepers)  # @b
    log("all slept")  # @c
# @end bad.three


# @begin fixed
async def fixed(opts):
    ticks = asyncio.create_task(ticker(opts))  # @a
    await asyncio.sleep(opts.start)  # @b
    await asyncio.sleep(opts.block)  # @c
    log("slept")  # @d
    await ticks  # @e
# @end fixed


if __name__ == "__main__":
    run(bad, bad_timeout, bad_three, fixed, **SETTINGS)
