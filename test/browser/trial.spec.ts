import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { maybeRow } from '../../src/platform/db/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { axeFaults, fitsWidth, screenshot } from './browser.js';
import { raiseCurtain, type Character, type Stage } from './harness.js';

const BILL = fromRoot(join('test', 'fixtures', 'tenders', '01-maisons-ouvrieres-25-lignes.xlsx'));

const press = (tab: Page, name: string): Promise<void> => tab.getByRole('button', { name }).first().click();
const follow = (tab: Page, name: string): Promise<void> => tab.getByRole('link', { name }).first().click();

describe.each([
  ['with JavaScript', { javaScript: true, width: 1280 }],
  ['without JavaScript, on a phone', { javaScript: false, width: 375 }],
])('somebody without an account, %s', (_, visit) => {
  let stage: Stage;
  let builder: Character;

  beforeAll(async () => {
    stage = await raiseCurtain();
    builder = await stage.cast('contractor', 'Constructions Ougrée SA');
    const painters = await stage.cast('enterprise', 'Ateliers du Val Mosan');
    await stage.canDo(painters, ['45442100', '45410000', '45111300']);
  });
  afterAll(() => stage.stop());

  const look = async (tab: Page, name: string): Promise<void> => {
    await screenshot(tab, `trial-${name}-${visit.width}`);
    if (visit.javaScript) expect(await axeFaults(tab, { unsure: false })).toEqual([]);
    expect(await fitsWidth(tab)).toBe(true);
  };
  const heading = (tab: Page): Promise<string> => tab.locator('h1').innerText();

  /** From the first page to what was understood. */
  const arrive = async (tab: Page): Promise<void> => {
    await tab.goto(stage.service.url);
    await follow(tab, 'Essayer sans compte');
    await look(tab, 'try');
  };
  /** The page comes back by itself, with a script or without. */
  const understood = (tab: Page): Promise<void> =>
    tab.getByRole('heading', { name: 'Ce que nous avons compris' }).waitFor({ timeout: 50_000 });

  it('brings a file, sees what can be placed and why, signs in and has it as a draft', async () => {
    const { window, tab } = await stage.open(visit);
    await arrive(tab);
    await press(tab, 'Lire le fichier');
    expect(await tab.title()).toMatch(/^Erreur\s:/);
    await tab.setInputFiles('#file', BILL);
    await press(tab, 'Lire le fichier');
    await understood(tab);
    await look(tab, 'read');
    await follow(tab, 'Voir les paquets de travaux');
    expect(await tab.getByRole('row', { name: /peinture/i }).innerText()).toMatch(/une à quatre/);
    const why = tab.locator('details', { hasText: /peinture/i }).first();
    await why.locator('summary').click();
    expect(await why.innerText()).toMatch(/Feuille\s«\s.+\s», ligne\s\d+/);
    expect(await tab.locator('body').innerText()).not.toContain('Val Mosan');
    await look(tab, 'packages');
    await follow(tab, 'J’ai un compte : me connecter');
    await stage.signIn(tab, builder);
    await press(tab, 'Le garder comme brouillon');
    expect(await tab.getByText('Le marché est gardé comme brouillon.').isVisible()).toBe(true);
    expect(await tab.locator('ol.m-tasks').isVisible()).toBe(true);
    const draft = tab.url();
    await look(tab, 'draft');
    // The way back leads to the draft, not to a second one.
    await tab.goBack();
    await tab.reload();
    expect(tab.url()).toBe(draft);
    await window.close();
  });

  it('takes the sample, creates an account by a mail that another browser opens, and keeps it there', async () => {
    const { window, tab } = await stage.open(visit);
    await arrive(tab);
    await press(tab, 'Essayer avec un exemple');
    await understood(tab);
    await follow(tab, 'Le garder : créer un compte');
    await look(tab, 'register');
    await tab.fill('#enterpriseNumber', visit.javaScript ? 'BE 0403.170.701' : 'BE 0123.456.749');
    await tab.fill('#organisationName', 'Constructions Meuse');
    await tab.fill('#name', 'Nora Petit');
    await tab.fill('#email', 'nora@constructions.example');
    await press(tab, 'Recevoir le lien');
    expect(await tab.getByText('dans n’importe quel navigateur').isVisible()).toBe(true);
    await window.close();
    const mail = await eventually(() =>
      stage.service.database.transaction(SYSTEM, (tx) =>
        maybeRow<{ body: string }>(
          tx,
          `SELECT body FROM platform.outbox_mail WHERE recipient LIKE '%nora@constructions.example%'`,
        ),
      ),
    );
    const link = /\/register\/[\w-]+/.exec(mail.body)![0];
    const elsewhere = await stage.open(visit);
    await elsewhere.tab.goto(`${stage.service.url}${link}`);
    await elsewhere.tab.fill('#password', 'trois péniches sur la Meuse');
    await elsewhere.tab.locator('main button[type=submit]').first().click();
    await understood(elsewhere.tab);
    await press(elsewhere.tab, 'Le garder comme brouillon');
    expect(await elsewhere.tab.getByText('Le marché est gardé comme brouillon.').isVisible()).toBe(true);
    expect(await heading(elsewhere.tab)).toContain('ateliers');
    await elsewhere.window.close();
  });
});
