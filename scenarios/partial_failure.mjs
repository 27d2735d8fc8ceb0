// Three users are fetched together, and one of them fails.
//
// Promise.all rejects with the first error and the results that are there are lost; Promise.allSettled gives every outcome
// in the order of the input, and each slot says by its status what it is.  A promise cannot be cancelled, so there is no
// third kind of outcome here.
import { log, run, sleep } from './world/index.mjs';

const SETTINGS = { ids: 3, failing: 2, cancel: 3, step: 1 };

class ServiceError extends Error {
  name = 'ServiceError';
}

const idsOf = (opts) => Array.from({ length: opts.ids }, (_, i) => i + 1);
const takes = (id, opts) => opts.step * ((id % opts.ids) + 1); // the last is the first to end

async function fetchUser(id, opts) {
  await sleep(takes(id, opts));
  if (id === opts.failing) throw new ServiceError(`api failed user ${id}`);
  return `user ${id}`;
}

const startAll = (opts) => idsOf(opts).map((id) => fetchUser(id, opts));
const told = ({ status, value, reason }) => (status === 'fulfilled' ? `✓ ${value}` : `✗ ${reason}`);

// @begin bad
async function bad(opts) {
  const calls = startAll(opts);
  try {
    const users = await Promise.all(calls);
    log('ok', users.length);
  } catch (error) {
    log('nothing:', error.message);
  }
}
// @end bad

// @begin fixed
async function fixed(opts) {
  const calls = startAll(opts);
  const results = await Promise.allSettled(calls);
  let ok = 0;
  for (const one of results) {
    log(told(one));
    if (one.status === 'fulfilled') ok += 1;
  }
  log('ok', ok, 'failed', results.length - ok);
}
// @end fixed

await run({ bad, fixed }, SETTINGS);
