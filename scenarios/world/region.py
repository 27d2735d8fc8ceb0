"""core/runtime/region.h for the twins: a named stretch of a program.  Only traces show it."""
from contextlib import contextmanager


@contextmanager
def region(name):
    yield name
