"""Five steps of 30 ms in a row under a detector that warns of steps above 50 ms.

A per-step limit cannot see many small steps in a row: no step is slow, and everybody waits for all of them.  Lag is what
users feel, so measure it too: a heartbeat that compares when it should run with when it does.  Then give way between
the steps.
"""
import time
from asyncio import (create_task, gather, get_running_loop,
                     sleep)

from world import log, loop_time, run

SETTINGS = dict(threshold=0.05, step=0.03, messages=5, start=0.1999, pause=0.001, beat=0.1,
                beats=6)


def warn_of_slow_steps(opts):
    """asyncio's own detector."""
    loop = get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = opts.threshold


def ms(seconds):
    return round(seconds * 1000)


def compute_for(seconds):  # time.sleep stands for work that keeps the processor busy
    time.sleep(seconds)


# @begin both
async def heartbeat(opts):
    for n in range(opts.beats):
        due = loop_time() + opts.beat
        await sleep(opts.beat)  # @h
        log("late by", ms(loop_time() - due), "ms")  # @l

async def parse(opts):
    compute_for(opts.step / 2)  # @p
    compute_for(opts.step / 2)  # @q
# @end both


# @begin bad
async def bad(opts):
    warn_of_slow_steps(opts)
    pulse = create_task(heartbeat(opts))  # @a
    await sleep(opts.start)  # @b
    parsing = [parse(opts) for _ in range(opts.messages)]
    await gather(*parsing)  # @c
    await pulse  # @d
# @end bad


# @begin fixed
async def fixed(opts):
    warn_of_slow_steps(opts)
    pulse = create_task(heartbeat(opts))  # @a
    await sleep(opts.start)  # @b
    for _ in range(opts.messages):
        await parse(opts)  # @c
        await sleep(opts.pause)  # @e
    await pulse  # @d
# @end fixed


# @begin d1
async def d1(opts):
    loop = get_running_loop()
    # AttributeError: the name is an attribute,
    # slow_callback_duration, and its standard is 0.1
    loop.set_slow_callback_duration(opts.threshold)
# @end d1


if __name__ == "__main__":
    run(bad, fixed, d1, **SETTINGS)
