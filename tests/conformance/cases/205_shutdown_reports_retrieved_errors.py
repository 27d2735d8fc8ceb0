# id: 205
# group: runner
# tier: extra
# title: errors of tasks that end in the shutdown are reported even if somebody has taken them already
# rules: R2 N5
# versions: same
from oracle import *

async def fails(n):
    try:
        await sleep(500)
    finally:
        raise Boom(n)

async def takes(t):
    try:
        await t
    except Boom as e:
        log(f'taken {ex(e)}')

async def main():
    global kept
    kept = go(fails('taken'))
    go(takes(kept))
    go(fails('not taken'))
    await sleep(5)
    log('main ends')

run(main())
