"""Three coroutines in one gather, and each calls a client that blocks.

`async def` around a blocking call does not make the call wait politely.  It holds the thread until the socket answers,
so the three come one after another and nothing else runs.  The wait itself must be handed to the loop (an async client)
or, where only a blocking library exists, to another thread.
"""
import asyncio

from world import Service, log, run
from world.blocking_client import BlockingClient
from world.threads import use_threads

SETTINGS = dict(requests=3, latency=1, heartbeat=0.5, workers=4)


def prepare(opts):
    use_threads(opts.workers)


# @begin both
async def heartbeat(opts):
    while True:
        log("beat")  # @h
        await asyncio.sleep(opts.heartbeat)  # @i
# @end both


# @begin bad
async def fetch(http, n):
    http.get()  # @a
    log("answer", n)  # @b

async def bad(opts):
    beats = asyncio.create_task(heartbeat(opts))  # @c
    http = BlockingClient("requests.get", opts.latency)
    calls = [fetch(http, n + 1)
             for n in range(opts.requests)]
    await asyncio.gather(*calls)  # @d
    log("all answered")  # @e
    beats.cancel()  # @f
    await asyncio.wait([beats])  # @g
# @end bad


# Stands for psycopg2 and every other driver of the DB-API: cursor.execute(...) blocks.
# @begin bad.db
async def query(db, n):
    db.get()  # @a
    log("answer", n)  # @b

async def bad_db(opts):
    beats = asyncio.create_task(heartbeat(opts))  # @c
    db = BlockingClient("cursor.execute", opts.latency)
    calls = [query(db, n + 1)
             for n in range(opts.requests)]
    await asyncio.gather(*calls)  # @d
    log("all answered")  # @e
    beats.cancel()  # @f
    await asyncio.wait([beats])  # @g
# @end bad.db


# Stands for httpx: async with httpx.AsyncClient() as http: await http.get(...)
# @begin fixed
async def fetch_async(http, n):
    await http.get("page")  # @a
    log("answer", n)  # @b

async def fixed(opts):
    beats = asyncio.create_task(heartbeat(opts))  # @c
    http = Service("http", latency=opts.latency)  # @s
    calls = [fetch_async(http, n + 1)
             for n in range(opts.requests)]
    await asyncio.gather(*calls)  # @d
    log("all answered")  # @e
    beats.cancel()  # @f
    await asyncio.wait([beats])  # @g
# @end fixed


# @begin fixed.thread
async def fetch_in_thread(http, n):
    await asyncio.to_thread(http.get)  # @a
    log("answer", n)  # @b

async def fixed_thread(opts):
    beats = asyncio.create_task(heartbeat(opts))  # @c
    http = BlockingClient("requests.get", opts.latency)
    calls = [fetch_in_thread(http, n + 1)
             for n in range(opts.requests)]
    await asyncio.gather(*calls)  # @d
    log("all answered")  # @e
    beats.cancel()  # @f
    await asyncio.wait([beats])  # @g
# @end fixed.thread


if __name__ == "__main__":
    run(bad, bad_db, fixed, fixed_thread, **SETTINGS)
