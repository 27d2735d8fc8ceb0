# id: 209
# group: trio
# tier: extra
# title: a Lock whose owner has ended stays taken; no later task can be mistaken for its owner
# rules: O11
# versions: same
from oracle import *
from oracle import trio

async def takes(lock):
    lock.acquire_nowait()
    log(f'taken {lock.locked()}')

async def ends():
    pass

async def tries(lock, n):
    try:
        lock.acquire_nowait()
    except trio.WouldBlock as e:
        log(f'{n} acquire_nowait {ex(e)}')
    try:
        lock.release()
    except RuntimeError as e:
        log(f'{n} release {ex(e)}')
    with trio.move_on_after(1) as scope:
        await lock.acquire()
    log(f'{n} acquire given up {scope.cancelled_caught}')

async def main():
    lock = trio.Lock()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(takes, lock)
    for n in range(5):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(ends)
    for n in 'AB':
        async with trio.open_nursery() as nursery:
            nursery.start_soon(tries, lock, n)
    await tries(lock, 'main')
    log(f'locked {lock.locked()}')

trun(main)
