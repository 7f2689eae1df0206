// What is entered in a long form and not yet sent stays in this browser: after a crash, a closed window or a new sign-in
// the page puts it back. It goes when it was sent, at sign-out, when somebody else signs in, and after a month.

const MONTH_MS = 30 * 86_400_000;
const SENT = 'maillon-sent';
const viewer = document.body.dataset.viewer ?? '';

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open('maillon', 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore('entries'));
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error));
});

/** Written to the disk when the promise is kept, so that a killed browser has it. */
async function store(mode, work) {
  const transaction = (await opened).transaction('entries', mode, { durability: 'strict' });
  const request = work(transaction.objectStore('entries'));
  await new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
  return request?.result;
}

/** Which form was sent from this window just before, so that this page answers it. */
function takeSent() {
  const key = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  return key;
}

/** Only a page that says "done" says that a form was taken. */
const wasTaken = viewer !== '' && document.querySelector('.govuk-notification-banner--success') !== null;

/** Deletes what this page tells to be over. */
function settle(sent) {
  return store('readwrite', (entries) => {
    if (sent && wasTaken) entries.delete(sent);
    entries.openCursor().addEventListener('success', ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const { at, viewer: whose } = cursor.value;
      if (Date.now() - at > MONTH_MS || (viewer !== '' && whose !== viewer)) cursor.delete();
      cursor.continue();
    });
  });
}

const isEntry = ({ name, type }) =>
  name !== '' && !['hidden', 'submit', 'button', 'file', 'password'].includes(type);
const isChoice = ({ type }) => type === 'checkbox' || type === 'radio';

function entriesOf(form) {
  return [...form.elements]
    .filter((field) => isEntry(field) && (!isChoice(field) || field.checked))
    .map((field) => ({ name: field.name, value: field.value, label: labelOf(field) }));
}

function labelOf(field) {
  return isChoice(field) ? (field.labels?.[0]?.textContent.trim() ?? '') : '';
}

const asText = (entries) => JSON.stringify(entries.map(({ name, value }) => [name, value]));

/** What a form holds, and the state of the thing it is about: its hidden fields, but for the tokens of this page. */
function stateOf(form) {
  const state = [...form.elements].filter(({ type, name }) => type === 'hidden' && !name.startsWith('_'));
  return asText([...entriesOf(form), ...state]);
}

/** A form is known by where it is sent and by what the server says it is about. */
const keyOf = (form) => `${form.getAttribute('action')} ${form.dataset.keepEntries}`;

const valueOf = (field) => (isChoice(field) ? field.checked : field.value);

/** A form before anybody could enter something: reading what was kept takes a moment, in which people type. */
function asLoaded(form) {
  return {
    form,
    state: stateOf(form),
    values: new Map([...form.elements].map((field) => [field, valueOf(field)])),
  };
}

/**
 * Fields that came since what was entered stay as they are, and so does what was typed in the meantime.
 * @param addChoice makes a box for a choice that was found by searching and is not on the page
 */
function putBack({ form, values }, { entries: kept, names }, addChoice) {
  for (const { name, value, label } of kept) {
    const isThere = [...form.elements].some((field) => field.name === name && field.value === value);
    if (!isThere && label !== '') addChoice?.(form, { name, value, label });
  }
  const left = [...kept];
  for (const field of [...form.elements].filter((one) => isEntry(one) && names.includes(one.name))) {
    const before = valueOf(field);
    const isTyped = values.has(field) && values.get(field) !== before;
    if (isChoice(field)) {
      const isChosen = kept.some(({ name, value }) => name === field.name && value === field.value);
      if (field.checked !== isChosen && !isTyped) field.click();
    } else {
      const at = left.findIndex(({ name }) => name === field.name);
      const value = at === -1 ? '' : left.splice(at, 1)[0].value;
      if (!isTyped) field.value = value;
      // For what counts letters, or keeps a draft.
      if (field.value !== before) field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (valueOf(field) !== before) field.closest('details')?.setAttribute('open', '');
  }
}

/** What was entered, in the words of the fields. */
function listOf(form, kept) {
  const list = document.createElement('dl');
  list.className = 'm-facts';
  for (const { name, value, label } of kept.filter((entry) => entry.value !== '')) {
    const field = [...form.elements].find((one) => one.name === name);
    const words = label === '' ? field?.labels?.[0] : field?.closest('fieldset')?.querySelector('legend');
    const fact = document.createElement('div');
    fact.className = 'm-facts__fact';
    fact.append(
      Object.assign(document.createElement('dt'), {
        className: 'm-facts__name',
        textContent: words?.textContent.trim() ?? name,
      }),
      Object.assign(document.createElement('dd'), {
        className: 'm-facts__value',
        textContent: label === '' ? value : label,
      }),
    );
    list.append(fact);
  }
  return list;
}

/** @param more what follows the sentence */
function say(form, text, forget, more = []) {
  const box = document.createElement('div');
  box.className = 'govuk-inset-text';
  box.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'govuk-button govuk-button--secondary';
  button.textContent = form.dataset.entriesForget;
  button.addEventListener('click', forget);
  box.append(Object.assign(document.createElement('p'), { textContent: text }), ...more, button);
  form.prepend(box);
  return box;
}

async function keep(loaded, sent, addChoice) {
  const { form, state: now } = loaded;
  // A form that comes back shows by itself what was entered, with problems or what was searched; it is not taken yet.
  const isOfForm = sent?.startsWith(`${form.getAttribute('action')} `) === true && !wasTaken;
  const isAnswer = isOfForm || document.querySelector('.govuk-error-summary') !== null;
  const key = isOfForm ? sent : keyOf(form);
  const kept = await store('readonly', (entries) => entries.get(key));
  // What the page showed when entering began.
  const shown = isAnswer ? kept?.shown : now;
  const forget = () => store('readwrite', (entries) => entries.delete(key));
  const isUnsent = kept && !isAnswer;
  if (isUnsent && kept.now === now) await forget();
  // From here to the listeners nobody can type.
  const isTyped = [...loaded.values].some(([field, value]) => valueOf(field) !== value);
  if (isUnsent && kept.now !== now) {
    if (kept.shown !== shown) {
      const box = say(form, form.dataset.entriesOutdated, () => forget().then(() => box.remove()), [
        listOf(form, kept.entries),
      ]);
    } else {
      putBack(loaded, kept, addChoice);
      say(form, form.dataset.entriesBack, () => forget().then(() => location.reload()));
    }
  }

  const write = () => {
    const entries = entriesOf(form);
    const state = stateOf(form);
    if (state === shown) return forget();
    const names = [...new Set([...form.elements].filter(isEntry).map(({ name }) => name))];
    const record = { entries, names, now: state, shown, viewer, at: Date.now() };
    return store('readwrite', (all) => all.put(record, key));
  };
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
  form.addEventListener('change', () => {
    clearTimeout(timer);
    void write();
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    sessionStorage.setItem(SENT, key);
    void write();
  });
  if (isTyped) await write();
}

/** Where a browser keeps nothing, the pages work as without. */
export async function rememberEntries(addChoice) {
  // Before all that may fail: on a machine that is shared nothing stays.
  document.addEventListener('submit', ({ target }) => {
    if (target.matches('[data-sign-out]')) void store('readwrite', (entries) => entries.clear());
  });
  try {
    const forms = [...document.querySelectorAll('form[data-keep-entries]')].map(asLoaded);
    const sent = takeSent();
    await settle(sent);
    await Promise.all(forms.map((form) => keep(form, sent, addChoice)));
  } catch {
    // Entered anew, as without scripts.
  }
}
