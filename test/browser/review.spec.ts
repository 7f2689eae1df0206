import type { Locator, Page } from 'playwright-core';
import { raiseCurtain, type Character, type Stage } from './harness.js';

const TRADES = [
  'Peinture des murs intérieurs, deux couches',
  'Carrelage de sol en grès cérame',
  'Cloisons en plaques de plâtre',
  'Plantation d’arbustes et engazonnement',
  'Isolation thermique en laine minérale',
  'Couverture en tuiles de terre cuite',
  'Installation électrique de l’éclairage',
  'Nettoyage de fin de chantier',
  'Plomberie sanitaire des salles de bain',
  'Clôture en treillis soudé',
];
/** Ten chapters of two lines: ten packages. */
const BILL = [
  'Projet;Rénovation du hall 4;;;;',
  'Lieu;4100 Seraing;;;;',
  'Poste;Désignation;Unité;Quantité;Prix unitaire;Total',
  ...TRADES.flatMap((words, index) => [
    `${index + 1};${words.split(' ')[0]!.toUpperCase()};;;;`,
    `${index + 1}.1;${words};m2;100;20,00;2000,00`,
    `${index + 1}.2;${words}, second niveau;m2;50;20,00;1000,00`,
  ]),
].join('\n');

/** Tab until the element has the focus: what a person without a mouse does. */
async function tabTo(tab: Page, wanted: Locator): Promise<void> {
  const handle = await wanted.first().elementHandle();
  for (let presses = 0; presses < 300; presses += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate((element) => document.activeElement === element, handle)) return;
  }
  throw new Error('the keyboard does not get there');
}

describe('reviewing packages', () => {
  let stage: Stage;
  let builder: Character;
  beforeAll(async () => {
    stage = await raiseCurtain();
    builder = await stage.cast('contractor', 'Constructions Ougrée SA');
  });
  afterAll(() => stage.stop());

  const bring = async (tab: Page, text: string): Promise<void> => {
    await tab.goto(`${stage.service.url}/contractor/tenders/new`);
    if (tab.url().includes('sign-in')) await stage.signIn(tab, builder);
    if (!tab.url().includes('/new')) await tab.goto(`${stage.service.url}/contractor/tenders/new`);
    await tab.setInputFiles('#file', { name: 'metre.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await tab.getByRole('button', { name: 'Lire le fichier' }).click();
    await tab.getByRole('button', { name: 'Former les paquets de travaux' }).click();
  };

  it('goes by keyboard alone: search a trade in plain words, offer, split, undo', async () => {
    const { window, tab } = await stage.open({ javaScript: true, width: 1280 });
    await bring(tab, BILL);
    await tabTo(tab, tab.getByRole('link', { name: /^Peinture/i }));
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/packages\/[0-9a-f-]{36}$/);
    expect(
      await tab
        .getByText('metre.csv')
        .or(tab.getByText(/ligne \d+/))
        .first()
        .isVisible(),
    ).toBe(true);

    await tabTo(tab, tab.locator('#trade'));
    await tab.keyboard.type('carrelage');
    const found = tab.locator('#found-45431000, #found-45431100, #found-45430000, #found-45432110').first();
    await found.waitFor({ state: 'attached' });
    await tabTo(tab, found);
    await tab.keyboard.press('Space');
    expect(await found.isChecked()).toBe(true);
    await tab.keyboard.press('Control+Enter');
    await tab.getByText('Le paquet est proposé.').waitFor();

    await tab
      .getByRole('link', { name: /^Cloison/i })
      .first()
      .focus();
    await tab.keyboard.press('Enter');
    await tabTo(tab, tab.getByRole('link', { name: 'Diviser ce paquet ou déplacer des lignes' }));
    await tab.keyboard.press('Enter');
    await tabTo(tab, tab.locator('input[name=lines]'));
    await tab.keyboard.press('Space');
    await tabTo(tab, tab.locator('#title'));
    await tab.keyboard.type('Cloisons du rez');
    await tab.keyboard.press('Enter');
    await tab.getByText('Le paquet est formé. Examinez-le.').waitFor();
    expect(await tab.locator('h1').innerText()).toContain('Cloisons du rez');

    await tab.goBack();
    await tab.goto(tab.url().replace(/\/packages\/.*/, ''));
    await tabTo(tab, tab.getByRole('button', { name: 'Annuler : division' }));
    await tab.keyboard.press('Enter');
    await tab.getByText('C’est annulé : tout est comme avant.').waitFor();
    expect(await tab.getByRole('link', { name: 'Cloisons du rez' }).count()).toBe(0);
    await window.close();
  });

  it('takes single keys outside of fields, names them on the page, and lets them be turned off', async () => {
    const { window, tab } = await stage.open({ javaScript: true, width: 1280 });
    await bring(tab, BILL.replace('hall 4', 'hall 16'));
    const tender = tab.url();
    const review = async (name: RegExp): Promise<void> => {
      await tab.goto(tender);
      await tab.getByRole('link', { name }).first().click();
      await tab.waitForURL(/packages\/[0-9a-f-]{36}$/);
    };
    const focused = (): Promise<string> => tab.evaluate(() => document.activeElement?.id ?? '');

    await review(/^Peinture/i);
    await tab.keyboard.press('c');
    expect(await focused()).toBe('placeable');
    await tab.focus('#value');
    await tab.keyboard.type('ask');
    expect([await tab.inputValue('#value'), tab.url().endsWith('/lines')]).toEqual([
      expect.stringContaining('ask'),
      false,
    ]);
    await tab.fill('#value', '3000');
    await tab.locator('#placeable').focus();
    await tab.keyboard.press('a');
    await tab.getByText('Le paquet est proposé.').waitFor();

    await review(/^Cloison/i);
    await tab.keyboard.press('s');
    await tab.waitForURL(/\/lines$/);
    await review(/^Cloison/i);
    await tab.keyboard.press('m');
    await tab.waitForURL(/\?merge=/);
    expect(await tab.locator('input[name=packages]:checked').count()).toBe(1);
    await tabTo(tab, tab.locator('input[name=packages]:not(:checked)'));
    await tab.keyboard.press('Space');
    await tabTo(tab, tab.locator('button[value=merge]'));
    await tab.keyboard.press('Enter');
    await tab.getByText('Les paquets sont réunis.').waitFor();

    await review(/^Nettoyage/i);
    await tabTo(tab, tab.locator('[data-keys] summary'));
    await tab.keyboard.press('Enter');
    expect(await tab.locator('[data-keys] li').allInnerTexts()).toEqual(
      ['A', 'K', 'C', 'S', 'M'].map((key) => expect.stringMatching(new RegExp(`^${key} `))),
    );
    await tabTo(tab, tab.locator('#single-keys'));
    await tab.keyboard.press('Space');
    await tab.keyboard.press('s');
    await tab.reload();
    await tab.keyboard.press('c');
    expect([await focused(), await tab.locator('#single-keys').isChecked()]).toEqual(['', false]);
    await window.close();
  });

  it('searches a trade without JavaScript, and keeps what was entered', async () => {
    const { window, tab } = await stage.open({ javaScript: false, width: 1280 });
    await bring(tab, BILL.replace('hall 4', 'hall 5'));
    await tab
      .getByRole('link', { name: /^Peinture/i })
      .first()
      .click();
    await tab.fill('#value', '1234,50');
    await tab.fill('#trade', 'Fliesenarbeiten');
    await tab.getByRole('button', { name: 'Chercher ce métier' }).click();
    expect(await tab.getByText(/métiers? trouvés? pour «\sFliesenarbeiten\s»/).isVisible()).toBe(true);
    expect(await tab.inputValue('#value')).toBe('1234,50');
    expect(await tab.locator('input[name=trades][value^="4543"]').count()).toBeGreaterThan(0);
    await window.close();
  });

  it('takes at most 25 clicks from the file to ten published packages', async () => {
    const { window, tab } = await stage.open({ javaScript: true, width: 1280 });
    let clicks = 0;
    const click = async (target: Locator): Promise<void> => {
      clicks += 1;
      await target.first().click();
    };
    const button = (name: string | RegExp): Locator => tab.getByRole('button', { name });
    await tab.goto(`${stage.service.url}/contractor/tenders/new`);
    await stage.signIn(tab, builder);
    await tab.goto(`${stage.service.url}/contractor/tenders/new`);
    clicks += 1;
    await tab.setInputFiles('#file', {
      name: 'metre.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(BILL.replace('hall 4', 'hall 6')),
    });
    await click(button('Lire le fichier'));
    await click(button('Former les paquets de travaux'));
    const boxes = tab.locator('input[name=packages]');
    const packages = await boxes.count();
    expect(packages).toBeGreaterThanOrEqual(10);
    // Those the machine is sure of are ticked already.
    for (let at = 0; at < packages; at += 1) {
      const box = boxes.nth(at);
      if (!(await box.isChecked())) await click(box);
    }
    await click(button('Proposer les paquets choisis'));
    await click(tab.getByRole('link', { name: 'Dire qui est l’acheteur' }));
    while (/\/buyer\/(?!check)/.test(tab.url())) {
      const radios = tab.locator('main input[type=radio]');
      await click(radios);
      await click(button('Continuer'));
    }
    await click(button('Confirmer'));
    await click(tab.locator('input[name=clause]'));
    await click(button('Choisir cette clause'));
    await click(button(/^Publier/));
    await tab.waitForURL(/\/board/);
    process.stderr.write(`${packages} packages, ${clicks} clicks\n`);
    expect(clicks).toBeLessThanOrEqual(25);
    await window.close();
  });
});
