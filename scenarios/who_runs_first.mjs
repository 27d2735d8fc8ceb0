// Who runs first after a call: the caller, or the body that was called?
//
// In JavaScript the call itself runs the body up to its first await; in Python the same lines print "main" first.  Every
// await gives way here, even one of a function that has nothing to wait for; in Python that one does not.
import { log, run, sleep } from './world/index.mjs';

// @begin both
async function body(opts) {
  log('body'); // @a
  await sleep(opts.takes); // @b
  log('body ends'); // @c
}
// @end both

// @begin bad.js
async function badJs(opts) {
  const p = body(opts); // @d
  log('main'); // @e
  await p; // @f
}
// @end bad.js

// @begin fixed
async function fixed(opts) {
  await body(opts); // @d
  log('main'); // @e
}
// @end fixed

run({ 'bad.js': badJs, fixed }, { takes: 0.5 });
