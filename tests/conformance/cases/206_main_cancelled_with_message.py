# id: 206
# group: runner
# tier: extra
# title: a main that is cancelled with a message leaves run() as CancelledError with that message, after the clean-up
# rules: R3 C9
# versions: same
from oracle import *

async def main():
    go(job('other', 500))
    later(10, asyncio.current_task().cancel, 'go home')
    try:
        await sleep(100)
    except asyncio.CancelledError as e:
        log(f'main gets {ex(e)}')
        raise

run(main())
