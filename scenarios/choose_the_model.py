"""Ten small jobs, and which of them async is for.

Async buys waiting in parallel, nothing else.  If there is nothing to wait for, or only one thing at a time, plain code
wins: the same total with fewer moving parts.  What computes, or blocks without an async form, wants a pool.  (For work in
Python itself that is a pool of processes or a free-threaded build; the pool of threads here stands for either.)
"""
import time
from asyncio import Semaphore, gather, sleep, to_thread
from collections import namedtuple

from world import log, loop_time, run

SETTINGS = dict(card=1)

# waits: for somebody else; else it computes, or blocks.  at_once: 1 where each part needs the one before.
Work = namedtuple("Work", "name waits count each at_once right")
CARDS = [Work("two dependent calls, once a day", True, 2, 1, 1, "plain"),
         Work("hash one file", False, 1, 0.015, 1, "plain"),
         Work("read 500 bytes", False, 1, 0.001, 1, "plain"),
         Work("100 HTTP calls", True, 100, 0.2, 20, "async"),
         Work("a chat of 50 quiet clients", True, 50, 1, 50, "async"),
         Work("resize four pictures", False, 4, 0.015, 4, "pool"),
         Work("a page of three requests", True, 3, 0.5, 3, "async"),
         Work("four queries, a driver without async", False, 4, 0.012, 4, "pool"),
         Work("copy one file at night", True, 1, 2, 1, "plain"),
         Work("crawl 60 pages, ten at a time", True, 60, 0.5, 10, "async")]


def card(opts):
    return CARDS[opts.card - 1]


def report(work, moving_parts):
    """moving_parts: the loop, a limit or pool, and the tasks."""
    log(f"{work.name}: {round(loop_time() * 1000)} ms, {moving_parts} moving parts")


def compute_for(seconds):  # time.sleep stands for work that keeps the thread busy
    time.sleep(seconds)


# @begin bad
async def one(w, limit):
    async with limit:  # @a
        if w.waits:
            await sleep(w.each)  # @b
        else:
            compute_for(w.each)  # @c

async def with_async(w):
    limit = Semaphore(w.at_once)  # @d
    all = [one(w, limit) for _ in range(w.count)]
    await gather(*all)  # @e
    report(w, 2 + w.count)  # @f

async def bad(opts):
    await with_async(card(opts))  # @g
# @end bad


# @begin bad.nothing
def script(w):
    for _ in range(w.count):
        compute_for(w.each)

async def plain(w):
    await to_thread(script, w)  # @h
    report(w, 0)  # @i

async def bad_nothing(opts):
    await plain(card(opts))  # @j
# @end bad.nothing


# @begin fixed
async def on_a_pool(w):
    one = w._replace(count=1)
    all = [to_thread(script, one)
           for _ in range(w.count)]
    await gather(*all)  # @k
    report(w, 2 + w.count)  # @l

async def fixed(opts):
    w = card(opts)
    if w.right == "plain":
        await plain(w)  # @m
    if w.right == "async":
        await with_async(w)  # @n
    if w.right == "pool":
        await on_a_pool(w)  # @o
# @end fixed


if __name__ == "__main__":
    run(bad, bad_nothing, fixed, **SETTINGS)
