// Loaded before a JavaScript twin: timers that take no time.  The clock stands still while anything is ready and jumps to
// the next timer when nothing is; timers of one moment fire in the order in which they were set, as Node's do.
const realImmediate = setImmediate;
let now = 0;
let order = 0;
const timers = new Map();

globalThis.setTimeout = (callback, delay = 0, ...args) => {
  const timer = { at: now + Math.max(Number(delay) || 0, 0), order: ++order, callback, args, unref() { return this; }, ref() { return this; } };
  timers.set(timer.order, timer);
  wake();
  return timer;
};
globalThis.clearTimeout = (timer) => {
  if (timer) timers.delete(timer.order);
};
performance.now = () => now;

let waiting = false;
/** Fires the next timer once every promise that is ready has run. */
function wake() {
  if (waiting) return;
  waiting = true;
  realImmediate(() => {
    waiting = false;
    const next = [...timers.values()].sort((a, b) => a.at - b.at || a.order - b.order)[0];
    if (!next) return;
    timers.delete(next.order);
    now = Math.max(now, next.at);
    next.callback(...next.args);
    if (timers.size) wake();
  });
}
