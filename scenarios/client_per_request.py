"""Ten pages, one after another, each with a client of its own.

The expensive part of a request is often the connection: names, sockets, keys.  A client keeps connections for the next
request, and a client that lives for one request throws them away.  Make one client for the life of the app.  It limits
you, too: its pool holds so many connections, and who comes later waits in line, although you wrote no semaphore.
"""
from asyncio import gather

from world import Service, log, run
from world.pool import Client, UnsupportedProtocol

SETTINGS = dict(calls=10, connect=3, request=1, limit=3, pool_timeout=10)


# httpx: AsyncClient(base_url=..., limits=Limits(max_connections=...), timeout=Timeout(..., pool=...))
def new_client(api, opts, base_url="https://api"):
    return Client(api, base_url=base_url, limit=opts.limit, connect=opts.connect, timeout=opts.pool_timeout)


# @begin bad
async def fetch(api, page, opts):
    async with new_client(api, opts) as client:  # @a
        return await client.get("/next", page)  # @b

async def bad(opts):
    api = Service("api", latency=opts.request)  # @s
    page = None
    for _ in range(opts.calls):
        page = await fetch(api, page, opts)  # @c
    log("ok", page)  # @d
# @end bad


# @begin bad.relative
async def bad_relative(opts):
    api = Service("api", latency=opts.request)  # @s
    client = new_client(api, opts, base_url="")  # @a
    try:
        await client.get("/next")  # @b
    except UnsupportedProtocol as error:
        log("nothing was sent:", error)  # @c
# @end bad.relative


# @begin fixed
async def fixed(opts):
    api = Service("api", latency=opts.request)  # @s
    page = None
    async with new_client(api, opts) as client:  # @a
        for _ in range(opts.calls):
            page = await client.get("/next", page)  # @b
    log("ok", page)  # @d
# @end fixed


# @begin fixed.together
async def fixed_together(opts):
    api = Service("api", latency=opts.request)  # @s
    async with new_client(api, opts) as client:  # @a
        gets = [client.get("/page")
                for _ in range(opts.calls)]
        pages = await gather(*gets, return_exceptions=True)  # @b
    late = sum(isinstance(p, Exception) for p in pages)
    log("ok", len(pages) - late, "PoolTimeout", late)  # @c
# @end fixed.together


if __name__ == "__main__":
    run(bad, bad_relative, fixed, fixed_together, **SETTINGS)
