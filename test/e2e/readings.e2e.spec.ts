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
});
