# id: 202
# group: gather
# tier: extra
# title: the CancelledError of a cancelled gather(return_exceptions=True) says what the last child in argument order has to say, whoever ended last
# rules: A9 C9
# versions: same
from oracle import *

async def raises(n, ms, text):
    try:
        await sleep(500)
    except asyncio.CancelledError as e:
        log(f'{n} gets {ex(e)}')
        await sleep(ms)
        raise asyncio.CancelledError(text)

async def swallows(n):
    try:
        await sleep(500)
    except asyncio.CancelledError as e:
        log(f'{n} gets {ex(e)}')

async def swallows_at_yield(n):
    try:
        for _ in range(50):
            await sleep(0)
    except asyncio.CancelledError as e:
        log(f'{n} gets {ex(e)}')

async def parent(n, *children):
    try:
        await asyncio.gather(*children, return_exceptions=True)
    except asyncio.CancelledError as e:
        log(f'{n}: awaiter gets {ex(e)}')

async def check(n, *children, yields=5):
    p = go(parent(n, *children))
    for _ in range(yields):
        await sleep(0)
    p.cancel('words')
    await p

async def main():
    await check('last in order ends first', raises('A', 20, 'of A'), raises('B', 10, 'of B'))
    await check('last in order ends last', raises('C', 10, 'of C'), raises('D', 20, 'of D'))
    await check('last swallows while it waits', raises('E', 10, 'of E'), swallows('F'))
    await check('last swallows at a yield', raises('G', 10, 'of G'), swallows_at_yield('H'))
    await check('first swallows at a yield', swallows_at_yield('I'), raises('J', 10, 'of J'))
    await check('last has not started', raises('K', 10, 'of K'), raises('L', 10, 'of L'), yields=1)

run(main())
