'use strict';

const KEPT = 60;
const samples = [];
let page = null; // what /events said first

const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const show = (id, text) => { document.getElementById(id).textContent = text; };

function count(n) {
  return n >= 10_000_000 ? (n / 1e6).toFixed(1) + ' M' : whole.format(n);
}

function time(nanos) {
  if (nanos < 1e3) return whole.format(nanos) + ' ns';
  const [value, unit] = nanos < 1e6 ? [nanos / 1e3, 'µs'] : nanos < 1e9 ? [nanos / 1e6, 'ms'] : [nanos / 1e9, 's'];
  return (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)) + ' ' + unit;
}

// --- what comes -------------------------------------------------------------------------------------

function onAbout(about) {
  page = about;
  show('backend', about.backend);
  show('thread', about.thread);
  show('carrier', about.thread === 'virtual' ? about.carrier : 'itself (' + about.carrier + ')');
  show('jdk', about.jdk);
  show('keepAliveTimeout', about.keepAliveSeconds ? about.keepAliveSeconds + ' s' : 'for ever');
  show('keepAliveMax', about.keepAliveMax ? count(about.keepAliveMax) : 'any number');
  samples.length = 0;
}

function onSample(sample) {
  samples.push(sample);
  if (samples.length > KEPT) samples.shift();
  show('perSecond', count(sample.perSecond));
  show('connections', count(sample.connections));
  show('accepted', count(sample.accepted));
  show('requests', count(sample.requests));
  show('reuse', sample.accepted ? (sample.requests / sample.accepted).toFixed(1) : '–');
  if (sample.latency) {
    for (const key of ['p50', 'p90', 'p99', 'p999', 'max']) show(key, time(sample.latency[key]));
    show('median', time(sample.latency.p50));
    show('tail', time(sample.latency.p99));
  }
  draw();
}

// --- the charts -------------------------------------------------------------------------------------

function draw() {
  const rate = Math.max(1, ...samples.map(s => s.perSecond));
  line('#rates .first', s => s.perSecond / rate);
  show('rateMost', 'top: ' + count(rate));

  const longest = Math.max(0, ...samples.map(s => s.latency ? s.latency.p99 : 0));
  line('#times .first', s => s.latency && s.latency.p50 / longest);
  line('#times .second', s => s.latency && s.latency.p99 / longest);
  show('timeMost', longest ? 'top: ' + time(longest) : '');
}

// A line from left to right that ends with now; broken where there is nothing to show.
function line(selector, height) {
  let path = '';
  let pen = 'M';
  samples.forEach((sample, i) => {
    const y = height(sample);
    if (y === null) {
      pen = 'M';
      return;
    }
    const x = 100 * (KEPT - samples.length + i) / (KEPT - 1);
    path += pen + x.toFixed(2) + ' ' + (98 - 94 * y).toFixed(2);
    // A point alone is a line of no length, or it would not be seen.
    if (pen === 'M') path += 'h.5';
    pen = 'L';
  });
  document.querySelector(selector).setAttribute('d', path);
}

// --- the connection ---------------------------------------------------------------------------------

function state(text, live) {
  show('state', text);
  document.getElementById('state').classList.toggle('live', live);
  document.body.classList.toggle('stale', !live);
}

function watch() {
  const events = new EventSource('/events');
  events.onopen = () => state('live', true);
  events.addEventListener('about', e => onAbout(JSON.parse(e.data)));
  events.addEventListener('sample', e => onSample(JSON.parse(e.data)));
  events.onerror = () => {
    state(page ? 'the server is gone; trying again' : 'connecting', false);
    // Mostly the browser comes back by itself; where it has given up, we do.
    if (events.readyState === EventSource.CLOSED) setTimeout(watch, 1000);
  };
}

// --- some load --------------------------------------------------------------------------------------

async function knock() {
  const button = document.getElementById('knock');
  button.disabled = true;
  try {
    for (let i = 0; i < 50; i++) {
      const ways = ['/plaintext', '/json', '/sleep/1', '/sleep/5'];
      await Promise.all(ways.map(way => fetch(way, {cache: 'no-store'}).then(r => r.text())));
    }
  } catch {
    // The state says it already.
  } finally {
    button.disabled = false;
  }
}

document.getElementById('knock').addEventListener('click', knock);
watch();
