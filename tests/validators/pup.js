// Starts Chromium without a window for the checks beside this file.
const NM = process.env.NM || require('path').resolve('node_modules');
const puppeteer = require(NM + '/puppeteer-core');
exports.launch = () => puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  userDataDir: process.env.UD || undefined,
  args: ['--no-sandbox', '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
         '--allow-file-access-from-files', '--window-size=1400,900'],
  defaultViewport: {width: 1400, height: 900}});
