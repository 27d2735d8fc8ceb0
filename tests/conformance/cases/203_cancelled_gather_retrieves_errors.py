# id: 203
# group: gather
# tier: extra
# title: a cancelled gather takes its children's errors although its awaiter sees none of them: no never-retrieved report
# rules: A7 A9 N2
# versions: same
from oracle import *

async def fails(n, ms):
    try:
        await sleep(500)
    finally:
        await sleep(ms)
        log(f'{n} fails')
        raise Boom(n)

async def parent(return_exceptions, *children):
    try:
        await asyncio.gather(*children, return_exceptions=return_exceptions)
    except BaseException as e:
        log(f'awaiter gets {ex(e)}')

async def main():
    for return_exceptions, names in ((True, 'AB'), (False, 'CD')):
        p = go(parent(return_exceptions, *(fails(n, 10 * i) for i, n in enumerate(names, 1))))
        await sleep(5)
        p.cancel()
        await p
        del p
        await sleep(50)
        log('all dropped')
    alone = go(fails('E', 0))
    await sleep(5)
    alone.cancel()
    await sleep(5)
    log('drop a task of no gather')
    del alone
    log('end')

run(main())
