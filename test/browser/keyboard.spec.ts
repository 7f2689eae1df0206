import type { Page } from 'playwright-core';
import { rows } from '../../src/platform/db/index.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { raiseCurtain, type Character, type Stage } from './harness.js';
import { Keyboard } from './keyboard.js';

const EMAIL = 'karim@val-mosan.example';
const PASSWORD = 'trois péniches sur la Meuse';
const NUMBER = 'BE 0123.456.749';
const BILL = [
  'Projet;Rénovation du hall 4;;;;',
  'Lieu;4100 Seraing;;;;',
  'Poste;Désignation;Unité;Quantité;Prix unitaire;Total',
  '1;PEINTURE;;;;',
  '1.1;Peinture des murs intérieurs, deux couches;m2;100;20,00;2000,00',
  '1.2;Peinture des plafonds;m2;50;20,00;1000,00',
].join('\n');

/** Each journey as somebody goes it who has no mouse. Only a file is handed over as the system's own window does. */
describe('by keys alone', () => {
  let stage: Stage;
  let builder: Character;
  let lead: Character;
  let opportunity: string;
  beforeAll(async () => {
    stage = await raiseCurtain();
    builder = await stage.cast('contractor', 'Constructions Ougrée SA');
    lead = await stage.cast('enterprise', 'Ateliers du Val Mosan');
    await stage.canDo(lead, ['45442100']);
  });
  afterAll(() => stage.stop());

  const url = (path: string): string => `${stage.service.url}${path}`;
  const inTab = async (path: string, act: (keys: Keyboard, tab: Page) => Promise<void>): Promise<void> => {
    const { window, tab } = await stage.open({ javaScript: true, width: 1280 });
    await tab.goto(url(path));
    await act(await Keyboard.of(tab), tab);
    await window.close();
  };
  const signIn = async (keys: Keyboard, email: string): Promise<void> => {
    await keys.type('Adresse e-mail', email);
    await keys.type('Mot de passe', PASSWORD);
    await keys.press('button', 'Se connecter');
  };
  const linkOfMail = (recipient: string, link: RegExp): Promise<string> =>
    eventually(async () => {
      const found = await stage.service.database.transaction(SYSTEM, (tx) =>
        rows<{ body: string }>(
          tx,
          `SELECT body FROM platform.outbox_mail WHERE recipient LIKE $1 ORDER BY sent_at DESC`,
          [`%${recipient}%`],
        ),
      );
      return found.map(({ body }) => link.exec(body)?.[0]).find((path) => path !== undefined) ?? null;
    });

  it('an enterprise registers, and fills its profile', async () => {
    await inTab('/', async (keys, tab) => {
      await keys.press('link', /Inscrire/);
      await keys.type('Numéro d’entreprise', NUMBER);
      await keys.type('Nom de l’entreprise', 'Peinture de Huy');
      await keys.type('Votre nom', 'Karim Benali');
      await keys.type('Adresse e-mail', EMAIL);
      await keys.press('button', 'Recevoir le lien');
      await tab.goto(url(await linkOfMail(EMAIL, /\/register\/[\w.-]+/)));
      await keys.type('Mot de passe', PASSWORD);
      await keys.press('button', 'Inscrire mon entreprise');

      await keys.pick('Type d’entreprise sociale', 'Entreprise d');
      await keys.type('Code postal', '4100');
      await keys.type('Commune', 'Seraing');
      await keys.tick('Nous acceptons d’être proposés en équipe');
      await keys.press('button', 'Enregistrer');
      await keys.press('link', 'Ajouter une activité');
      await keys.type('Chercher un métier', 'peinture');
      await keys.press('button', 'Chercher');
      await keys.tick(/peinture/i);
      await keys.choose('Un rayon autour du siège');
      await keys.type('Rayon', '40');
      await keys.press('button', 'Enregistrer');
      expect(await tab.getByText('Votre fiche est enregistrée.').first().isVisible()).toBe(true);
    });
  });

  it('somebody tries a bill, and keeps it', async () => {
    const newcomer = await stage.cast('contractor', 'Rénovations du Pont');
    await inTab('/', async (keys, tab) => {
      await keys.press('link', 'Essayer sans compte');
      await tab.setInputFiles('#file', {
        name: 'essai.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(BILL.replace('hall 4', 'hall 5')),
      });
      await keys.press('button', 'Lire le fichier');
      await tab.getByRole('heading', { name: 'Ce que nous avons compris' }).waitFor({ timeout: 50_000 });
      await keys.press('link', 'Voir les paquets de travaux');
      await keys.press('link', /J’ai un compte/);
      await signIn(keys, newcomer.email);
      await keys.press('button', 'Le garder comme brouillon');
      expect(await tab.getByText('Le marché est gardé comme brouillon.').isVisible()).toBe(true);
    });
  });

  it('a contractor brings a bill and publishes', async () => {
    await inTab('/sign-in', async (keys, tab) => {
      await signIn(keys, builder.email);
      await keys.press('link', 'Apporter un marché');
      await tab.setInputFiles('#file', {
        name: 'metre.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(BILL),
      });
      await keys.press('button', 'Lire le fichier');
      await keys.press('button', 'Former les paquets de travaux');
      await keys.press('link', /^Peinture/i);
      await keys.choose('Plaçable');
      await keys.press('button', 'Proposer aux entreprises sociales');
      await keys.press('link', 'Dire qui est l’acheteur');
      await keys.choose('Une entreprise ou une association privée');
      await keys.press('button', 'Continuer');
      for (const no of ['Non, ou moins de la moitié', 'Non', 'Non']) {
        await keys.choose(no);
        await keys.press('button', 'Continuer');
      }
      await keys.press('button', 'Confirmer');
      await keys.choose(/./);
      await keys.press('button', 'Choisir cette clause');
      await keys.press('button', /^Publier/);
      expect(tab.url()).toMatch(/\/board$/);
    });
    opportunity = await linkOfMail(lead.email, /\/enterprise\/opportunities\/[0-9a-f-]{36}/);
  });

  it('an enterprise answers, invites a partner, and the partner accepts', async () => {
    await inTab(opportunity, async (keys, tab) => {
      await signIn(keys, lead.email);
      await keys.press('link', 'Nous cherchons une équipe');
      await keys.press('button', 'Envoyer la réponse');
      await keys.choose('Une entreprise que je connais');
      await keys.type('Numéro d’entreprise', NUMBER);
      await keys.type('Ce que ce partenaire ferait', 'Les plafonds');
      await keys.type('Ce que vous faites vous-même', 'Les murs');
      await keys.press('button', 'Envoyer l’invitation');
      expect(await tab.getByText('Invitée', { exact: true }).first().isVisible()).toBe(true);
    });
    await inTab(await linkOfMail(EMAIL, /\/enterprise\/teams\/[0-9a-f-]{36}/), async (keys, tab) => {
      await signIn(keys, EMAIL);
      await keys.press('button', 'Accepter');
      expect(await tab.getByText('A accepté', { exact: true }).first().isVisible()).toBe(true);
    });
  });

  it('the contractor awards, and the winner confirms', async () => {
    await inTab('/sign-in', async (keys, tab) => {
      await signIn(keys, builder.email);
      await keys.press('link', /hall 4/);
      await keys.press('link', /^Décider/);
      await keys.choose('Attribuer ce que l’entreprise propose');
      await keys.press('button', 'Envoyer la décision');
      expect(
        await tab
          .getByText(/C’est fait/)
          .first()
          .isVisible(),
      ).toBe(true);
    });
    await inTab(opportunity, async (keys, tab) => {
      await signIn(keys, lead.email);
      await keys.press('link', /[Cc]onfirmer/);
      await keys.choose('Oui, nous confirmons');
      await keys.press('button', /^Envoyer/);
      await tab
        .getByText(/confirm/)
        .first()
        .waitFor();
    });
  });
});
