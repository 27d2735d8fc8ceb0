# id: 207
# group: wait
# tier: extra
# title: after the deadline of as_completed every remaining await raises TimeoutError, also over futures that nobody will ever set, and the run ends
# rules: A5
# versions: same
from oracle import *

async def main():
    fs = [future() for _ in range(3)]
    later(10, fs[1].set_result, 'one')
    for i, next_one in enumerate(asyncio.as_completed(fs, timeout=0.03)):
        try:
            log(f'{i} {await next_one}')
        except TimeoutError as e:
            log(f'{i} {ex(e)}')
    log(f'still pending {sum(not f.done() for f in fs)}')
    del fs, next_one
    for i, next_one in enumerate(asyncio.as_completed([future()], timeout=0.02)):
        try:
            await next_one
        except TimeoutError as e:
            log(f'of one that nobody holds {ex(e)}')
    log('end')

run(main())
