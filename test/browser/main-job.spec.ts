import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { rows } from '../../src/platform/db/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { axeFaults, fitsWidth, screenshot } from './browser.js';
import { raiseCurtain, type Character, type Stage } from './harness.js';

const BILL = fromRoot(join('test', 'fixtures', 'tenders', '01-maisons-ouvrieres-25-lignes.xlsx'));

const press = (tab: Page, name: string | RegExp): Promise<void> =>
  tab.getByRole('button', { name }).first().click();

const choose = async (tab: Page, name: string): Promise<void> => {
  await tab.getByLabel(name, { exact: true }).check();
  await press(tab, 'Continuer');
};

describe.each([
  ['with JavaScript', { javaScript: true, width: 1280 }],
  ['without JavaScript, on a phone', { javaScript: false, width: 375 }],
])('the main job in pages, %s', (_, visit) => {
  let stage: Stage;
  let builder: Character;
  let painters: Character;
  let group: Character;
  let offer: { link: string; title: string };

  beforeAll(async () => {
    stage = await raiseCurtain();
    builder = await stage.cast('contractor', 'Constructions Ougrée SA');
    painters = await stage.cast('enterprise', 'Ateliers du Val Mosan');
    group = await stage.cast('working-group', 'Groupe de travail économie sociale');
    await stage.canDo(painters, ['45442100', '45410000', '45111300']);
  });
  afterAll(() => stage.stop());

  const look = async (tab: Page, name: string): Promise<void> => {
    await screenshot(tab, `main-job-${name}-${visit.width}`);
    if (visit.javaScript) expect(await axeFaults(tab, { unsure: false })).toEqual([]);
    expect(await fitsWidth(tab)).toBe(true);
  };
  it('lets a contractor bring a bill, offer a package and publish', async () => {
    const { window, tab } = await stage.open(visit);
    await tab.goto(stage.service.url);
    await look(tab, 'home');
    await tab.getByRole('link', { name: 'Se connecter' }).click();
    await stage.signIn(tab, builder);
    await look(tab, 'tenders-empty');
    await tab.locator('main').getByRole('link', { name: 'Apporter un marché' }).click();
    await press(tab, 'Lire le fichier');
    expect(await tab.title()).toMatch(/^Erreur\s:/);
    await tab.setInputFiles('#file', BILL);
    await press(tab, 'Lire le fichier');
    expect(await tab.locator('h1').innerText()).toContain('Ce que nous avons compris');
    await look(tab, 'reading');
    await press(tab, 'Former les paquets de travaux');
    await look(tab, 'tender');

    await tab
      .getByRole('row', { name: /peinture/i })
      .getByRole('link')
      .first()
      .click();
    await look(tab, 'package');
    const title = await tab.locator('h1').innerText();
    await tab.locator('#placeable').check();
    await tab.fill('#trade', '45442100');
    await press(tab, 'Proposer aux entreprises sociales');
    expect(await tab.getByText('Le paquet est proposé.').isVisible()).toBe(true);

    await tab.getByRole('link', { name: 'Dire qui est l’acheteur' }).click();
    await look(tab, 'buyer');
    await press(tab, 'Continuer');
    expect(await tab.title()).toMatch(/^Erreur\s:/);
    await choose(tab, 'Une entreprise ou une association privée');
    await choose(tab, 'Non, ou moins de la moitié');
    await choose(tab, 'Non');
    await choose(tab, 'Non');
    await look(tab, 'buyer-check');
    await press(tab, 'Confirmer');
    await look(tab, 'clauses');
    await tab.locator('input[name=clause]').first().check();
    await press(tab, 'Choisir cette clause');
    await look(tab, 'publish');
    await press(tab, /^Publier/);
    await eventually(async () => {
      // The page reloads itself while it waits: whoever loses that race asks again.
      if (!(await tab.goto(tab.url()).catch(() => null))) return null;
      return (await tab.getByRole('cell', { name: /Correspond/ }).count()) > 0 ? true : null;
    });
    await look(tab, 'board');
    expect(await tab.getByRole('rowheader', { name: 'Ateliers du Val Mosan' }).isVisible()).toBe(true);
    await tab
      .getByRole('link', { name: /^Pourquoi/ })
      .first()
      .click();
    await look(tab, 'match');
    offer = { title: title.split('\n').at(-1)!, link: '' };
    await window.close();
  });

  it('lets the enterprise follow the mail, see why, and answer', async () => {
    const mail = await eventually(async () => {
      const [sent] = await stage.service.database.transaction(SYSTEM, (tx) =>
        rows<{ body: string }>(
          tx,
          `SELECT body FROM platform.outbox_mail WHERE recipient LIKE $1 AND body LIKE '%/enterprise/opportunities/%'`,
          [`%${painters.email}%`],
        ),
      );
      return sent ?? null;
    });
    const link = /\/enterprise\/opportunities\/[0-9a-f-]{36}/.exec(mail.body)?.[0];
    const { window, tab } = await stage.open(visit);
    await tab.goto(`${stage.service.url}${link}`);
    await stage.signIn(tab, painters);
    expect(await tab.locator('h1').innerText()).toContain(offer.title);
    await look(tab, 'opportunity');
    await tab.getByRole('link', { name: 'Nous pouvons faire une partie' }).click();
    await press(tab, 'Envoyer la réponse');
    expect(await tab.title()).toMatch(/^Erreur\s:/);
    await look(tab, 'answer-problem');
    await tab.fill('#part', '600 m²');
    await press(tab, 'Envoyer la réponse');
    expect(await tab.getByText('Votre réponse est transmise à l’entreprise générale.').isVisible()).toBe(
      true,
    );
    await tab.goto(`${stage.service.url}/news`);
    await look(tab, 'news');
    await window.close();
  });

  it('shows the answer to the contractor and the figures to the working group', async () => {
    const { window, tab } = await stage.open(visit);
    await tab.goto(`${stage.service.url}/sign-in`);
    await stage.signIn(tab, builder);
    await tab.locator('main tbody').getByRole('link').first().click();
    expect(await tab.getByText('600 m²').isVisible()).toBe(true);
    await look(tab, 'board-answered');
    await window.close();

    const other = await stage.open(visit);
    await other.tab.goto(`${stage.service.url}/working-group`);
    await stage.signIn(other.tab, group);
    await look(other.tab, 'figures');
    expect(await other.tab.getByRole('rowheader', { name: 'Constructions Ougrée SA' }).isVisible()).toBe(
      true,
    );
    expect(await other.tab.locator('.m-figure').count()).toBe(6);
    expect(await other.tab.locator('table:has(#funnel) tbody tr').count()).toBe(9);
    await other.window.close();
  });
});
