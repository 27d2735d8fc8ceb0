// Opens reports in Chromium and says what is wrong with them, one JSON array of sentences a line:
//   node report_check.js [--quick] PAGE NATIVE [PAGE NATIVE]...    (env NM: the node_modules folder; NATIVE: the trace as a file)
// No request leaves the page, nothing is said on the console, nothing pops up, the trace inside is NATIVE, hover and zoom work,
// and without its script the page stands.
const fs = require('fs'), os = require('os'), path = require('path');
const {launch} = require('./pup.js');

async function open(browser, file, faults, script) {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(script);
  await page.setViewport({width: 1280, height: 900});
  const own = 'file://' + file;
  page.on('request', r => { if (r.url().split('#')[0] !== own) faults.push('asks for ' + r.url().slice(0, 100)); });
  page.on('console', m => faults.push('says on the console: ' + m.text().slice(0, 200)));
  page.on('pageerror', e => faults.push('fails: ' + e.message));
  page.on('dialog', async d => { faults.push('pops up: ' + d.message()); await d.dismiss(); });
  await page.goto(own);
  return page;
}

// What a page may hold whatever the trace says.
const structure = () => {
  const faults = [];
  if (document.scripts.length !== 1) faults.push(document.scripts.length + ' scripts');
  const known = new Set(('HTML HEAD META TITLE STYLE BODY H1 H2 P UL LI B SMALL SPAN SECTION FIGURE FIGCAPTION DIV A PRE I DETAILS ' +
      'SUMMARY OUTPUT BUTTON TABLE TBODY TR TH TD DL DT DD FOOTER SCRIPT BR svg defs pattern rect circle g title polyline polygon ' +
      'line text').split(' '));
  for (const e of document.querySelectorAll('*')) {
    if (!known.has(e.tagName)) faults.push('holds <' + e.tagName + '>');
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === 'style') faults.push('an attribute ' + a.name);
      if (/^(href|src|action|xlink:href)$/i.test(a.name) && !/^(#[a-z]+$|data:application\/octet-stream;base64,[A-Za-z0-9+/=]*$)/.test(a.value))
        faults.push('a link to ' + a.value.slice(0, 60));
    }
  }
  return faults;
};

const bar = () => {  // a bar of a task in the middle of the run, on screen
  const box = document.getElementById('timeline'), x = +box.dataset.x;
  box.scrollIntoView({block: 'center'});
  for (const g of box.querySelectorAll('g.b')) {
    const rect = g.querySelector('rect'), title = g.querySelector('title');
    if (!title || !title.textContent.includes(' s') || +rect.getAttribute('x') < x - 1 || +rect.getAttribute('width') < 40) continue;
    const r = rect.getBoundingClientRect();
    for (const share of [.1, .3, .5, .7, .9]) {
      const at = {x: r.left + r.width * share, y: r.top + r.height / 2}, top = document.elementFromPoint(at.x, at.y);
      if (top === rect) return {...at, title: title.textContent, name: title.textContent.split(' · ')[0]};
    }
  }
  return null;
};
const plot = () => {
  const box = document.getElementById('timeline'), r = box.querySelector('svg').getBoundingClientRect();
  const scale = r.width / box.querySelector('svg').viewBox.baseVal.width;
  return {x: r.left + box.dataset.x * scale, w: box.dataset.w * scale, y: r.top + r.height * .6};
};
// Places of all shapes that are shown, as one string.
const shapes = () => [...document.querySelectorAll('#timeline rect:not(.mark), #timeline polyline')]
  .map(e => e.getAttribute('display') + e.getAttribute('x') + e.getAttribute('width') + e.getAttribute('points')).join();
const ticks = () => [...document.querySelectorAll('#timeline text.word')].map(t => t.textContent);

async function check(browser, file, native, quick) {
  const faults = [];
  const page = await open(browser, file, faults, true);
  faults.push(...await page.evaluate(structure));
  const inside = await page.evaluate(() => document.getElementById('trace').href.split(',')[1]);
  if (!Buffer.from(inside, 'base64').equals(fs.readFileSync(native))) faults.push('the trace inside is not the trace');
  const readout = () => page.evaluate(() => document.querySelector('#tools output').textContent);
  if (await page.evaluate(() => document.getElementById('tools').hidden)) faults.push('its script does not run');

  const place = await page.evaluate(bar);
  if (place) {
    await page.mouse.move(place.x, place.y);
    const said = await readout();
    if (!said.includes(place.title)) faults.push(`hover over "${place.title}" says "${said}"`);
  } else if (!quick) faults.push('no bar can be hovered');

  const p = await page.evaluate(plot), before = await page.evaluate(shapes);
  await page.mouse.move(p.x + p.w * .3, p.y);
  await page.mouse.down();
  await page.mouse.move(p.x + p.w * .5, p.y, {steps: 4});
  await page.mouse.up();
  const zoomed = await page.evaluate(shapes), labels = await page.evaluate(ticks);
  if (zoomed === before) faults.push('dragging does not zoom');
  if (!labels.length) faults.push('a zoomed picture has no ruler');
  const [begin, end] = await page.evaluate(() => { const d = document.getElementById('timeline').dataset; return [+d.begin, +d.end]; });
  await page.mouse.move(p.x + p.w / 2, p.y);
  const middle = parseFloat((await readout()).replace('event ', '')) * ((await readout()).startsWith('event') ? 1 : 1e9);
  if (Math.abs(middle - (begin + .4 * (end - begin))) > .02 * (end - begin) + 1) faults.push(`the middle of 30 % to 50 % reads ${middle} of ${begin} to ${end}`);
  await page.mouse.click(p.x + p.w / 2, p.y, {clickCount: 2});
  if (await page.evaluate(shapes) !== before) faults.push('a double click does not show the whole run again');
  await page.evaluate(() => { const a = document.querySelector('a[data-begin]'); if (a) a.click(); });

  if (!quick) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
    const client = await page.createCDPSession();
    await client.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder});
    await page.evaluate(() => document.getElementById('trace').click());
    const name = await page.evaluate(() => document.getElementById('trace').download), saved = path.join(folder, name);
    for (let i = 0; i < 100 && !fs.existsSync(saved); ++i) await new Promise(done => setTimeout(done, 50));
    if (!fs.existsSync(saved) || !fs.readFileSync(saved).equals(fs.readFileSync(native))) faults.push('the trace cannot be saved');
    fs.rmSync(folder, {recursive: true});
    await page.setViewport({width: 400, height: 800});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 400) faults.push(`is ${wide} wide in a window of 400`);
    if (process.env.PICTURES) await page.screenshot({path: path.join(process.env.PICTURES, path.basename(file) + '.png'), fullPage: true});
  }
  const text = await page.evaluate(() => document.body.innerText);
  await page.close();
  if (quick) return [faults, text];
  const still = await open(browser, file, faults, false);
  const shown = await still.$eval('#tools', e => getComputedStyle(e).display);
  if (shown !== 'none') faults.push('without a script its tools stand there');
  if (!await still.$('#timeline svg title')) faults.push('without a script nothing says what a bar is');
  await still.close();
  return [faults, text];
}

(async () => {
  const quick = process.argv.includes('--quick'), files = process.argv.slice(2).filter(a => a !== '--quick');
  const browser = await launch();
  for (let i = 0; i < files.length; i += 2) {
    const [faults, text] = await check(browser, files[i], files[i + 1], quick);
    console.log(JSON.stringify({faults, text}));
  }
  await browser.close();
})();
