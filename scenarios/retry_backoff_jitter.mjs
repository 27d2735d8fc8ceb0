// Retrying in JavaScript, where a catch takes everything: what cannot succeed, and the request to stop.
//
// An AbortSignal that is aborted stays so, and fetch with it fails at once.  Who retries that asks in vain as often as it
// may.  A wait that does not know of the signal is not ended by it either.
import { log, run, sleep } from './world/index.mjs';

const settings = {
  clients: 50, capacity: 5, service_time: 0.9, tries: 6, base: 1, factor: 2, cap: 20, stop: 1.5, dead: 0,
};

/** The wait before a try: none before the first, then growing. */
function backoff(attempt, opts) {
  if (attempt === 1) return 0;
  return Math.min(opts.base * opts.factor ** (attempt - 2), opts.cap);
}

/** Stands for fetch(url, { signal }) from a service that is down: it fails after so many seconds. */
async function failing(seconds, signal) {
  await sleep(seconds, { signal });
  throw new Error('the service is down');
}

/** Stands for fetch('nonsense'), which throws a TypeError at once. */
async function nonsense() {
  throw new TypeError('Failed to parse URL from nonsense');
}

/** The first try hangs, later ones fail at once. */
function takes(attempt) {
  return attempt === 1 ? 60 : 0;
}

// @begin bad.any_error
async function bad_any_error(opts) {
  for (let n = 1; n <= opts.tries; ++n) {
    await sleep(backoff(n, opts));  // @w
    log('try', n);  // @n
    try {
      return await nonsense();  // @a
    } catch {}  // whatever it was
  }
  log('gave up');  // @e
}
// @end bad.any_error

// @begin bad.catch_all
async function stubborn(signal, opts) {
  for (let n = 1; n <= opts.tries; ++n) {
    await sleep(backoff(n, opts));  // @w
    log('try', n);  // @n
    try {
      return await failing(takes(n), signal);  // @a
    } catch {}  // also the request to stop: AbortError
  }
  log('gave up');  // @e
}

async function bad_catch_all(opts) {
  const controller = new AbortController();
  const work = stubborn(controller.signal, opts);  // @t
  await sleep(opts.stop);  // @z
  log('stop');  // @l
  controller.abort();  // @x
  await work;  // @j
}
// @end bad.catch_all

// @begin fixed.stopped
async function obedient(signal, opts) {
  for (let n = 1; n <= opts.tries; ++n) {
    await sleep(backoff(n, opts), { signal });  // @w
    log('try', n);  // @n
    try {
      return await failing(0, signal);  // @a
    } catch (error) {
      if (error.name === 'AbortError') throw error;
    }
  }
  log('gave up');  // @e
}

async function fixed_stopped(opts) {
  const controller = new AbortController();
  const work = obedient(controller.signal, opts);  // @t
  await sleep(opts.stop);  // @z
  log('stop');  // @l
  controller.abort();  // @x
  await work.catch(() => {});  // @j
  log('stopped');  // @k
}
// @end fixed.stopped

await run({ 'bad.any_error': bad_any_error, 'bad.catch_all': bad_catch_all, 'fixed.stopped': fixed_stopped }, settings);
