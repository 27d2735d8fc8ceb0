# id: 204
# group: cancel
# tier: extra
# title: a task that cancels itself with a message and returns without suspending gives the message to every awaiter, not only to the first
# rules: C5 C9
# versions: same
from oracle import *

async def returns():
    asyncio.current_task().cancel('by myself')
    return 'lost'

async def suspends():
    asyncio.current_task().cancel('by myself')
    await sleep(10)

async def waiter(n, t):
    try:
        await t
    except asyncio.CancelledError as e:
        log(f'{n} {ex(e)}')

async def main():
    for body in (returns, suspends):
        t = go(body())
        await asyncio.gather(waiter(f'{body.__name__} first', t), waiter(f'{body.__name__} second', t))
        await waiter(f'{body.__name__} late', t)
        await waiter(f'{body.__name__} later', t)
        log(f'cancelled={t.cancelled()} cancelling={t.cancelling()}')

run(main())
