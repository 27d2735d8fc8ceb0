// A pool of three connections, and a handler that gives its connection back on the happy path only.
//
// Every second request fails, and each failure keeps a connection.  A leak shows up later and elsewhere: the victim is the
// request that waits, the culprit the one that failed long before.  JavaScript has no `async with`: a function that lends
// the connection to a callback does the same.
import { log, run, sleep } from './world/index.mjs';
import { Pool, Service } from './world/pool.mjs';

const SETTINGS = { pool: 3, fails_every: 2, requests: 10, every: 1, takes: 0.5, patience: 2, pool_timeout: 0 };

function newPool(opts) {
  const db = new Service('db', { latency: opts.takes, fails: (n) => n % opts.fails_every === 0 });
  return new Pool(db, { limit: opts.pool, timeout: opts.pool_timeout });
}

// @begin both
async function serve(opts, handle) {
  const pool = newPool(opts);  // @p
  const requests = [];
  let ok = 0, failed = 0;
  for (let i = 0; i < opts.requests; i++) {
    const done = handle(pool);  // @q
    requests.push(done.then(() => ok++, () => failed++));
    await sleep(opts.every);  // @r
  }
  const all = Promise.all(requests);
  await Promise.race([all, sleep(opts.patience)]);  // @w
  const waiting = requests.length - ok - failed;
  log('ok', ok, 'failed', failed, 'waiting', waiting);  // @l
}
// @end both

// @begin bad
async function request(pool) {
  const connection = await pool.acquire();  // @a
  await connection.request('order');  // @b
  pool.release(connection);  // @c
}
// @end bad

// @begin fixed
async function withConnection(pool, use) {
  const connection = await pool.acquire();  // @a
  try {
    return await use(connection);  // @b
  } finally {
    pool.release(connection);  // @c
  }
}
// @end fixed

const requestInBlock = (pool) => withConnection(pool, (connection) => connection.request('order'));

await run(
  {
    bad: (opts) => serve(opts, request),
    fixed: (opts) => serve(opts, requestInBlock),
  },
  SETTINGS,
);
