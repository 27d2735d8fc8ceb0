// A stand-in for fetch that needs no network.
import { sleep } from './index.mjs';

/**
 * fetch(url, { signal }) against a simulated server: the headers come after `headers` seconds and the body `body` seconds
 * later; with `error` the connection breaks after `fails_after` seconds instead.  As in browsers and in Node, an abort
 * rejects whichever of the two is under way with an AbortError, and a broken connection is a TypeError.
 */
export function fetchFrom({ headers, body, error, fails_after }) {
  return async (url, { signal } = {}) => {
    await sleep(error ? fails_after : headers, { signal });
    if (error) throw new TypeError('fetch failed');
    return {
      ok: true,
      async json() {
        await sleep(body, { signal });
        return { url };
      },
    };
  };
}
