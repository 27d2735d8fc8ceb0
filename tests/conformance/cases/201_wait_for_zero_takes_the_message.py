# id: 201
# group: wait_for
# tier: extra
# title: wait_for(task, 0) turns the task's CancelledError into TimeoutError and so takes its message: the next awaiter gets it bare
# rules: W4 C9
# versions: same
from oracle import *

async def await_twice(t):
    for i in range(2):
        try:
            await t
        except asyncio.CancelledError as e:
            log(f'await {i} {ex(e)}')

async def main():
    t = go(job('A', 100))
    await sleep(5)
    t.cancel('stop')
    try:
        await asyncio.wait_for(t, 0)
    except asyncio.TimeoutError as e:
        log(f'wait_for {ex(e)}')
    await await_twice(t)
    t = go(job('B', 100))
    await sleep(5)
    t.cancel('stop')
    await asyncio.wait([t])
    try:
        await asyncio.wait_for(t, 0)
    except asyncio.CancelledError as e:
        log(f'wait_for of a task that is done {ex(e)}')
    await await_twice(t)
    t = go(job('C', 100))
    await sleep(5)
    t.cancel('stop')
    await await_twice(t)

run(main())
