// The dashboard: asks the JSON beside it every two seconds, and builds the page from text only.
const base = document.body.dataset.base + '/api/';
const readOnly = document.body.dataset.readonly === 'true';
const view = document.getElementById('view');
const state = document.getElementById('state');
const dialog = document.getElementById('job');
const REFRESH_MILLIS = 2000;
const search = { state: '', type: '', queue: '', tag: '', before: '' };
let overview = null;
let openJob = null;

function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className = value;
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

async function ask(path) {
  const answer = await fetch(base + path, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error('the server answered ' + answer.status);
  return answer.json();
}

async function order(path, question) {
  if (question && !confirm(question)) return;
  const answer = await fetch(base + path, { method: 'POST', headers: { 'X-Job-Dashboard': '1' } });
  if (!answer.ok) {
    say(answer.status === 409 ? 'not in a state for that any more' : 'refused: ' + answer.status, true);
    return;
  }
  await refresh();
}

function say(text, bad = false) {
  state.textContent = text;
  state.className = bad ? 'bad' : '';
}

const time = text => text ? new Date(text).toLocaleString() : '–';

function span(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return Math.round(seconds * 1000) + ' ms';
  if (seconds < 120) return Math.round(seconds) + ' s';
  if (seconds < 7200) return Math.round(seconds / 60) + ' min';
  return Math.round(seconds / 3600) + ' h';
}

function table(headings, rows, empty) {
  if (rows.length === 0) return el('p', { class: 'empty' }, empty);
  const head = el('tr', {}, ...headings.map(([text, kind]) => el('th', { scope: 'col', class: kind ?? '' }, text)));
  const body = rows.map(cells => el('tr', {}, ...cells.map((cell, i) => el('td', { class: headings[i][1] ?? '' }, cell))));
  return el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

const button = (text, action) => readOnly ? null : el('button', { type: 'button', onclick: action }, text);
const stateOf = job => el('span', { class: 'state ' + job.state }, job.state.toLowerCase());
const link = job => el('button', { type: 'button', class: 'link', onclick: () => show(job.id) }, String(job.id));

function progressOf(job) {
  if (job.progress === null) return '–';
  const percent = Math.round(job.progress * 100);
  return el('span', {}, el('progress', { max: 1, value: job.progress, 'aria-label': 'progress' }),
    ` ${percent} % ${job.progressMessage ?? ''}`);
}

function drawOverview() {
  const rates = new Map(overview.rates.map(rate => [rate.queue, rate]));
  const perMinute = count => (count * 60 / overview.windowSeconds).toFixed(1);
  const queues = overview.queues.map(queue => {
    const rate = rates.get(queue.name) ?? { succeeded: 0, dead: 0 };
    const action = queue.paused ? 'resume' : 'pause';
    return [el('span', {}, queue.name, queue.paused ? el('span', { class: 'paused' }, ' paused') : ''),
      String(queue.queued), String(queue.delayed), String(queue.running), span(queue.oldest),
      perMinute(rate.succeeded), perMinute(rate.dead),
      button(action, () => order(`queues/${encodeURIComponent(queue.name)}/${action}`)) ?? ''];
  });
  const running = overview.running.map(job => [link(job), job.type, job.queue, `${job.attempt} of ${job.attempts}`,
    time(job.startedAt), job.worker ?? '–', progressOf(job),
    button('cancel', () => order(`jobs/${job.id}/cancel`, `Cancel job ${job.id}?`)) ?? '']);
  return [el('h2', {}, 'Queues'),
    table([['Queue'], ['Queued', 'number'], ['Delayed', 'number'], ['Running', 'number'], ['Oldest waits', 'number'],
      ['Done a minute', 'number'], ['Dead a minute', 'number'], ['']], queues, 'No queue has been used yet.'),
    el('h2', {}, 'Running'),
    table([['Job'], ['Type'], ['Queue'], ['Attempt'], ['Started'], ['Worker'], ['Progress'], ['']], running, 'Nothing runs.')];
}

function jobRows(jobs) {
  return jobs.map(job => [link(job), stateOf(job), job.type, job.queue, `${job.attempt} of ${job.attempts}`,
    time(job.enqueuedAt), time(job.finishedAt ?? job.runAt), job.error ?? '',
    job.state === 'DEAD' || job.state === 'CANCELLED' || job.state === 'DELAYED'
      ? button('retry', () => order(`jobs/${job.id}/retry`)) ?? '' : '']);
}

const JOB_HEADINGS = [['Job'], ['State'], ['Type'], ['Queue'], ['Attempt'], ['Enqueued'], ['Ended or due'], ['Error', 'clip'], ['']];

async function drawFailures() {
  const dead = await ask('jobs?state=DEAD&limit=100');
  const failing = (await ask('jobs?state=DELAYED&limit=100')).filter(job => job.error);
  return [el('h2', {}, 'Dead'), table(JOB_HEADINGS, jobRows(dead), 'No job is dead.'),
    el('h2', {}, 'Failed, will be tried again'), table(JOB_HEADINGS, jobRows(failing), 'No job waits after a failure.')];
}

function searchForm() {
  const states = ['', 'QUEUED', 'DELAYED', 'RUNNING', 'SUCCEEDED', 'DEAD', 'CANCELLED'];
  const select = el('select', { name: 'state' }, ...states.map(name =>
    el('option', { value: name, selected: name === search.state }, name === '' ? 'any' : name.toLowerCase())));
  const field = name => el('label', {}, name, el('input', { name, value: search[name], maxlength: 100 }));
  return el('form', { class: 'search', onsubmit: event => {
    event.preventDefault();
    for (const [name, value] of new FormData(event.target)) search[name] = value.trim();
    search.before = '';
    refresh();
  } }, el('label', {}, 'state', select), field('type'), field('queue'), field('tag'), el('button', {}, 'Search'));
}

async function drawJobs() {
  const jobs = await ask('jobs?' + new URLSearchParams({ ...search, limit: '50' }));
  const more = jobs.length === 50 ? el('button', { type: 'button', onclick: () => {
    search.before = String(jobs[jobs.length - 1].id);
    refresh();
  } }, 'Older') : null;
  const newest = search.before ? el('button', { type: 'button', onclick: () => { search.before = ''; refresh(); } }, 'Newest') : null;
  const form = document.activeElement?.closest?.('form.search') ?? searchForm();
  return [form, table(JOB_HEADINGS, jobRows(jobs), 'No job matches.'), el('p', { class: 'actions' }, newest, more)];
}

function drawSchedules() {
  const rows = overview.schedules.map(schedule => {
    const action = schedule.paused ? 'resume' : 'pause';
    return [el('span', {}, schedule.name, schedule.paused ? el('span', { class: 'paused' }, ' paused') : ''),
      el('code', {}, schedule.cron), schedule.zone, schedule.misfire.toLowerCase(), schedule.type, time(schedule.next), time(schedule.last),
      schedule.lastJob ? link({ id: schedule.lastJob }) : '–',
      button(action, () => order(`schedules/${encodeURIComponent(schedule.name)}/${action}`)) ?? ''];
  });
  return [el('h2', {}, 'Schedules'),
    table([['Name'], ['Cron'], ['Zone'], ['Misfire'], ['Type'], ['Next'], ['Last'], ['Last job'], ['']], rows, 'There are no schedules.')];
}

function drawWorkers() {
  const rows = overview.workers.map(worker => [String(worker.id), worker.name, worker.queues.join(', '), String(worker.running),
    time(worker.startedAt), span(worker.silence) + ' ago', worker.draining ? 'stopping' : '']);
  return [el('h2', {}, 'Workers'),
    table([['Number'], ['Name'], ['Queues'], ['Holds', 'number'], ['Since'], ['Last heard'], ['']], rows, 'No worker runs.')];
}

async function show(id) {
  openJob = id;
  try {
    draw(await ask('jobs/' + id));
    if (!dialog.open) dialog.showModal();
  } catch (failure) {
    say(failure.message, true);
  }
}

function pretty(json) {
  try { return JSON.stringify(JSON.parse(json), null, 2); } catch { return json; }
}

function draw({ job, events }) {
  const facts = [['State', stateOf(job)], ['Type', `${job.type}, version ${job.version}`], ['Queue', `${job.queue}, priority ${job.priority}`],
    ['Attempt', `${job.attempt} of ${job.attempts}, each at most ${span(job.timeout)}`], ['Tags', job.tags.join(' ') || '–'],
    ['Unique key', job.uniqueKey ?? '–'], ['Enqueued', time(job.enqueuedAt)], ['Due', time(job.runAt)], ['Started', time(job.startedAt)],
    ['Ended', time(job.finishedAt)], ['Worker', job.worker ?? '–'], ['Progress', progressOf(job)]];
  const waits = job.state === 'QUEUED' || job.state === 'DELAYED';
  const act = (name, question) => button(name, async () => { await order(`jobs/${job.id}/${name}`, question); await again(job.id, name); });
  const actions = el('p', { class: 'actions' },
    ['DEAD', 'CANCELLED', 'DELAYED'].includes(job.state) ? act('retry') : null,
    waits || job.state === 'RUNNING' ? act('cancel', `Cancel job ${job.id}?`) : null,
    job.state !== 'RUNNING' ? act('discard', `Remove job ${job.id} for good?`) : null,
    el('button', { type: 'button', onclick: () => dialog.close() }, 'Close'));
  const timeline = events.map(event => el('li', {},
    el('span', { class: event.kind }, `${time(event.at)} · attempt ${event.attempt} · ${event.kind.toLowerCase()}`),
    el('div', {}, event.text), event.detail ? el('details', {}, el('summary', {}, 'stack'), el('pre', {}, event.detail)) : null));
  dialog.replaceChildren(el('h2', { id: 'job-title' }, 'Job ' + job.id), actions,
    el('dl', {}, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    el('h2', {}, 'Payload'), el('pre', {}, pretty(job.payload)),
    ...(job.result ? [el('h2', {}, 'Result'), el('pre', {}, pretty(job.result))] : []),
    el('h2', {}, 'Timeline'), timeline.length ? el('ol', { class: 'timeline' }, ...timeline) : el('p', { class: 'empty' }, 'Nothing was kept.'));
}

async function again(id, action) {
  if (action === 'discard') dialog.close();
  else await show(id);
}

dialog.addEventListener('close', () => { openJob = null; });

const views = { overview: drawOverview, failures: drawFailures, jobs: drawJobs, schedules: drawSchedules, workers: drawWorkers };

async function refresh() {
  const name = location.hash.slice(1) in views ? location.hash.slice(1) : 'overview';
  for (const anchor of document.querySelectorAll('nav a')) {
    if (anchor.hash === '#' + name) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
  try {
    overview = await ask('overview');
    const drawn = await views[name]();
    const focused = document.activeElement?.closest?.('form.search');
    if (!focused || !drawn.includes(focused)) view.replaceChildren(...drawn);
    else { while (focused.nextSibling) focused.nextSibling.remove(); view.append(...drawn.slice(1)); }
    say('as of ' + new Date().toLocaleTimeString());
  } catch (failure) {
    say(failure.message, true);
  }
}

window.addEventListener('hashchange', refresh);
setInterval(() => { if (!document.hidden && !dialog.open) refresh(); }, REFRESH_MILLIS);
refresh();
