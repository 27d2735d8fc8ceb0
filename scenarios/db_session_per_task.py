"""Three orders loaded side by side, over one database session.

A session is one conversation with one connection and its transaction.  Two speakers on one line cannot both be in the
middle of a sentence: the driver refuses the second.  Share the engine, which is the pool, and let a factory make a session
for each task.  A driver that blocks loads them one after another, whatever the sessions.
"""
import time
from asyncio import gather

from world import Service, log, run
from world.pool import Pool
from world.session import MissingGreenlet, Session, sessionmaker

SETTINGS = dict(orders=3, query=0.2, connect=0.1, pool=5, connected=1)


# SQLAlchemy: create_async_engine(url, pool_size=...), AsyncSession(engine), async_sessionmaker(engine, expire_on_commit=False)
def new_engine(opts):
    db = Service("db", latency=opts.query)
    return Pool(db, "engine", limit=opts.pool, connect=opts.connect)


# @begin bad
async def bad(opts):
    engine = new_engine(opts)  # @p
    session = Session(engine)
    if opts.connected:
        await session.execute("user")  # @a
    loads = [session.execute("order")
             for _ in range(opts.orders)]
    rows = await gather(*loads, return_exceptions=True)  # @b
    errors = sum(isinstance(row, Exception) for row in rows)
    log("ok", len(rows) - errors, "errors", errors)  # @c
# @end bad


# @begin bad.sync
async def load_sync(opts):
    time.sleep(opts.query)  # @a
    log("order")  # @b

async def bad_sync(opts):
    loads = [load_sync(opts)
             for _ in range(opts.orders)]
    await gather(*loads)  # @c
    log("all loaded")  # @d
# @end bad.sync


# @begin bad.expired
async def bad_expired(opts):
    engine = new_engine(opts)  # @p
    session = Session(engine)
    row = await session.execute("order")  # @a
    await session.commit()  # @b
    try:
        log("order", row.number)  # @c
    except MissingGreenlet:
        log("ok", 0, "errors", 1)  # @d
# @end bad.expired


# @begin fixed
async def load(sessions):
    async with sessions() as session:
        row = await session.execute("order")  # @b
        await session.commit()  # @c
        await session.refresh(row)  # @d
        log("order", row.number)  # @e

async def fixed(opts):
    engine = new_engine(opts)  # @p
    sessions = sessionmaker(engine, expire_on_commit=False)
    loads = [load(sessions)
             for _ in range(opts.orders)]
    await gather(*loads)  # @g
    log("all loaded")  # @h
# @end fixed


if __name__ == "__main__":
    run(bad, bad_sync, bad_expired, fixed, **SETTINGS)
