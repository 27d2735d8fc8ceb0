# id: 210
# group: trio
# tier: extra
# title: a nursery in a cancelled scope raises a group of the Cancelled of its waiting body and of each child; without children its end is a checkpoint
# rules: O2 O3 O8
# versions: same
from oracle import *
from oracle import trio

def shown(e):
    if isinstance(e, BaseExceptionGroup):
        return f"group[{', '.join(shown(x) for x in e.exceptions)}]"
    return 'Cancelled' if isinstance(e, trio.Cancelled) else ex(e)

async def fails_late():
    try:
        await trio.sleep(50)
    finally:
        with trio.CancelScope(shield=True):
            await trio.sleep(2)
        raise Boom('late')

async def steps():
    for i in range(2):
        log(f'step {i}')
        await trio.lowlevel.checkpoint()

async def main():
    with trio.move_on_after(1) as outer:
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(trio.sleep, 50)
                nursery.start_soon(trio.sleep, 50)
        except BaseException as e:
            log(f'body waits: {shown(e)}')
            raise
    log(f'caught={outer.cancelled_caught}')
    with trio.move_on_after(1) as outer:
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(trio.sleep, 50)
                await trio.sleep(50)
        except BaseException as e:
            log(f'body sleeps: {shown(e)}')
            raise
    log(f'caught={outer.cancelled_caught}')
    try:
        with trio.move_on_after(1) as outer:
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(trio.sleep, 50)
                    nursery.start_soon(fails_late)
            except BaseException as e:
                log(f'with an error: {shown(e)}')
                raise
    except ExceptionGroup as e:
        log(f'what is left: {shown(e)} caught={outer.cancelled_caught}')
    with trio.CancelScope() as outer:
        outer.cancel()
        try:
            async with trio.open_nursery():
                log('no children')
        except BaseException as e:
            log(f'no children: {shown(e)}')
            raise
    log(f'caught={outer.cancelled_caught}')
    async with trio.open_nursery() as nursery:
        nursery.start_soon(steps)
        for i in range(3):
            async with trio.open_nursery():
                pass
        log('after three empty nurseries')

trun(main)
