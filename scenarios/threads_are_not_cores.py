"""Two jobs that compute, in two threads, under one interpreter lock.

The lock lets one thread run Python at a time: threads hide waiting, not work.  A pool lends as many threads as it has,
and who comes later stands in line.  And a cancelled await lets go of its thread: it does not stop it.
"""
import asyncio
import time
from asyncio import gather, get_running_loop, to_thread
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from world import log, run
from world.threads import compute, use_threads

SETTINGS = dict(jobs=2, job=3, interpreter_lock=1, slice=0.25, contention=0,
                calls=12, call=1, workers=4, mail=4, patience=1)


def prepare(opts):
    use_threads(opts.workers, interpreter_lock=opts.interpreter_lock,
                switch_interval=opts.slice, contention=opts.contention)


# @begin bad
async def bad(opts):
    jobs = [to_thread(compute, opts.job)
            for _ in range(opts.jobs)]
    await gather(*jobs)  # @a
    log("all computed")  # @b
# @end bad


# @begin bad.pool
async def bad_pool(opts):
    calls = [to_thread(time.sleep, opts.call)
             for _ in range(opts.calls)]
    await gather(*calls)  # @a
    log("all answered")  # @b
# @end bad.pool


# @begin bad.cancel
def send_mail(opts):
    time.sleep(opts.mail)
    log("mail sent")  # @m

async def bad_cancel(opts):
    work = to_thread(send_mail, opts)
    mail = asyncio.create_task(work)  # @a
    await asyncio.sleep(opts.patience)  # @b
    mail.cancel()  # @c
    await asyncio.wait([mail])  # @d
    log("cancelled" if mail.cancelled() else "too late")  # @e
# @end bad.cancel


# @begin fixed
async def fixed(opts):
    pool = ProcessPoolExecutor(opts.jobs)
    start = get_running_loop().run_in_executor
    jobs = [start(pool, compute, opts.job)  # @j
            for _ in range(opts.jobs)]
    await gather(*jobs)  # @a
    log("all computed")  # @b
# @end fixed


# @begin fixed.pool
async def fixed_pool(opts):
    pool = ThreadPoolExecutor(opts.calls)
    start = get_running_loop().run_in_executor
    calls = [start(pool, time.sleep, opts.call)  # @j
             for _ in range(opts.calls)]
    await gather(*calls)  # @a
    log("all answered")  # @b
# @end fixed.pool


# Stands for a call with a timeout of its own: smtplib.SMTP(host, timeout=1).
# @begin fixed.cancel
def send_mail_within(opts):
    takes = opts.mail
    limit = opts.patience
    time.sleep(min(takes, limit))
    if takes > limit:
        raise TimeoutError
    log("mail sent")  # @m

async def fixed_cancel(opts):
    try:
        await to_thread(send_mail_within, opts)  # @a
    except TimeoutError:
        log("gave up")  # @b
# @end fixed.cancel


if __name__ == "__main__":
    run(bad, bad_pool, bad_cancel, fixed, fixed_pool, fixed_cancel, **SETTINGS)
