// A fetch with a timeout made of an AbortController and setTimeout, as it is copied from page to page.
//
// A timeout is a resource and must be released on every path, also where the fetch fails.  And the headers are not the
// answer: who clears the timer when they arrive leaves the body without a limit.
import { log, run } from './world/index.mjs';
import { fetchFrom } from './world/fetch.mjs';

const settings = { timeout: 5, error: 1, fails_after: 0.1, headers: 0.5, body: 2.5 };

// @begin page
async function page(load, opts) {
  const fetch = fetchFrom(opts);  // @s
  try {
    await load(fetch, opts);  // @l
    log('done');  // @d
  } catch (error) {
    if (error.name === 'AbortError') log('timed out');  // @t
    else log('network error');  // @n
  }
}
// @end page

// @begin bad
async function headersInTime(fetch, { timeout }) {
  const controller = new AbortController();  // @a
  const { signal } = controller;
  const abort = () => controller.abort();  // @r
  const timer = setTimeout(abort, timeout * 1000);  // @b
  const response = await fetch('/data', { signal });  // @c
  clearTimeout(timer);  // @e
  return await response.json();  // @f
}

async function bad(opts) {
  await page(headersInTime, opts);  // @p
}
// @end bad

// @begin fixed
async function allInTime(fetch, { timeout }) {
  const controller = new AbortController();  // @a
  const { signal } = controller;
  const abort = () => controller.abort();  // @r
  const timer = setTimeout(abort, timeout * 1000);  // @b
  try {  // @x
    const response = await fetch('/data', { signal });  // @c
    return await response.json();  // @f
  } finally {
    clearTimeout(timer);  // @e
  }
}

async function fixed(opts) {
  await page(allInTime, opts);  // @p
}
// @end fixed

await run({ bad, fixed }, settings);
