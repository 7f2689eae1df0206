import { readFileSync } from 'node:fs';
import { fromRoot } from '../../src/platform/project-root.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

describe('what a person sees of a file that was read', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  const bring = async (name: string, bytes: Buffer): Promise<string> => {
    const answer = await contractor.browser
      .post('/api/v1/readings')
      .set('x-form-token', contractor.formToken)
      .attach('file', bytes, name);
    if (answer.status !== 201) throw new Error(answer.text);
    return (answer.body as { id: string }).id;
  };
  const page = async (id: string): Promise<string> =>
    (await contractor.browser.get(`/contractor/readings/${id}`)).text.replace(/\s+/g, ' ');

  it.each([
    ['09-terril-nettoyage-verdurisation.docx', ['>Paragraphe 1<', '>Paragraphe 3<', 'Tableau 1, en-tête à']],
    ['08-deconstruction-selective.pdf', ['>Page 1, ligne 1<', '>Page 1, ligne 4<']],
  ])('says where the facts of %s stand in the words of a text', async (name, places) => {
    const shown = await page(await bring(name, readFileSync(fromRoot('test/fixtures/tenders', name))));
    for (const place of places) expect(shown).toContain(place);
    expect(shown).not.toMatch(/Feuille|« (text|table)/);
  });

  it('says what an estimate of hours rests on, for the trade that a person decided on', async () => {
    const bill =
      'N°;Désignation;Unité;Quantité;Prix unitaire;Total\n1;Peinture des murs et plafonds;m2;100;10,00;1000,00\n';
    const id = await bring('prix.csv', Buffer.from(bill));
    const drafted = await contractor.browser.post(`/api/v1/readings/${id}/draft`);
    const { tenderId } = drafted.body as { tenderId: string };
    const item = async (): Promise<{ id: string; version: number; hours: (string | null)[] }> => {
      const answer = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
      const [found] = (
        answer.body as { packages: { id: string; version: number; hoursMin: string; hoursMethod: string }[] }
      ).packages;
      return { id: found!.id, version: found!.version, hours: [found!.hoursMin, found!.hoursMethod] };
    };
    const proposed = await item();
    const shown = async (): Promise<string> =>
      (await contractor.browser.get(`/contractor/tenders/${tenderId}/packages/${proposed.id}`)).text.replace(
        /\s+/g,
        ' ',
      );
    // data/labour-share.csv: 4544, 55 to 75 % of 1000 EUR at 36 to 48 EUR an hour
    expect(proposed.hours).toEqual(['11.0', 'labour-share']);
    expect(await shown()).toMatch(/55 % à 75 % du prix, à 36 à 48 € l’heure\. Source : nous-mêmes/);
    const decision = { version: proposed.version, trades: ['45111000'], placeable: 'yes', offered: false };
    const reviewed = await contractor.browser
      .put(`/api/v1/work-packages/${proposed.id}/review`)
      .set('x-form-token', contractor.formToken)
      .send(decision);
    // 45111: 45 to 65 % at 36 to 50 EUR an hour
    expect([reviewed.status, (await item()).hours]).toEqual([200, ['9.0', 'labour-share']]);
    expect(await shown()).toMatch(/45 % à 65 % du prix, à 36 à 50 € l’heure/);
  });
});
