// What is to be seen of a room. What people wrote only ever becomes text.

const KEPT = 500; // messages on the page
const HUES = 8;
const TOGETHER = 5 * 60_000; // what one says within this time stands under one name

export const byId = id => document.getElementById(id);

const log = byId('log');
const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});
const day = new Intl.DateTimeFormat(undefined, {dateStyle: 'full'});

let last = null; // {from, at} of the message above, if nothing came in between
let lastDay = ''; // of the message above, or today, which needs no mention

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// --- messages ---------------------------------------------------------------------------------------

export function showMessage(said, mine) {
  const follow = isAtEnd();
  showDay(said.at);
  const joined = last && last.from === said.from && said.at - last.at < TOGETHER;
  const message = element('div', 'message hue' + said.from % HUES);
  message.classList.toggle('mine', mine);
  message.classList.toggle('joined', Boolean(joined));
  if (!joined) {
    const head = element('p', 'head');
    const who = element('bdi', 'who', said.name);
    const time = element('time', '', clock.format(said.at));
    time.dateTime = new Date(said.at).toISOString();
    head.append(who, ' ', time);
    message.append(head);
  }
  const text = element('p', 'text', said.message);
  text.dir = 'auto';
  message.append(text);
  last = {from: said.from, at: said.at};
  append(message, follow || mine);
}

export function showNote(text) {
  const follow = isAtEnd();
  last = null;
  append(element('p', 'note', text), follow);
}

function showDay(at) {
  const name = day.format(at);
  if (name === lastDay) return;
  lastDay = name;
  last = null;
  log.append(element('p', 'note', name));
}

function append(line, follow) {
  log.append(line);
  while (log.childElementCount > KEPT) log.firstElementChild.remove();
  if (follow) {
    toEnd();
  } else {
    byId('newest').hidden = false;
  }
}

// Shows many without having them read out.
export function quietly(show) {
  log.setAttribute('aria-live', 'off');
  show();
  toEnd();
  // A turn later, as what reads out looks when the page is drawn.
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 100);
}

export function clearLog() {
  log.replaceChildren();
  last = null;
  lastDay = day.format(Date.now());
}

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 40;
}

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  byId('newest').hidden = true;
}

log.addEventListener('scroll', () => {
  if (isAtEnd()) byId('newest').hidden = true;
}, {passive: true});
byId('newest').addEventListener('click', () => {
  toEnd();
  byId('text').focus();
});
new ResizeObserver(() => {
  if (byId('newest').hidden) toEnd();
}).observe(log);

// --- people and rooms -------------------------------------------------------------------------------

export function people(count) {
  return count === 1 ? '1 person' : count + ' people';
}

// members: a map from ids to names; empty if they are too many to tell
export function showMembers(members, me) {
  byId('peopleCount').textContent = (members.size ? people(members.size) : 'many people') + ' here';
  byId('members').replaceChildren(...[...members].map(([id, name]) => {
    const item = element('li', 'hue' + id % HUES);
    item.append(element('bdi', 'who', name));
    if (id === me) item.append(' (you)');
    return item;
  }));
}

export function showRooms(rooms, join) {
  byId('noRooms').hidden = rooms.length > 0;
  byId('rooms').replaceChildren(...rooms.map(room => {
    const button = element('button', 'quiet');
    button.type = 'button';
    button.append(element('bdi', '', room.name), element('span', 'hint', ' ' + people(room.members.length)));
    button.addEventListener('click', () => join(room.name));
    const item = element('li');
    item.append(button);
    return item;
  }));
}

// --- the state --------------------------------------------------------------------------------------

export function showState(text, live) {
  byId('state').textContent = text;
  byId('state').classList.toggle('live', live);
}
