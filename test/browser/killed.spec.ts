import type { Page } from 'playwright-core';
import { rows } from '../../src/platform/db/index.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { raiseCurtain, type Character, type Stage } from './harness.js';
import { MortalBrowser } from './mortal-browser.js';

const BILL = `Projet;Rénovation du hall PLACE;;;;
Lieu;4100 Seraing;;;;
Poste;Désignation;Unité;Quantité;Prix unitaire;Total
1;PEINTURE;;;;
1.1;Peinture des murs intérieurs, deux couches;m2;100;20,00;2000,00
1.2;Peinture des plafonds;m2;50;20,00;1000,00`;

/** KILLED_JOURNEYS=10 for fifty kills. */
const JOURNEYS = Number(process.env['KILLED_JOURNEYS'] ?? 1);
const KILLS = 5;
const SEED = Number(process.env['SEED'] ?? Date.now() % 100_000);

interface Act {
  /** An entry: killed right after it, it may be lost, and is made again. Else the way to a next page. */
  readonly isEntry: boolean;
  readonly does: (tab: Page) => Promise<unknown>;
}

const enter = (selector: string, text: string): Act => ({
  isEntry: true,
  does: (tab) => tab.fill(selector, text),
});
const tick = (selector: string): Act => ({
  isEntry: true,
  does: (tab) => tab.locator(selector).first().check(),
});
const press = (name: string | RegExp): Act => ({
  isEntry: false,
  does: (tab) => tab.getByRole('button', { name }).first().click(),
});
const follow = (name: string | RegExp): Act => ({
  isEntry: false,
  does: (tab) => tab.getByRole('link', { name }).first().click(),
});

const ask = (number: number, text: string): Act => ({
  isEntry: true,
  async does(tab) {
    const field = tab.getByLabel(`Question ${number}`, { exact: true });
    if (!(await field.isVisible())) await tab.getByText('D’autres questions').click();
    await field.fill(text);
  },
});

/** From the file to publishing, an act for each field and each button. */
const POSTING: readonly Act[] = [
  press('Former les paquets de travaux'),
  follow(/^Peinture/i),
  enter('#value', '2500,50'),
  enter('#startsOn', '2027-02-01'),
  enter('#endsOn', '2027-03-15'),
  {
    isEntry: true,
    async does(tab) {
      await tab.fill('#trade', 'carrelage');
      await tab.locator('#found-45431000').check();
    },
  },
  press('Proposer aux entreprises sociales'),
  follow('Dire qui est l’acheteur'),
  {
    isEntry: false,
    async does(tab) {
      while (/\/buyer\/(?!check)/.test(tab.url())) {
        await tab.locator('main input[type=radio]').first().check();
        await tab.getByRole('button', { name: 'Continuer' }).click();
      }
    },
  },
  press('Confirmer'),
  tick('input[name=clause]'),
  press('Choisir cette clause'),
  enter('#deadlineDay', '2027-01-20'),
  enter('#deadlineTime', '15:30'),
  tick('input[name=visibility][value=public]'),
  ask(1, 'Combien de personnes formez-vous ?'),
  ask(2, 'Avez-vous votre matériel ?'),
  ask(3, 'Quand pouvez-vous commencer ?'),
  press(/^Publier/),
];

/** Whole numbers below `most`, always the same from the same seed. @source Numerical Recipes, linear congruence */
function numbersFrom(seed: number): (most: number) => number {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** What this browser keeps, by form. */
const keptIn = (tab: Page): Promise<[string, { readonly name: string; readonly value: string }[]][]> =>
  tab.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)));
    const database = await done(indexedDB.open('maillon', 1));
    const store = database.transaction('entries').objectStore('entries');
    const [keys, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return records.map(({ entries }, at) => [String(keys[at]), entries] as const);
  }) as never;

/** Until so many forms are kept in this browser. */
const untilKept = (tab: Page, count: number): Promise<true> =>
  eventually(async () => ((await keptIn(tab)).length === count ? true : null));

/** The form of the page that is kept, and what its fields hold, in their order; null where nothing was entered. */
const formOf = (
  tab: Page,
): Promise<{ key: string; held: string[][]; says: boolean; isNew: boolean } | null> =>
  tab.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[data-keep-entries]');
    if (!form) return null;
    const fields = ([...form.elements] as HTMLInputElement[]).filter(
      ({ name, type }) => name !== '' && !['hidden', 'submit', 'button', 'file', 'password'].includes(type),
    );
    const held = fields.filter(({ type, checked }) => !['checkbox', 'radio'].includes(type) || checked);
    return {
      key: `${form.getAttribute('action')} ${form.dataset['keepEntries']}`,
      held: held.map(({ name, value }) => [name, value]),
      says: form.querySelector('[role=status]') !== null,
      isNew: fields.every(
        ({ value, defaultValue, checked, defaultChecked, type }) =>
          type.startsWith('select') ||
          (['checkbox', 'radio'].includes(type) ? checked === defaultChecked : value === defaultValue),
      ),
    };
  });

/** Until the page has put back what was kept of its form. */
const untilPutBack = (tab: Page): Promise<true> =>
  eventually(async () => {
    const form = await formOf(tab);
    const waits = form !== null && !form.says && (await keptIn(tab)).some(([key]) => key === form.key);
    return waits ? null : true;
  });

/** Until this browser keeps what was entered: before that nobody has entered it, but for the field of the moment. */
const untilWritten = (tab: Page): Promise<true> =>
  eventually(async () => {
    const form = await formOf(tab);
    if (form === null || form.isNew) return true;
    const kept = (await keptIn(tab)).map(([, entries]) => entries.map(({ name, value }) => [name, value]));
    return kept.some((entries) => JSON.stringify(entries) === JSON.stringify(form.held)) ? true : null;
  });

describe('a browser that is killed while somebody posts a tender', () => {
  let stage: Stage;
  let builder: Character;
  beforeAll(async () => {
    stage = await raiseCurtain();
    builder = await stage.cast('contractor', 'Constructions Ougrée SA');
  });
  afterAll(() => stage.stop());

  const comeBack = async (browser: MortalBrowser, url: string): Promise<Page> => {
    const tab = await browser.start();
    await tab.goto(url);
    if (tab.url().includes('sign-in')) await stage.signIn(tab, builder);
    await tab.waitForURL(url);
    await tab.waitForLoadState('load');
    await untilPutBack(tab);
    return tab;
  };

  const stored = async (tenderId: string): Promise<unknown> => {
    const [found] = await stage.service.database.transaction(SYSTEM, (tx) =>
      rows(
        tx,
        `SELECT p.value::text AS value, p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", t.deadline,
                (SELECT a.kind FROM tenders.audience a WHERE a.tender_id = t.id) AS visibility,
                t.questions, t.status, array(SELECT g.value FROM tagging.tag g WHERE g.package_id = p.id
                                     AND g.kind = 'trade' AND g.state = 'confirmed') AS trades
           FROM tenders.tender t JOIN tenders.work_package p ON p.tender_id = t.id AND p.offered WHERE t.id = $1`,
        [tenderId],
      ),
    );
    return found;
  };

  it.each(Array.from({ length: JOURNEYS }, (_, journey) => SEED + journey))(
    'loses the field of the moment at most (seed %i)',
    async (seed) => {
      const upTo = numbersFrom(seed);
      // All but the last act, after which there is nothing left to lose; none is drawn twice.
      const places = [...POSTING.keys()].slice(0, -1);
      const killedAfter = new Set(
        Array.from({ length: KILLS }, () => places.splice(upTo(places.length), 1)[0]),
      );
      const browser = new MortalBrowser();
      try {
        let tab = await comeBack(browser, `${stage.service.url}/contractor/tenders/new`);
        const buffer = Buffer.from(BILL.replace('PLACE', String(seed)));
        await tab.setInputFiles('#file', { name: 'metre.csv', mimeType: 'text/csv', buffer });
        await tab.getByRole('button', { name: 'Lire le fichier' }).click();
        await tab.waitForURL(/readings/);
        for (const [at, { isEntry, does }] of POSTING.entries()) {
          await does(tab);
          await tab.waitForLoadState('load');
          // The field of the moment may be lost, those before it may not.
          if (isEntry && !killedAfter.has(at)) await untilWritten(tab);
          if (killedAfter.has(at)) {
            const url = tab.url();
            await browser.kill();
            tab = await comeBack(browser, url);
            if (isEntry) await does(tab);
            if (isEntry) await untilWritten(tab);
          }
        }
        await tab.waitForURL(/\/board/);
        const id = /tenders\/([\w-]+)/.exec(tab.url())![1]!;
        expect(await stored(id)).toEqual({
          status: 'published',
          value: '2500.50',
          startsOn: '2027-02-01',
          endsOn: '2027-03-15',
          trades: expect.arrayContaining(['45431000']),
          deadline: new Date('2027-01-20T14:30:00Z'),
          visibility: 'public',
          questions: [
            'Combien de personnes formez-vous ?',
            'Avez-vous votre matériel ?',
            'Quand pouvez-vous commencer ?',
          ],
        });
      } finally {
        await browser.bury();
      }
    },
    360_000,
  );

  /** Signs the builder in and brings a bill. @returns the address of its package, which is open */
  const toPackage = async (tab: Page, place: string): Promise<string> => {
    const form = `${stage.service.url}/contractor/tenders/new`;
    await tab.goto(form);
    await stage.signIn(tab, builder);
    await tab.goto(form);
    const buffer = Buffer.from(BILL.replace('PLACE', place));
    await tab.setInputFiles('#file', { name: 'metre.csv', mimeType: 'text/csv', buffer });
    await tab.getByRole('button', { name: 'Lire le fichier' }).click();
    await tab.getByRole('button', { name: 'Former les paquets de travaux' }).click();
    await tab
      .getByRole('link', { name: /^Peinture/i })
      .first()
      .click();
    return tab.url();
  };

  it('is not what ends at sign-out, or when somebody else signs in: then nothing is left for the next', async () => {
    const other = await stage.cast('contractor', 'Autre chantier SA');
    const { window, tab } = await stage.open();
    const form = `${stage.service.url}/contractor/tenders/new`;
    const page = await toPackage(tab, 'de tous');
    const enterSomething = async (): Promise<void> => {
      await tab.goto(page);
      await tab.fill('#value', '777');
      await tab.locator('#value').blur();
      await untilKept(tab, 1);
    };
    await enterSomething();
    // The line breaks while it is sent: coming back by the first page, which leads on, it is still there.
    await tab.route(page, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await tab.locator('button[name=offer][value=no]').click();
    await tab.unroute(page);
    await tab.goto(stage.service.url);
    await tab.goto(page);
    await tab.getByRole('status').filter({ hasText: 'Les voici' }).waitFor();
    expect(await tab.inputValue('#value')).toBe('777');
    await tab.getByRole('button', { name: 'Se déconnecter' }).click();
    await tab.goto(form);
    await untilKept(tab, 0);
    await stage.signIn(tab, builder);
    await enterSomething();
    // Sent when the session had ended: it is there again after signing in.
    await window.clearCookies();
    await tab.locator('button[name=offer][value=no]').click();
    await tab.waitForURL(/sign-in/);
    await stage.signIn(tab, builder);
    await tab.goto(page);
    await tab.getByRole('status').filter({ hasText: 'Les voici' }).waitFor();
    expect(await tab.inputValue('#value')).toBe('777');
    // A colleague was faster: what was entered is shown beside what stands, until it is cleared.
    await stage.service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE tenders.work_package SET version = version + 1, value = 900 WHERE id = $1`, [
        page.split('/').at(-1),
      ]),
    );
    await tab.goto(page);
    const outdated = tab.getByRole('status').filter({ hasText: 'Elles n’ont pas été reprises' });
    expect(await outdated.textContent()).toContain('777');
    expect(await tab.inputValue('#value')).toMatch(/^900/);
    await tab.getByRole('button', { name: 'Les effacer' }).click();
    await outdated.waitFor({ state: 'detached' });
    await untilKept(tab, 0);
    await enterSomething();
    await window.clearCookies();
    await tab.goto(form);
    await stage.signIn(tab, other);
    await untilKept(tab, 0);
    await window.close();
  });

  it('keeps what is typed while the page still reads what was kept, and puts back the rest', async () => {
    const { window, tab } = await stage.open();
    const page = await toPackage(tab, 'des pressés');
    // The page's scripts have begun when this is heard, and wait for what the browser kept.
    const typeAtOnce = (id: string, value: string): Promise<unknown> =>
      tab.addInitScript(
        ([name, text]) =>
          addEventListener('DOMContentLoaded', () => {
            const field = document.querySelector<HTMLInputElement>(`#${name}`);
            if (field && sessionStorage.getItem('typed') !== name) field.value = text!;
            sessionStorage.setItem('typed', name!);
          }),
        [id, value],
      );
    const backWith = tab.getByRole('status').filter({ hasText: 'Les voici' });
    await typeAtOnce('value', '777');
    await tab.goto(page);
    await untilKept(tab, 1);
    await tab.goto(page);
    await backWith.waitFor();
    expect(await tab.inputValue('#value')).toBe('777');
    await typeAtOnce('startsOn', '2027-02-01');
    await tab.goto(page);
    await backWith.waitFor();
    expect([await tab.inputValue('#value'), await tab.inputValue('#startsOn')]).toEqual([
      '777',
      '2027-02-01',
    ]);
    await window.close();
  });

  it('has its menu on a phone when the scripts do not arrive', async () => {
    const { window, tab } = await stage.open({ width: 375 });
    await tab.goto(`${stage.service.url}/contractor/tenders/new`);
    await stage.signIn(tab, builder);
    await tab.waitForURL(/contractor/);
    await tab.route(/app.*\.js/, (route) => route.abort());
    await tab.reload();
    const menu = tab.getByRole('link', { name: 'Mes obligations' });
    await menu.waitFor();
    expect(await menu.isVisible()).toBe(true);
    await window.close();
  });
});
