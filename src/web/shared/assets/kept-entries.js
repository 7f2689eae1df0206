// What is entered in a long form and not yet sent stays in this browser: after a crash, a closed window or a new sign-in
// the page puts it back. It goes when it was sent, at sign-out, when somebody else signs in, and after a month.

const MONTH_MS = 30 * 86_400_000;
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

/** Of all that is kept, what this page tells to be over or not yet sent after all. */
function settle() {
  // A form that was sent and led on to another page was taken; one that led to signing in was not.
  const ledOn = performance.getEntriesByType('navigation')[0]?.redirectCount > 0;
  return store('readwrite', (entries) => {
    entries.openCursor().addEventListener('success', ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const kept = cursor.value;
      const isOver = Date.now() - kept.at > MONTH_MS || (viewer !== '' && kept.viewer !== viewer);
      if (isOver || (viewer !== '' && kept.isSent && ledOn)) cursor.delete();
      else if (kept.isSent) cursor.update({ ...kept, isSent: false });
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

/** Which state of the thing the form is about: its hidden version. */
function stateOf(form) {
  return form.elements.namedItem('version')?.value ?? '';
}

const asText = (entries) => JSON.stringify(entries.map(({ name, value }) => [name, value]));

/** @param addChoice makes a box for a choice that was found by searching and is not on the page */
function putBack(form, kept, addChoice) {
  for (const { name, value, label } of kept) {
    const isThere = [...form.elements].some((field) => field.name === name && field.value === value);
    if (!isThere && label !== '') addChoice?.(form, { name, value, label });
  }
  const next = Map.groupBy(kept, ({ name }) => name);
  for (const field of [...form.elements].filter(isEntry)) {
    const values = next.get(field.name) ?? [];
    const isChosen = values.some(({ value }) => value === field.value);
    const before = isChoice(field) ? field.checked : field.value;
    if (!isChoice(field)) field.value = values.shift()?.value ?? '';
    else if (field.checked !== isChosen) field.click();
    if ((isChoice(field) ? field.checked : field.value) !== before)
      field.closest('details')?.setAttribute('open', '');
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

async function keep(form, addChoice) {
  const key = form.getAttribute('action');
  // A form that came back with problems shows by itself what was entered; it is as little sent as before.
  const isAnswer = document.querySelector('.govuk-error-summary') !== null;
  const shown = isAnswer ? null : asText(entriesOf(form));
  const kept = isAnswer ? undefined : await store('readonly', (entries) => entries.get(key));
  const forget = () => store('readwrite', (entries) => entries.delete(key));
  if (kept && asText(kept.entries) === shown) await forget();
  else if (kept && kept.state !== stateOf(form)) {
    const box = say(form, form.dataset.entriesOutdated, () => forget().then(() => box.remove()), [
      listOf(form, kept.entries),
    ]);
  } else if (kept) {
    putBack(form, kept.entries, addChoice);
    say(form, form.dataset.entriesBack, () => forget().then(() => location.reload()));
  }

  let isSent = false;
  const write = () => {
    const entries = entriesOf(form);
    if (asText(entries) === shown && !isSent) return forget();
    const record = { entries, state: stateOf(form), viewer, at: Date.now(), isSent };
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
    isSent = true;
    void write();
  });
}

/** Where a browser keeps nothing, the pages work as without. */
export async function rememberEntries(addChoice) {
  try {
    await settle();
    const forms = [...document.querySelectorAll('form[data-keep-entries]')];
    await Promise.all(forms.map((form) => keep(form, addChoice)));
  } catch {
    return;
  }
  document
    .querySelector('form[data-sign-out]')
    ?.addEventListener('submit', () => void store('readwrite', (entries) => entries.clear()));
}
