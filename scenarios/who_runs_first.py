"""Who runs first after a call: the caller, or the body that was called?

In Python a call builds a coroutine, await runs it at once, create_task queues it behind whoever is ready.  In JavaScript
the call itself runs the body up to its first await.  Guessing works until somebody adds an await; knowing does not need
luck: where the body must come first, await it.
"""
from asyncio import create_task, get_running_loop, sleep

from world import ServiceError, log, run

SETTINGS = dict(takes=0.5)


# @begin both
async def body(opts):
    log("body")  # @a
    await sleep(opts.takes)  # @b
    log("body ends")  # @c
# @end both


# @begin bad
async def bad(opts):
    t = create_task(body(opts))  # @d
    log("main")  # @e
    await t  # @f
# @end bad


# A call in JavaScript runs the body up to its first await.
# @begin bad.js
async def rest(opts):
    await sleep(opts.takes)  # @b
    log("body ends")  # @c

def body_at_once(opts):
    log("body")  # @a
    return create_task(rest(opts))  # @d

async def bad_js(opts):
    p = body_at_once(opts)
    log("main")  # @e
    await p  # @f
# @end bad.js


# @begin bad.inline
async def nothing_to_wait_for():
    log("quick")  # @a

async def bad_inline(opts):
    t = create_task(body(opts))  # @d
    await nothing_to_wait_for()  # @b
    log("main")  # @e
    await t  # @f
# @end bad.inline


# @begin bad.order
async def say(what):
    log(what)  # @a

async def bad_order(opts):
    loop = get_running_loop()
    loop.call_later(0, log, "call_later(0)")  # @b
    loop.call_soon(log, "call_soon")  # @c
    t = create_task(say("task"))  # @d
    log("1")  # @e
    log("2")  # @f
    await sleep(0)  # @g
    log("after sleep(0)")  # @h
    await sleep(opts.takes)  # @i
# @end bad.order


# @begin bad.callback
def fails():
    raise ServiceError("in a callback")

async def bad_callback(opts):
    try:
        get_running_loop().call_soon(fails)  # @a
        await sleep(opts.takes)  # @b
    except ServiceError:
        log("caught")  # @c
    log("main")  # @d
# @end bad.callback


# @begin fixed
async def fixed(opts):
    await body(opts)  # @d
    log("main")  # @e
# @end fixed


if __name__ == "__main__":
    run(bad, bad_js, bad_inline, bad_order, bad_callback, fixed, **SETTINGS)
