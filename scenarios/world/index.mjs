// What the JavaScript twins of the scenarios share: log(), sleep() and the command line of a twin.
//
// A twin is plain JavaScript and really runs:
//
//     node scenarios/partial_failure.mjs bad            // in real time, one "time text" line for each log()
//     node scenarios/partial_failure.mjs fixed step=2   // with another value of a setting
//
// Further parts of the simulated world are files of this folder.

const start = performance.now();

/** Seconds since the run began. */
export function now() {
  return (performance.now() - start) / 1000;
}

/** One line at the run's time, the words separated by spaces. */
export function log(...words) {
  console.log(`${now().toFixed(3)} ${words.join(' ')}`);
}

/** A promise that is fulfilled after `seconds`; with a signal it is rejected once that is aborted. */
export function sleep(seconds, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * The command line of a twin: [VARIANT] [NAME=VALUE]..., or --variants for their names.
 * `variants` maps names ("bad", "bad.b") to async functions of the settings; the first is the standard one.
 */
export async function run(variants, settings) {
  const args = process.argv.slice(2);
  const names = Object.keys(variants);
  if (args[0] === '--variants') return console.log(names.join('\n'));
  const name = args.length && !args[0].includes('=') ? args.shift() : names[0];
  const values = { ...settings };
  const refuse = (text) => {
    console.error(`${process.argv[1]}: ${text}`);
    process.exit(1);
  };
  if (!variants[name]) refuse(`unknown variant '${name}'; there are: ${names.join(', ')}`);
  for (const change of args) {
    const [key, value] = change.split('=');
    if (value === undefined || Number.isNaN(Number(value))) refuse(`'${change}': NAME=NUMBER is wanted`);
    if (key in values) values[key] = Number(value);
  }
  await variants[name](values);
}
