// Makes pages better where JavaScript runs; every page works without it.
import {
  createAll,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from './govuk-frontend.min.js';
import { rememberEntries } from './kept-entries.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}

// A page that waits for the worker looks again by itself.
const waiting = document.querySelector('[data-reload-seconds]');
if (waiting) setTimeout(() => window.location.reload(), Number(waiting.dataset.reloadSeconds) * 1000);

// Ctrl+Enter anywhere in the form presses its main button: a row of packages is reviewed without the mouse.
for (const form of document.querySelectorAll('form[data-send-with-keys]')) {
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(`button[name="${form.dataset.sendWithKeys}"]`));
  });
}

// Single keys press what the list of keys names, never while somebody types; they can be turned off (WCAG 2.1.4).
const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
for (const list of document.querySelectorAll('[data-keys]')) {
  const isOn = list.querySelector('[data-keys-on]');
  isOn.checked = localStorage.getItem('single-keys') !== 'off';
  isOn.addEventListener('change', () => localStorage.setItem('single-keys', isOn.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    if (!isOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing)
      return;
    if (event.target.closest(TYPED_INTO)) return;
    const key = list.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    const wanted = key && document.querySelector(key.dataset.at);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches('a, button')) wanted.click();
    else wanted.focus();
  });
}

void rememberEntries((form, { value, label }) =>
  form.querySelector('[data-trade-search]')?.append(tradeBox({ code: value, label })),
);

// What is entered is kept field by field: a crash loses the current one at most.
for (const form of document.querySelectorAll('form[data-keep-draft]')) {
  const said = form.querySelector('[data-kept-said]');
  let timer;
  let last = Promise.resolve();
  form.addEventListener('change', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const body = new URLSearchParams(new FormData(form));
      body.delete('_once');
      body.set('act', 'keep-quietly');
      last = last
        .then(() => keepEntries(form, body))
        .then((kept) => {
          said.textContent = kept ? form.dataset.kept : form.dataset.notKept;
          return kept;
        });
    }, 300);
  });
  // The form is sent whole: nothing older may come after it.
  form.addEventListener('submit', () => clearTimeout(timer));
}

async function keepEntries(form, body) {
  try {
    return (await fetch(form.getAttribute('action'), { method: 'POST', body, redirect: 'manual' })).ok;
  } catch {
    return false;
  }
}

// Codes are found while one types; without JavaScript the button asks the server for the same.
for (const search of document.querySelectorAll('[data-trade-search]')) {
  const form = search.closest('form');
  const input = search.querySelector('input');
  const found = document.createElement('div');
  const said = document.createElement('p');
  said.className = 'govuk-body m-small';
  said.setAttribute('role', 'status');
  search.append(said, found);
  let timer;
  const show = (items) => {
    const kept = [...found.querySelectorAll('input:checked')].map((box) =>
      box.closest('.govuk-checkboxes__item'),
    );
    const known = new Set([...form.querySelectorAll('input[name="trades"]')].map((box) => box.value));
    for (const box of found.querySelectorAll('input')) known.delete(box.value);
    for (const item of kept) known.add(item.querySelector('input').value);
    found.className = 'govuk-checkboxes govuk-checkboxes--small';
    found.replaceChildren(...kept, ...items.filter(({ code }) => !known.has(code)).map(foundBox));
    said.textContent = items.length > 0 ? search.dataset.tradeSearchSome : search.dataset.tradeSearchNone;
  };
  input.setAttribute('autocomplete', 'off');
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const question = input.value.trim();
      if (question.length < 3) return;
      const language = document.documentElement.lang;
      const query = new URLSearchParams({ q: question, lang: language });
      const answer = await fetch(`${search.dataset.tradeSearch}?${query}`);
      if (answer.ok && input.value.trim() === question) show((await answer.json()).items);
    }, 250);
  });
  // What was typed is a question, not an answer: ticked codes are sent, the words are not.
  form.addEventListener('submit', (event) => {
    if (event.submitter?.name !== 'search' && /\p{L}/u.test(input.value)) input.value = '';
  });
}

const foundBox = ({ code, label }) => tradeBox({ code, label: `${label} (${code})` });

function tradeBox({ code, label }) {
  const item = document.createElement('div');
  item.className = 'govuk-checkboxes__item';
  const box = document.createElement('input');
  Object.assign(box, { type: 'checkbox', name: 'trades', value: code, id: `found-${code}` });
  box.className = 'govuk-checkboxes__input';
  const text = document.createElement('label');
  text.className = 'govuk-label govuk-checkboxes__label';
  text.htmlFor = box.id;
  text.textContent = label;
  item.append(box, text);
  return item;
}
