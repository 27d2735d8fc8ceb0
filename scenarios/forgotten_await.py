"""A call that somebody forgot to await.

Calling an async function only builds the object that could run; awaiting it, or making a task of it, is what runs it.
The object is true like any other, so the caller carries on with it, and the complaint comes when it is thrown away,
often far from the bug.
"""
from asyncio import sleep

from world import log, run

SETTINGS = dict(takes=1, value=0, later=2)
WORDS = ["none", "one", "two", "many"]


def kind(value):
    return type(value).__name__


def truth(value):
    return "true" if value else "false"


# @begin both
async def fetch(opts):
    log("fetching")  # @f
    await sleep(opts.takes)  # @s
    return opts.value
# @end both


# @begin bad
async def get_data(opts):
    result = fetch(opts)  # @a
    return result

async def bad(opts):
    data = await get_data(opts)  # @b
    log("got a value of type", kind(data))  # @c
    log("as a condition it is", truth(data))  # @d
    await sleep(opts.later)  # @e
# @end bad


# @begin bad.plus
async def bad_plus(opts):
    try:
        sum = fetch(opts) + 1  # @a
        log("sum", sum)  # @b
    except TypeError as error:
        log("TypeError:", error)  # @c
    await sleep(opts.later)  # @e
# @end bad.plus


# @begin bad.index
async def bad_index(opts):
    try:
        word = WORDS[fetch(opts)]  # @a
        log("in words", word)  # @b
    except TypeError as error:
        log("TypeError:", error)  # @c
    await sleep(opts.later)  # @e
# @end bad.index


# @begin fixed
async def get_real_data(opts):
    return await fetch(opts)  # @a

async def fixed(opts):
    data = await get_real_data(opts)  # @b
    log("got a value of type", kind(data))  # @c
    log("as a condition it is", truth(data))  # @d
    log("plus one", data + 1, "in words", WORDS[data])  # @p
    await sleep(opts.later)  # @e
# @end fixed


if __name__ == "__main__":
    run(bad, bad_plus, bad_index, fixed, **SETTINGS)
