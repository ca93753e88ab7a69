import {Lifeline} from './lifeline.js';
import {byId, clearLog, people, quietly, showMembers, showMessage, showNote, showRooms, showState, toEnd} from './view.js';

const ROOMS_EVERY = 5_000;

const name = byId('name');
const room = byId('room');
const text = byId('text');
const wide = matchMedia('(min-width: 48rem)');

let lifeline = null; // while in a room
let me = 0;
let server = '';
let seen = 0; // the number of the last message shown
let longest = 0;
const mine = new Set(); // every id that was ours, as each coming back gives a new one
const members = new Map();

// --- going in and out -------------------------------------------------------------------------------

function join() {
  problem('');
  localStorage.setItem('name', name.value);
  history.replaceState(null, '', '#' + encodeURIComponent(room.value));
  clearLog();
  server = '';
  seen = 0;
  mine.clear();
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const query = new URLSearchParams({room: room.value, name: name.value});
  lifeline = new Lifeline(`${scheme}//${location.host}/chat?${query}`, {
    opening: () => showState(me ? 'connecting again' : 'connecting', false),
    message: data => hear(JSON.parse(data)),
    lost,
    refused,
  });
}

function leave() {
  lifeline.end();
  outside();
  name.focus();
}

function outside() {
  lifeline = null;
  me = 0;
  byId('chat').hidden = true;
  byId('door').hidden = false;
  byId('retry').hidden = true;
  document.title = 'Heddle chat';
  showState('', false);
  askForRooms();
}

function lost(seconds) {
  byId('retry').hidden = false;
  byId('send').disabled = true;
  showState(`${me ? 'the connection is lost' : 'no answer'}; trying again in ${seconds} s`, false);
}

function refused(reason) {
  outside();
  problem(reason);
  (/room/i.test(reason) ? room : name).focus();
}

function problem(reason) {
  byId('problem').textContent = reason;
}

// --- what comes -------------------------------------------------------------------------------------

function hear(event) {
  switch (event.type) {
    case 'welcome': return welcome(event);
    case 'message': return said(event);
    case 'joined':
      members.set(event.id, event.name);
      showMembers(members, me);
      return showNote(event.name + ' came in');
    case 'crowded': return present(event.members);
    case 'left':
      members.delete(event.id);
      showMembers(members, me);
      return showNote(event.name + ' left');
    case 'refused': return hint(event.reason);
  }
}

function welcome(event) {
  const again = me !== 0;
  me = event.id;
  mine.add(me);
  longest = event.longest;
  text.maxLength = longest;
  present(event.members);
  if (event.server !== server) {
    server = event.server;
    seen = 0;
  }
  byId('door').hidden = true;
  byId('chat').hidden = false;
  quietly(() => event.history.forEach(said));
  byId('roomName').textContent = '#' + event.room;
  document.title = '#' + event.room + ' – Heddle chat';
  byId('retry').hidden = true;
  byId('send').disabled = false;
  hint('');
  showState('live', true);
  if (again) {
    showNote('You are back');
  } else {
    showNote(`You are in #${event.room} with ${company()}`);
    text.focus();
  }
}

// others: null if they are too many to tell
function present(others) {
  members.clear();
  for (const other of others ?? []) members.set(other.id, other.name);
  if (others) members.set(me, name.value.trim());
  showMembers(members, me);
}

function company() {
  return members.size === 0 ? 'many people' : members.size === 1 ? 'nobody else' : people(members.size - 1);
}

function said(event) {
  if (event.number <= seen) return; // shown before the connection was lost
  seen = event.number;
  showMessage(event, mine.has(event.from));
}

// --- what is said -----------------------------------------------------------------------------------

function say() {
  const message = text.value.trim();
  if (!message) return;
  if (!lifeline.isOpen) {
    hint('Not sent: there is no connection. What you wrote stays here.');
    return;
  }
  lifeline.send({message});
  text.value = '';
  grow();
}

function hint(words) {
  byId('sayHint').textContent = words;
}

function grow() {
  text.style.height = 'auto';
  text.style.height = text.scrollHeight + 'px';
  const left = longest - text.value.length;
  hint(longest && left < 200 ? (left === 1 ? '1 character left' : left + ' characters left') : '');
}

// --- rooms with people in them ----------------------------------------------------------------------

async function askForRooms() {
  if (lifeline || document.hidden) return;
  try {
    const answer = await fetch('/rooms');
    const {rooms} = await answer.json();
    showRooms(rooms, chosen => {
      room.value = chosen;
      byId('doorForm').requestSubmit();
    });
  } catch {
    // It is asked again soon.
  }
}

// --- what the person does ---------------------------------------------------------------------------

byId('doorForm').addEventListener('submit', event => {
  event.preventDefault();
  if (!lifeline) join();
});
byId('say').addEventListener('submit', event => {
  event.preventDefault();
  say();
});
text.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say();
});
text.addEventListener('input', grow);
text.addEventListener('focus', toEnd);
byId('leave').addEventListener('click', leave);
byId('retry').addEventListener('click', () => {
  lifeline?.retry();
  text.focus();
});

addEventListener('online', () => lifeline?.retry());
addEventListener('offline', () => lifeline?.drop());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    lifeline?.retry();
    askForRooms();
  }
});
const unfold = () => { byId('people').open = wide.matches; };
wide.addEventListener('change', unfold);

unfold();
name.value = localStorage.getItem('name') ?? '';
try {
  room.value = decodeURIComponent(location.hash.slice(1)) || 'lobby';
} catch {
  room.value = 'lobby';
}
name.focus();
askForRooms();
setInterval(askForRooms, ROOMS_EVERY);
