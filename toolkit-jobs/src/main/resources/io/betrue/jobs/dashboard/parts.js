// Builds elements from text only, and brings a page up to date without taking focus, scroll or open details from whoever uses it.

export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const keyOf = node => node.dataset?.key;
const alike = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

/** Makes the children of an element like the new ones; what is alike stays, and rows are known by their key. */
export function fill(parent, wanted) {
  const keys = new Set(wanted.map(keyOf));
  for (const child of [...parent.childNodes]) {
    if (keyOf(child) !== undefined && !keys.has(keyOf(child))) child.remove();
  }
  let at = parent.firstChild;
  for (const node of wanted) {
    const key = keyOf(node);
    const known = key === undefined ? null : [...parent.children].find(child => keyOf(child) === key);
    if (at && alike(at, node)) {
      const next = at.nextSibling;
      bring(at, node);
      at = next;
    } else if (known) {
      parent.insertBefore(known, at);
      bring(known, node);
    } else {
      parent.insertBefore(node, at);
      if (at && key === undefined && keyOf(at) === undefined) {
        const next = at.nextSibling;
        at.remove();
        at = next;
      }
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function bring(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(old.nodeName === 'DETAILS' && name === 'open')) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  fill(old, [...fresh.childNodes]);
}

/** A table; columns are [heading, class], rows are {key, cells}. On narrow screens each row is a card, and its cells carry their headings. */
export function table(columns, rows, empty) {
  if (rows.length === 0) return el('p', { class: 'empty' }, empty);
  const head = el('tr', {}, ...columns.map(([heading, kind]) => el('th', { scope: 'col', class: kind }, heading)));
  const body = rows.map(({ key, cells }) => el('tr', { 'data-key': key },
    ...cells.map((cell, i) => el('td', { class: columns[i][1], 'data-label': columns[i][0] }, el('div', {}, cell ?? '')))));
  return el('div', { class: 'card' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A moment: today's by its clock time alone. */
export function time(text) {
  if (!text) return '–';
  const moment = new Date(text);
  const today = moment.toDateString() === new Date().toDateString();
  return el('time', { datetime: text, title: text }, (today ? CLOCK : FORMAT).format(moment));
}

export function span(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return Math.round(seconds * 1000) + ' ms';
  if (seconds < 120) return Math.round(seconds) + ' s';
  if (seconds < 7200) return Math.round(seconds / 60) + ' min';
  if (seconds < 172800) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' days';
}

export function pretty(json) {
  try { return JSON.stringify(JSON.parse(json), null, 2); } catch { return json; }
}
