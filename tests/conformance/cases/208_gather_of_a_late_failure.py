# id: 208
# group: gather
# tier: extra
# title: a child of a gather that fails in the last batch of main's run is taken by the gather in the shutdown; the gather's own error is what nobody retrieved
# rules: L6 R2 N2
# versions: same
from oracle import *

async def main():
    f = future()
    asyncio.gather(f)
    soon(lambda: (log('f fails'), f.set_exception(Boom('f'))))
    alone = future()
    soon(lambda: (log('alone fails'), alone.set_exception(Boom('alone'))))
    log('main ends')

run(main())
