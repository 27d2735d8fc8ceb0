"""Threads, and work that takes the processor (core/runtime/to_thread.h, RunOptions, compute_for)."""
import asyncio
import concurrent.futures
import sys
import time


def use_threads(workers, *, interpreter_lock=False, switch_interval=0.005, contention=0, hop=0):
    """So many threads for to_thread: the default executor of the running loop.

    The rest is what simulated threads are like (ThreadOptions).  A real interpreter has its lock or none, and its costs; it
    takes the switch interval alone.
    """
    loop = asyncio.get_running_loop()
    loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(workers))
    if hasattr(loop, "simulate_threads"):
        loop.simulate_threads(interpreter_lock, switch_interval, contention, hop)
    else:
        sys.setswitchinterval(switch_interval)


def _burn(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


take_processor = _burn  # what computing does; a test puts its simulated clock here


def compute(seconds):
    """Work of so many seconds of processor time.  Under an interpreter lock only one thread gets on with it at a time."""
    take_processor(seconds)
