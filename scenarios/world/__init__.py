"""What the Python twins of the scenarios share: the simulated service, log() and the command line of a twin.

A twin is plain asyncio and really runs:

    python3 scenarios/blocking_sleep.py bad             # in real time, one "time text" line for each log()
    python3 scenarios/blocking_sleep.py fixed block=1   # with another value of a setting

Further parts of the simulated world are modules of this package, one for each file of core/runtime that they mirror.

Everything random comes from one generator, xoshiro256** seeded by splitmix64: the numbers that the C++ runs draw.
"""
import asyncio
import sys
from types import SimpleNamespace


class Random:
    """xoshiro256**, seeded by splitmix64.  Equal seeds give equal numbers here and in core/runtime/loop.cpp."""

    def __init__(self, seed=1):
        self.state, x = [], seed & MASK
        for _ in range(4):
            x = (x + 0x9E3779B97F4A7C15) & MASK
            z = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def random(self):
        """The next number in [0, 1)."""
        s = self.state
        result, t = (_rotl(s[1] * 5 & MASK, 7) * 9) & MASK, (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = _rotl(s[3], 45)
        return (result >> 11) * 2.0 ** -53


MASK = 2 ** 64 - 1


def _rotl(v, k):
    return ((v << k) | (v >> (64 - k))) & MASK


class ServiceError(Exception):
    """A request was refused or failed."""


class InvalidRequest(ValueError):
    """The request itself is wrong: it will be answered like this however often it is made."""


class Service:
    """The other side: `capacity` requests at once (0: any number), each takes `latency` seconds and up to `jitter` more.

    fails(n) says whether request number n, counted from 1, fails.  Requests made at a time within silent=(begin, end) get
    no answer; silent=True: none ever does.  Those for `invalid` are wrong in themselves.
    """

    def __init__(self, name, *, latency=1, jitter=0, capacity=0, fails=None, silent=(0, 0), invalid=""):
        self.name, self.latency, self.jitter, self.capacity, self.fails = name, latency, jitter, capacity, fails
        self.silent, self.invalid = (0, float("inf")) if silent is True else silent or (0, 0), invalid
        self.in_flight = self.requests = 0

    def attempt(self, number):
        """The same service, asked for the number-th time.  Only a trace tells the difference."""
        return self

    async def get(self, what, takes=None, *results):
        """One request of `takes` seconds; gives its number.  `results`: earlier results that its arguments came from."""
        self.requests += 1
        number = self.requests
        if what and what == self.invalid:
            raise InvalidRequest(f"there is no {what}")
        if self.capacity > 0 and self.in_flight >= self.capacity:
            raise ServiceError(f"{self.name} refused {what}")
        self.in_flight += 1
        try:
            length = _nanoseconds(self.latency if takes is None else takes)
            if self.jitter > 0:
                length += int(_nanoseconds(self.jitter) * run_random.random())
            if self.silent[0] <= loop_time() < self.silent[1]:
                await asyncio.get_running_loop().create_future()
            await asyncio.sleep(length / 1e9)
            if self.fails and self.fails(number):
                raise ServiceError(f"{self.name} failed {what}")
        finally:
            self.in_flight -= 1
        return number


def _nanoseconds(seconds):
    return int(seconds * 1e9 + 0.5)


def _print_line(seconds, text):
    print(f"{seconds:.3f} {text}", flush=True)


def random_up_to(most):
    """Uniform between nothing and `most` seconds, from the run's generator: the jitter of a wait."""
    return int(_nanoseconds(most) * run_random.random()) / 1e9


run_random = Random()      # the generator of the run
write_line = _print_line   # where log() writes; a test puts its own function here
_clock, _start = None, 0.0  # the loop's clock, and what it said at the start of the run


def loop_time():
    """Seconds since the run began, in a thread of to_thread too."""
    return _clock() - _start


def log(*words):
    """One line at the loop's time, the words separated by spaces."""
    write_line(loop_time(), " ".join(map(str, words)))


def begin(seed=1, clock=None):
    """Makes everything fresh for the next run; call it on the loop that the run will use, which has the clock."""
    global run_random, _clock, _start
    _clock = clock or asyncio.get_running_loop().time
    run_random, _start = Random(seed), _clock()


def settings_from(defaults, changes):
    """The settings of a run: `defaults` with the texts NAME=VALUE applied, as attributes."""
    values = dict(defaults)
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or name not in values:
            raise ValueError(f"'{change}': NAME=VALUE is wanted, NAME one of {', '.join(values)}")
        number = float(value)
        values[name] = int(number) if number == int(number) else number
    return SimpleNamespace(**values)


def variant_name(function):
    """bad_two of a twin is the variant bad.two."""
    return function.__name__.replace("_", ".", 1)


def run(*variants, rules=None, **defaults):
    """The command line of a twin: [VARIANT] [NAME=VALUE]...; the first of `variants` is the standard one.

    `rules`: the variants that are programs for trio, {"fixed": "trio"}.  A twin's function prepare(opts), where it has one,
    is called first: Scenario.prepare.
    """
    by_name = {variant_name(function): function for function in variants}
    arguments = sys.argv[1:]
    name = arguments.pop(0) if arguments and "=" not in arguments[0] else next(iter(by_name))
    try:
        if name not in by_name:
            raise ValueError(f"unknown variant '{name}'; there are: {', '.join(by_name)}")
        opts = settings_from(defaults, arguments)
    except ValueError as error:
        sys.exit(f"{sys.argv[0]}: {error}")

    async def main(clock=None):
        begin(clock=clock)
        variants[0].__globals__.get("prepare", lambda _: None)(opts)
        await by_name[name](opts)

    if (rules or {}).get(name) == "trio":
        import trio
        trio.run(main, trio.current_time)
    else:
        asyncio.run(main())
