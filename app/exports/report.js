'use strict';
// Zoom and a readout for the timeline.  Without this script the pictures stand as they are and tell the same.
(() => {
  document.documentElement.classList.add('script');
  const link = document.getElementById('trace');
  // Some browsers refuse long data links: the same bytes as a blob.
  link.addEventListener('click', event => {
    event.preventDefault();
    const text = atob(link.href.slice(link.href.indexOf(',') + 1));
    const bytes = Uint8Array.from(text, c => c.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}));
    const copy = document.createElement('a');
    copy.href = url;
    copy.download = link.download;
    copy.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  });

  const box = document.getElementById('timeline'), svg = box.querySelector('svg'), tools = document.getElementById('tools');
  const readout = tools.querySelector('output'), reset = tools.querySelector('button');
  const X = +box.dataset.x, W = +box.dataset.w, B = +box.dataset.begin, E = +box.dataset.end, R = +box.dataset.ruler;
  const order = box.dataset.order === '1', H = svg.viewBox.baseVal.height;
  const make = (tag, attributes, parent) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return (parent || svg).appendChild(element);
  };
  const number = (element, name) => +element.getAttribute(name);
  const show = (element, yes) => yes ? element.removeAttribute('display') : element.setAttribute('display', 'none');
  const words = t => order ? 'event ' + Math.round(t) : (t / 1e9).toFixed(now[1] - now[0] < 1e6 ? 9 : now[1] - now[0] < 1e9 ? 6 : 3) + ' s';
  let now = [B, E];

  // What stretches with time (bars), what bends (lines), what only moves (icons, arrow heads), and what is written anew.
  const bars = [], lines = [], movers = [], written = [];
  for (const e of svg.children) {
    if (e.tagName === 'g' && e.classList.contains('b')) {
      for (const r of e.querySelectorAll('rect'))
        if (number(r, 'x') >= X - 2) bars.push({r, x: number(r, 'x'), w: number(r, 'width'), title: e.querySelector('title')});
    } else if (e.tagName === 'g' && e.classList.contains('l')) {
      const line = e.querySelector('polyline'), head = e.querySelector('polygon');
      if (!line) continue;
      const points = line.getAttribute('points').split(' ').map(p => p.split(',').map(Number));
      if (points.some(p => p[0] < X - 2)) continue;
      lines.push({e, line, points});
      if (head) movers.push({e: head, x: points[points.length - 1][0]});
    } else if (e.tagName === 'g') {
      const b = e.getBBox();
      if (b.x + b.width / 2 >= X - 2) movers.push({e, x: b.x + b.width / 2});
    } else if ((e.tagName === 'rect' || e.tagName === 'svg') && number(e, 'x') >= X - 14) {
      written.push(e);
    }
  }
  const layer = make('g', {}), mark = make('rect', {y: R, height: H - R, 'class': 'mark', display: 'none'});

  const zoom = (begin, end) => {
    if (!(end > begin)) return;
    const least = order ? 4 : 10;
    if (end - begin < least) end = begin + least;
    begin = Math.max(B, Math.min(begin, E - least)), end = Math.min(E, end);
    now = [begin, end];
    const whole = begin <= B && end >= E, k = (E - B) / (end - begin), offset = (begin - B) / (E - B) * W;
    const at = x => X + (x - X - offset) * k, inside = x => x >= X - 1 && x <= X + W + 1;
    const clip = x => Math.max(X, Math.min(X + W, x));
    layer.replaceChildren();
    for (const e of written) show(e, whole);
    for (const {e, x} of movers) {
      show(e, whole || inside(at(x)));
      e.setAttribute('transform', `translate(${whole ? 0 : at(x) - x} 0)`);
    }
    for (const {e, line, points} of lines) {
      const to = points.map(p => whole ? p : [at(p[0]), p[1]]);
      show(e, whole || to.some(p => p[0] >= X) && to.some(p => p[0] <= X + W));
      line.setAttribute('points', to.map(p => (whole ? p[0] : clip(p[0])) + ',' + p[1]).join(' '));
    }
    for (const {r, x, w, title} of bars) {
      const from = at(x), to = w <= 3 ? from + w : at(x + w);
      show(r, whole || to > X && from < X + W);
      if (whole) {
        r.setAttribute('x', x);
        r.setAttribute('width', w);
        continue;
      }
      const left = clip(from), right = Math.max(clip(to), left + .5);
      r.setAttribute('x', left);
      r.setAttribute('width', right - left);
      if (!title) continue;
      const [, what, when] = title.textContent.split(' · '), length = /\((.*)\)/.exec(when || '');
      const text = length ? what + ' · ' + length[1] : '', h = number(r, 'height');
      if (h > 60 || h < 4 || right - left < text.length * 7 + 8 || !text) continue;
      make('text', {x: (left + right) / 2, y: number(r, 'y') + h / 2 + 4, 'class': 'word'}, layer).textContent = text;
    }
    if (!whole) ruler(begin, end);
    reset.disabled = whole;
  };
  const ruler = (begin, end) => {
    const raw = (end - begin) / 6, power = 10 ** Math.floor(Math.log10(raw));
    const step = Math.max(order ? 1 : 0, [1, 2, 5, 10].find(n => n * power >= raw) * power);
    for (let t = Math.ceil(begin / step) * step; t <= end; t += step) {
      const x = X + (t - begin) / (end - begin) * W;
      make('rect', {x, y: R - 6, width: 1, height: 6, 'class': 'tick'}, layer);
      make('text', {x, y: R / 2 + 2, 'class': 'word'}, layer).textContent =
        order ? Math.round(t) : Number((t / 1e9).toFixed(9)) + ' s';
    }
  };

  const place = event => {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return Math.max(X, Math.min(X + W, p.x));
  };
  const time = x => now[0] + (x - X) / W * (now[1] - now[0]);
  let from = null;
  svg.addEventListener('pointerdown', event => {
    if (event.button === 0) from = place(event), svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', event => {
    const x = place(event);
    if (from !== null) {
      const a = Math.min(from, x), b = Math.max(from, x);
      show(mark, true);
      mark.setAttribute('x', a);
      mark.setAttribute('width', b - a);
      readout.textContent = words(time(a)) + ' to ' + words(time(b));
      return;
    }
    const group = event.target.closest('g'), title = group && group.querySelector('title');
    readout.textContent = words(time(x)) + (title ? ' · ' + title.textContent : '');
  });
  svg.addEventListener('pointerup', event => {
    const start = from, x = place(event);
    from = null;
    show(mark, false);
    if (start !== null && Math.abs(x - start) > 4) zoom(time(Math.min(start, x)), time(Math.max(start, x)));
  });
  svg.addEventListener('pointercancel', () => { from = null; show(mark, false); });
  svg.addEventListener('dblclick', () => zoom(B, E));
  svg.addEventListener('wheel', event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const t = time(place(event)), factor = event.deltaY > 0 ? 1.25 : .8;
    zoom(t - (t - now[0]) * factor, t + (now[1] - t) * factor);
  }, {passive: false});
  reset.addEventListener('click', () => zoom(B, E));
  for (const a of document.querySelectorAll('a[data-begin]'))
    a.addEventListener('click', () => zoom(+a.dataset.begin, +a.dataset.end));
  reset.disabled = true;
  tools.hidden = false;
})();
