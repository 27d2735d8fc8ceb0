// A peer that takes the request and never answers, and a caller that never gives up.
//
// The peer stands for fetch(): the promise that it gives is never settled, and only a signal can end the wait.  Unlike in
// Python the abort's reason is what comes out of the call itself, inside the try, and not only at the edge of a block.
import { log, run, sleep } from './world/index.mjs';

const settings = { delay: 0, limit: 2, outer: 1, inner: 5, watch: 10 };

/** fetch() from a peer that answers after `delay`, or never where that is 0. */
async function ask({ delay }, signal) {
  if (delay > 0) await sleep(delay, { signal });
  else await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  return 1;
}

/** A signal that is aborted after `seconds`: AbortSignal.timeout(), with a timer that can be taken back. */
function timeLimit(seconds) {
  const controller = new AbortController();
  const late = new DOMException('too late', 'TimeoutError');
  const timer = setTimeout(() => controller.abort(late), seconds * 1000);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

// @begin both
async function others(opts) {
  await sleep(opts.watch);
  log('the others were served');
}
// @end both

// @begin bad
async function bad(opts) {
  const rest = others(opts);
  const answer = await ask(opts);
  log('answer', answer);
  await rest;
}
// @end bad

// @begin fixed
async function fixed(opts) {
  const rest = others(opts);
  const limit = timeLimit(opts.limit);
  try {
    const answer = await ask(opts, limit.signal);
    log('answer', answer);
  } catch (error) {
    if (error.name !== 'TimeoutError') throw error;
    log('no answer in time');
  } finally {
    limit.stop();
  }
  await rest;
}
// @end fixed

await run({ bad, fixed }, settings);
