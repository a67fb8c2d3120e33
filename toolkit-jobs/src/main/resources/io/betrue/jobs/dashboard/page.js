// The dashboard: asks the JSON beside it every two seconds, and shows it.
import { el, fill, table, time, span, pretty } from './parts.js';

const base = document.body.dataset.base + '/api/';
const readOnly = document.body.dataset.readonly === 'true';
const [view, state, dialog, jobView, question] = ['view', 'state', 'job', 'job-view', 'question'].map(id => document.getElementById(id));
const REFRESH_MILLIS = 2000;
const PAGE = 50;
const MOST = 100;
const search = { state: '', type: '', queue: '', tag: '', before: '' };
let turn = 0;
let timer;

/** What went wrong, in words for people; final means that asking again is of no use. */
class Trouble extends Error {
  constructor(text, status, final = false) {
    super(text);
    Object.assign(this, { status, final });
  }
}

async function call(path, options, forbidden) {
  let answer;
  try {
    answer = await fetch(base + path, options);
  } catch {
    throw new Trouble('The server cannot be reached.');
  }
  const signedOut = answer.ok && answer.status !== 204 && !answer.headers.get('Content-Type')?.startsWith('application/json');
  if (answer.status === 401 || signedOut) throw new Trouble('You are signed out. Reload this page to sign in again.', 401, true);
  if (answer.status === 403) throw new Trouble(forbidden, 403, true);
  if (answer.status === 404) throw new Trouble('It is not there any more (404).', 404);
  if (answer.status === 409) throw new Trouble('It is not in a state for that any more (409).', 409);
  if (!answer.ok) throw new Trouble(`The server could not do it (${answer.status}).`, answer.status);
  return answer;
}

async function ask(path) {
  return (await call(path, { headers: { Accept: 'application/json' } }, 'You may not see jobs (403).')).json();
}

async function order(path) {
  notify('');
  try {
    await call(path, { method: 'POST', headers: { 'X-Job-Dashboard': '1' } }, 'You may look, but not change anything (403).');
    if (path.endsWith('/discard')) leaveJob();
  } catch (trouble) {
    notify(trouble.message);
  }
  await refresh();
  if (document.activeElement === document.body) (dialog.open ? jobView.querySelector('button') : view).focus();
}

function confirmed(text) {
  document.getElementById('question-text').textContent = text;
  question.returnValue = 'no';
  question.showModal();
  return new Promise(answer => question.addEventListener('close', () => answer(question.returnValue === 'yes'), { once: true }));
}

function notify(text) {
  document.getElementById(dialog.open ? 'job-notice' : 'notice').textContent = text;
}

function quiet() {
  document.querySelectorAll('.notice').forEach(notice => { notice.textContent = ''; });
}

const word = text => text.toLowerCase();
const pill = (text, kind) => el('span', { class: 'pill ' + kind }, text);
const stateOf = job => pill(word(job.state), job.state);
const link = id => el('a', { href: `#${place().name}/${id}`, 'aria-label': 'job ' + id }, String(id));
const attempts = job => `${job.attempt} of ${job.attempts}`;
const retries = job => ['DEAD', 'CANCELLED', 'DELAYED'].includes(job.state);
const named = (name, paused) => el('span', {}, name, paused ? ' ' : null, paused ? pill('paused', 'DELAYED') : null);

const again = job => button(job.state === 'DELAYED' ? 'run now' : 'retry', `jobs/${job.id}/retry`, 'job ' + job.id);

function button(text, path, about, confirmation) {
  if (readOnly) return null;
  return el('button', { type: 'button', 'data-order': path, 'data-question': confirmation, 'aria-label': `${text} ${about}` }, text);
}

function progressOf(job) {
  if (job.progress === null) return '–';
  return el('span', { class: 'progress' }, el('progress', { max: 1, value: job.progress, 'aria-label': 'progress of job ' + job.id }),
    el('span', {}, `${Math.round(job.progress * 100)} % ${job.progressMessage ?? ''}`));
}

function sums(queues) {
  const sum = name => queues.reduce((all, queue) => all + queue[name], 0).toLocaleString();
  return el('dl', { class: 'sums' }, ...[['Queued', 'queued'], ['Delayed', 'delayed'], ['Running', 'running']].map(([title, name]) =>
    el('div', { class: 'card' }, el('dt', {}, title), el('dd', {}, sum(name)))));
}

async function drawOverview() {
  const { queues, rates, windowSeconds, running } = await ask('overview');
  const known = new Map(rates.map(rate => [rate.queue, rate]));
  const minutely = count => (count * 60 / windowSeconds).toFixed(1);
  const queueRows = queues.map(queue => {
    const rate = known.get(queue.name) ?? { succeeded: 0, dead: 0 };
    const action = queue.paused ? 'resume' : 'pause';
    return { key: queue.name, cells: [
      named(el('button', { type: 'button', class: 'link', 'data-find': queue.name, 'aria-label': 'jobs of queue ' + queue.name }, queue.name), queue.paused),
      String(queue.queued), String(queue.delayed), String(queue.running), span(queue.oldest), minutely(rate.succeeded),
      el('span', { class: rate.dead ? 'bad' : null }, minutely(rate.dead)),
      button(action, `queues/${encodeURIComponent(queue.name)}/${action}`, 'queue ' + queue.name)] };
  });
  const runningRows = running.map(job => ({ key: job.id, cells: [link(job.id), job.type, job.queue, attempts(job), time(job.startedAt), job.worker ?? '–',
    progressOf(job), button('cancel', `jobs/${job.id}/cancel`, 'job ' + job.id, `Cancel job ${job.id}, which runs?`)] }));
  return [sums(queues), el('h2', {}, 'Queues'),
    table([['Queue'], ['Queued', 'number'], ['Delayed', 'number'], ['Running', 'number'], ['Oldest waits', 'number'],
      ['Done a minute', 'number'], ['Dead a minute', 'number'], ['', 'do']], queueRows, 'No queue has been used yet.'),
    el('h2', {}, 'Running'), more(running),
    table([['Job'], ['Type'], ['Queue'], ['Attempt'], ['Started'], ['Worker'], ['Progress'], ['', 'do']], runningRows, 'Nothing runs.')];
}

const more = jobs => jobs.length < MOST ? '' : el('p', { class: 'hint' }, `The newest ${MOST}.`);
const COLUMNS = [['Job'], ['State'], ['Type'], ['Queue'], ['Attempt'], ['Enqueued'], ['Ended or due'], ['Error', 'text'], ['', 'do']];
const jobTable = (jobs, empty) => table(COLUMNS, jobs.map(job => ({ key: job.id, cells: [link(job.id), stateOf(job), job.type, job.queue,
  attempts(job), time(job.enqueuedAt), time(job.finishedAt ?? job.runAt), el('span', { class: 'clip' }, job.error ?? ''),
  retries(job) ? again(job) : ''] })), empty);

async function drawFailures() {
  const [dead, delayed] = await Promise.all(['DEAD', 'DELAYED'].map(name => ask(`jobs?state=${name}&limit=${MOST}`)));
  return [el('h2', {}, 'Dead'), more(dead), jobTable(dead, 'No job is dead.'),
    el('h2', {}, 'Failed, will be tried again'), delayed.length < MOST ? '' : el('p', { class: 'hint' }, `Among the newest ${MOST} delayed jobs.`),
    jobTable(delayed.filter(job => job.error), 'No job waits after a failure.')];
}

function searchForm() {
  const states = ['', 'QUEUED', 'DELAYED', 'RUNNING', 'SUCCEEDED', 'DEAD', 'CANCELLED'];
  const field = name => el('label', {}, name, el('input', { name, value: search[name], maxlength: 100, autocomplete: 'off' }));
  const choice = el('select', { name: 'state' }, ...states.map(name => el('option', { value: name, selected: name === search.state }, word(name) || 'any')));
  return el('form', { class: 'search' }, el('label', {}, 'state', choice), field('type'), field('queue'),
    field('tag'), el('button', {}, 'Search'));
}

async function drawJobs() {
  const jobs = await ask('jobs?' + new URLSearchParams({ ...search, limit: PAGE }));
  const page = (text, before) => el('button', { type: 'button', 'data-before': before }, text);
  return [el('h2', {}, 'Jobs'), searchForm(), jobTable(jobs, 'No job matches.'),
    el('p', { class: 'actions' }, search.before ? page('Newest', '') : null, jobs.length === PAGE ? page('Older', jobs[PAGE - 1].id) : null)];
}

async function drawSchedules() {
  const { schedules } = await ask('overview');
  const rows = schedules.map(schedule => {
    const action = schedule.paused ? 'resume' : 'pause';
    return { key: schedule.name, cells: [named(schedule.name, schedule.paused), el('code', {}, schedule.cron), schedule.zone === 'Z' ? 'UTC' : schedule.zone, word(schedule.misfire),
      schedule.type, time(schedule.next), time(schedule.last), schedule.lastJob ? link(schedule.lastJob) : '–',
      button(action, `schedules/${encodeURIComponent(schedule.name)}/${action}`, 'schedule ' + schedule.name)] };
  });
  return [el('h2', {}, 'Schedules'), table([['Name'], ['Cron'], ['Zone'], ['If missed'], ['Type'], ['Next'], ['Last'], ['Last job'], ['', 'do']], rows,
    'There are no schedules.')];
}

async function drawWorkers() {
  const { workers } = await ask('overview');
  const rows = workers.map(worker => ({ key: worker.id, cells: [String(worker.id), worker.name, worker.queues.join(', '), String(worker.running),
    time(worker.startedAt), span(worker.silence) + ' ago', worker.draining ? pill('stopping', 'DELAYED') : ''] }));
  return [el('h2', {}, 'Workers'), table([['Number'], ['Name'], ['Queues'], ['Holds jobs', 'number'], ['Since'], ['Last heard of'], ['']], rows,
    'No worker runs.')];
}

function timelineOf(job, events) {
  const lines = events.map(({ at, attempt, kind, text, detail }) => ({ at, kind, title: `attempt ${attempt} · ${word(kind)}`, text, detail }));
  lines.unshift({ at: job.enqueuedAt, kind: 'CONTROL', title: 'enqueued' });
  if (job.startedAt) lines.push({ at: job.startedAt, kind: 'CONTROL', title: `attempt ${job.attempt} · taken`, text: job.worker ? 'by ' + job.worker : '' });
  if (job.finishedAt) lines.push({ at: job.finishedAt, kind: job.state, title: word(job.state) });
  lines.sort((one, other) => new Date(one.at) - new Date(other.at));
  return el('ol', { class: 'timeline' }, ...lines.map(line => el('li', { class: line.kind }, el('div', { class: 'hint' }, time(line.at), ' · ' + line.title),
    line.text ? el('div', {}, line.text) : null,
    line.detail ? el('details', {}, el('summary', {}, 'stack'), el('pre', { tabindex: 0 }, line.detail)) : null)));
}

function drawJob({ job, events }) {
  const facts = [['Type', `${job.type}, version ${job.version}`], ['Queue', `${job.queue}, priority ${job.priority}`],
    ['Attempt', `${attempts(job)}, each at most ${span(job.timeout)}`], ['Tags', job.tags.join(' ') || '–'], ['Unique key', job.uniqueKey ?? '–'],
    ['Due', time(job.runAt)], ['Worker', job.worker ?? '–'], ['Progress', progressOf(job)]];
  const act = (name, confirmation) => button(name, `jobs/${job.id}/${name}`, 'job ' + job.id, confirmation);
  const json = (title, text) => text ? [el('h3', {}, title), el('pre', { tabindex: 0 }, pretty(text))] : [];
  return [el('div', { class: 'top' }, el('h2', { id: 'job-title' }, `Job ${job.id} `, stateOf(job)), el('p', { class: 'actions' },
      retries(job) ? again(job) : null,
      ['QUEUED', 'DELAYED', 'RUNNING'].includes(job.state) ? act('cancel', `Cancel job ${job.id}?`) : null,
      job.state === 'RUNNING' ? null : act('discard', `Remove job ${job.id} and all that was kept of it?`), closer())),
    el('dl', { class: 'facts' }, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    ...json('Payload', job.payload), ...json('Result', job.result), el('h3', {}, 'Timeline'), timelineOf(job, events)];
}

const closer = () => el('button', { type: 'button', 'data-close': true, autofocus: true }, 'Close');

async function drawJobOf(id) {
  if (!id) return null;
  try {
    return drawJob(await ask('jobs/' + id));
  } catch (trouble) {
    if (trouble.status !== 404) throw trouble;
    return [el('div', { class: 'top' }, el('h2', { id: 'job-title' }, 'Job ' + id), el('p', { class: 'actions' }, closer())),
      el('p', {}, 'There is no such job, or none any more.')];
  }
}

const views = { overview: drawOverview, failures: drawFailures, jobs: drawJobs, schedules: drawSchedules, workers: drawWorkers };

/** Which view the address names, and which job of it is open. */
function place() {
  const [name, id] = location.hash.slice(1).split('/');
  return { name: Object.hasOwn(views, name) ? name : 'overview', id: /^\d+$/.test(id ?? '') ? id : null };
}

function leaveJob() {
  dialog.close();
  location.hash = place().name;
}

async function refresh() {
  const mine = ++turn;
  clearTimeout(timer);
  const { name, id } = place();
  document.querySelectorAll('nav a').forEach(anchor => {
    if (anchor.hash === '#' + name) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  });
  try {
    const [drawn, job] = await Promise.all([views[name](), drawJobOf(id)]);
    if (mine !== turn) return;
    fill(view, drawn.filter(part => part !== ''));
    view.dataset.view = name;
    if (job) fill(jobView, job);
    if (job && !dialog.open) dialog.showModal();
    if (!job && dialog.open) dialog.close();
    state.textContent = 'as of ' + new Date().toLocaleTimeString();
    state.className = '';
  } catch (trouble) {
    if (mine !== turn) return;
    show(trouble);
    if (trouble.final) return;
  }
  timer = setTimeout(() => { if (!document.hidden) refresh(); }, REFRESH_MILLIS);
}

function show(trouble) {
  state.textContent = trouble.final ? '' : trouble.message + ' Trying again.';
  state.className = 'bad';
  if (trouble.final) {
    dialog.close();
    quiet();
    notify(trouble.message);
    view.replaceChildren();
  }
}

document.addEventListener('click', async ({ target }) => {
  const { order: path, question: text, find, before, close } = target.closest('button')?.dataset ?? {};
  if (path && (!text || await confirmed(text))) await order(path);
  if (find) {
    Object.assign(search, { state: '', type: '', queue: find, tag: '', before: '' });
    location.hash = 'jobs';
  }
  if (before !== undefined) {
    search.before = before;
    refresh();
  }
  if (close !== undefined) leaveJob();
});
document.addEventListener('submit', event => {
  event.preventDefault();
  for (const [name, value] of new FormData(event.target)) search[name] = value.trim();
  search.before = '';
  refresh();
});
question.addEventListener('click', ({ target }) => { if (target.value) question.close(target.value); });
dialog.addEventListener('close', () => { if (place().id) leaveJob(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
window.addEventListener('hashchange', () => { quiet(); refresh(); });
refresh();
