"""The answer and a cancel arrive in the same moment.  Which of them counts?

Up to Python 3.11 wait_for ran beside what it waited for and had to pick between two pieces of news; it picked the result,
and the cancel was gone.  timeout() keeps one task: the cancel strikes that, and cannot be mislaid.  Since 3.12 wait_for
is made of timeout().
"""
from asyncio import create_task, gather, get_running_loop, sleep, timeout
import asyncio

from world import log, run

SETTINGS = dict(answer=1, limit=10, more=1, offset=0)
RULES = {"bad": "3.11"}  # this variant shows what it shows on Python 3.11 and before; later ones do as fixed.wait_for does


async def moment(opts, turns):
    """The moment at which it all happens, and some turns of the loop more."""
    await sleep(opts.answer)
    for _ in range(turns):
        await sleep(0)


def verdict(client):
    return "the client is cancelled" if client.cancelled() else "the client was never told"


def settled(*tasks):
    return gather(*tasks, return_exceptions=True)


def new_reply():
    return get_running_loop().create_future()


# @begin both
async def user(work, opts):
    await moment(opts, 1 + opts.offset)  # @s
    work.cancel()  # @x
# @end both


# @begin bad
async def client(reply, opts):
    got = await asyncio.wait_for(reply, opts.limit)  # @a
    log("got", got, "and goes on")  # @b
    await sleep(opts.more)  # @c

async def bad(opts):
    reply = new_reply()
    work = create_task(client(reply, opts))  # @d
    stop = create_task(user(work, opts))  # @e
    await moment(opts, 2)  # @f
    log("the answer arrives")  # @n
    if not reply.done():
        reply.set_result("data")
    await settled(work, stop)  # @i
    log(verdict(work))  # @j
# @end bad


# @begin fixed
async def timed(reply, opts):
    async with timeout(opts.limit):  # @a
        got = await reply  # @r
    log("got", got, "and goes on")  # @b
    await sleep(opts.more)  # @c

async def fixed(opts):
    reply = new_reply()
    work = create_task(timed(reply, opts))  # @d
    stop = create_task(user(work, opts))  # @e
    await moment(opts, 2)  # @f
    log("the answer arrives")  # @n
    if not reply.done():
        reply.set_result("data")
    await settled(work, stop)  # @i
    log(verdict(work))  # @j
# @end fixed


# @begin fixed.wait_for
async def modern(reply, opts):  # needs Python 3.12
    got = await asyncio.wait_for(reply, opts.limit)  # @a
    log("got", got, "and goes on")  # @b
    await sleep(opts.more)  # @c

async def fixed_wait_for(opts):
    reply = new_reply()
    work = create_task(modern(reply, opts))  # @d
    stop = create_task(user(work, opts))  # @e
    await moment(opts, 2)  # @f
    log("the answer arrives")  # @n
    if not reply.done():
        reply.set_result("data")
    await settled(work, stop)  # @i
    log(verdict(work))  # @j
# @end fixed.wait_for


if __name__ == "__main__":
    run(bad, fixed, fixed_wait_for, **SETTINGS)
