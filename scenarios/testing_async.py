"""Three ways to test a fetch with a timeout: a mock with another signature, a sleep and a hope, a virtual clock.

A mock with another signature tests the mock.  A test that sleeps and hopes passes on your machine.  With a virtual clock
a timeout test costs nothing and always orders the same way: success, failure and timeout, each in no time at all.

The fixture of fixed.client stands for pytest's: an async fixture is `@pytest_asyncio.fixture`, since a plain
`@pytest.fixture` needs pytest-asyncio's auto mode; the client is httpx's
`AsyncClient(transport=ASGITransport(app=app), base_url="http://test")`, since `AsyncClient(app=app)` is gone.
"""
from asyncio import create_task, sleep, wait_for
from contextlib import asynccontextmanager

from world import Service, ServiceError, log, run

SETTINGS = dict(limit=10, slow=60, quick=0.1, latency=0.05, jitter=0.1, guess=0.13)


# @begin both
async def fetch_data(get, limit):
    try:
        return await wait_for(get("/user"), limit)  # @a
    except TimeoutError:
        return "timed out"
    except ServiceError:
        return "failed"
# @end both


# @begin bad
async def slow_fetch():
    await sleep(60)  # @b
    return "late"

async def bad(opts):
    log("testing the timeout")  # @e
    got = await fetch_data(slow_fetch, opts.limit)  # @c
    passes = got == "timed out"
    log("timed out", "passes" if passes else "fails")  # @d
# @end bad


def real(opts):
    return dict(latency=opts.latency, jitter=opts.jitter)


# @begin bad.sleeps
async def bad_sleeps(opts):
    api = Service("api", **real(opts))  # @b
    task = create_task(api.get("user"))  # @c
    await sleep(opts.guess)  # @d
    passes = task.done()  # surely by now
    log("success", "passes" if passes else "fails")  # @e
    await task  # @f
# @end bad.sleeps


def three_cases(opts):
    return [("ada", opts.quick, "ada"),
            ("failed", opts.quick, "500"),
            ("timed out", opts.slow, "late")]


def mock(takes, text):
    return lambda url: answers(url, takes, text)


# @begin fixed
async def answers(url, takes, text):
    await sleep(takes)  # @b
    if text == "500":
        raise ServiceError(text)
    return text

async def fixed(opts):
    for wanted, takes, text in three_cases(opts):
        get = mock(takes, text)
        got = await fetch_data(get, opts.limit)  # @c
        passes = got == wanted
        log(wanted, "passes" if passes else "fails")  # @d
# @end fixed


async def app(path):
    return 200 if path == "/user" else 404


# @begin fixed.client
@asynccontextmanager  # @pytest_asyncio.fixture
async def client():
    log("client opens")  # @b
    yield app  # AsyncClient(transport=ASGITransport(app))
    log("client closes")  # @c

async def fixed_client(opts):
    async with client() as get:  # @d
        status = await get("/user")  # @e
        passes = status == 200
        log("client", "passes" if passes else "fails")  # @f
# @end fixed.client


if __name__ == "__main__":
    run(bad, bad_sleeps, fixed, fixed_client, **SETTINGS)
