"""A database session: what core/runtime/session.h is for the scenarios.

SQLAlchemy's AsyncSession, as far as lessons need it: one conversation over one connection, with a transaction.
"""


class InvalidRequestError(Exception):
    """A second statement came while the session was still getting its connection."""


class MissingGreenlet(Exception):
    """An attribute had to be loaded where nobody can await."""


class Row:
    """A row that a session has loaded."""

    def __init__(self):
        self._number, self.expired = 0, False

    @property
    def number(self):
        if self.expired:
            raise MissingGreenlet("greenlet_spawn has not been called; can't call await_only() here. "
                                  "Was IO attempted in an unexpected place?")
        return self._number


class Session:
    """A session is for one task.  `expire_on_commit`: a commit makes its rows unreadable until they are refreshed."""

    def __init__(self, engine, *, expire_on_commit=True):
        self.engine, self.expire_on_commit = engine, expire_on_commit
        self._connection, self._connecting, self._rows = None, False, []

    async def execute(self, statement):
        """One statement; the first one of a transaction takes a connection from the engine."""
        row = Row()
        await self._ask(statement, row)
        self._rows.append(row)
        return row

    async def commit(self):
        """Ends the transaction and gives the connection back."""
        await self._ask("commit", Row())
        self._give_back()
        if self.expire_on_commit:
            for row in self._rows:
                row.expired = True

    async def refresh(self, row):
        """Loads a row anew."""
        await self._ask("refresh", row)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self._give_back()

    def _give_back(self):
        if self._connection:
            self.engine.release(self._connection)
            self._connection = None

    async def _ask(self, statement, row):
        if not self._connection:
            if self._connecting:
                raise InvalidRequestError("This session is provisioning a new connection; "
                                          "concurrent operations are not permitted")
            self._connecting = True
            try:
                self._connection = await self.engine.acquire()
            finally:
                self._connecting = False
        row._number = await self._connection.request(statement)
        row.expired = False


def sessionmaker(engine, *, expire_on_commit=True):
    """SQLAlchemy's async_sessionmaker."""
    return lambda: Session(engine, expire_on_commit=expire_on_commit)
