"""Connections to a service and the pool that lends them: what core/runtime/pool.h is for the scenarios.

asyncpg's pool, SQLAlchemy's engine and the transport of httpx.AsyncClient work in this way.
"""
import asyncio
from contextlib import asynccontextmanager


class PoolTimeout(Exception):
    """No connection became free in time: httpx.PoolTimeout."""


class InterfaceError(Exception):
    """A second request was put on a connection before the first had its answer: asyncpg.InterfaceError."""


class UnsupportedProtocol(Exception):
    """A URL without a protocol, and no base URL to complete it: httpx.UnsupportedProtocol."""


class Connection:
    """One connection, lent by a pool."""

    def __init__(self, peer):
        self.peer, self.busy, self.lent = peer, False, True

    async def request(self, what, takes=None, *results):
        """One request over it.  InterfaceError, at once, while it carries another one."""
        if self.busy:
            raise InterfaceError("cannot perform operation: another operation is in progress")
        if not self.lent:
            raise ValueError("the connection has been given back")
        self.busy = True
        try:
            return await self.peer.get(what, takes, *results)
        finally:
            self.busy = False


class Pool:
    """At most `limit` connections; opening one takes `connect` seconds; acquire() waits at most `timeout` (0: for ever)."""

    def __init__(self, peer, name="pool", *, limit=10, connect=0, timeout=0):
        self.peer, self.name, self.connect, self.timeout = peer, name, connect, timeout
        self._slots, self._idle, self.opened = asyncio.Semaphore(limit), [], 0

    async def acquire(self):
        """Lends the connection that was given back last, or opens one; waits in line while all are lent."""
        await self._wait_in_line()
        if self._idle:
            connection = self._idle.pop()
            connection.lent = True
            return connection
        try:
            if self.connect > 0:
                await asyncio.sleep(self.connect)
        except BaseException:
            self._slots.release()
            raise
        self.opened += 1
        return Connection(self.peer)

    def release(self, connection):
        """Takes a connection back; whoever waits first gets it.  (asyncpg: await pool.release(connection))"""
        if not connection.lent:
            raise ValueError("the connection is not lent")
        connection.lent = False
        self._idle.append(connection)
        self._slots.release()

    @asynccontextmanager
    async def hold(self):
        """A connection for a block.  (asyncpg: async with pool.acquire() as connection)"""
        connection = await self.acquire()
        try:
            yield connection
        finally:
            self.release(connection)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self._idle.clear()

    async def _wait_in_line(self):
        if not self.timeout or not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            async with asyncio.timeout(self.timeout):
                await self._slots.acquire()
        except TimeoutError:
            raise PoolTimeout(f"{self.name}: no connection in {self.timeout} s") from None


class Client(Pool):
    """An HTTP client: httpx.AsyncClient(base_url=..., limits=Limits(max_connections=limit), timeout=Timeout(pool=timeout))."""

    def __init__(self, peer, name="client", *, base_url="", **options):
        super().__init__(peer, name, **options)
        self.base_url = base_url

    async def get(self, url, *results):
        """UnsupportedProtocol where neither `url` nor the base URL names a protocol: nothing is sent then."""
        if not (self.base_url + url).startswith(("http://", "https://")):
            raise UnsupportedProtocol("Request URL is missing an 'http://' or 'https://' protocol.")
        async with self.hold() as connection:
            return await connection.request(url, None, *results)
