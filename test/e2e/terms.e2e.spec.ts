import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { rows } from '../../src/platform/db/index.js';
import { DraftingService } from '../../src/pipeline/index.js';
import { openPackages } from '../../src/pipeline/open-packages.js';
import { tenderById } from '../../src/tenders/index.js';
import { SYSTEM } from '../database.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';

/** A key of the catalogue that nobody turned into a sentence. */
const RAW_KEY = /\b(terms|problem|refusal|said|gate)\.[a-z]/;

describe('what the specification asks of whoever takes a package', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let tenderId: string;
  let packageId: string;
  let at: string;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    const given = {
      organisationId: contractor.actor.organisationId!,
      deadline: new Date(service.clock.now().getTime() + 86_400_000),
      status: 'draft',
      packages: ['Peinture'],
    } as const;
    const made = await service.database.transaction(SYSTEM, (tx) => aPublishedTender(tx, given));
    tenderId = made.tenderId;
    packageId = made.packageIds[0]!;
    await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE tenders.tender SET nature = 'works' WHERE id = $1`, [tenderId]),
    );
    const buyer = { buyer: 'pep', mainClause: 'flex', mainNoticeDate: '2025-03-03' } as const;
    await service.app.get(DraftingService).answerBuyer(contractor.actor, tenderId, {}, buyer);
    at = `/contractor/tenders/${tenderId}/packages/${packageId}`;
  });
  afterAll(() => service.stop());

  const page = async (path: string): Promise<string> => {
    const answer = await contractor.browser.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.text).not.toMatch(RAW_KEY);
    return answer.text;
  };
  const versionOf = (text: string): string => /name="version" value="(\d+)"/.exec(text)![1]!;
  const put = (body: object) =>
    contractor.browser
      .put(`/api/v1/work-packages/${packageId}/terms`)
      .set('x-form-token', contractor.formToken)
      .send(body);

  it('is asked only where the law needs it, and nobody has to say', async () => {
    expect(await page(at)).toContain(`${at}/terms`);
    const form = await page(`${at}/terms`);
    for (const name of ['approval', 'chainLevel', 'paymentDays']) expect(form).toContain(`name="${name}"`);
    expect(form).not.toContain('name="asbestosTechnique"');
    expect((await contractor.post(`${at}/terms`, { version: versionOf(form) })).status).toBe(303);
  });

  it('says at the field what is wrong, and keeps what was written', async () => {
    const version = versionOf(await page(`${at}/terms`));
    const answer = await contractor.post(`${at}/terms`, { version, approval: 'X9', paymentDays: 'bientôt' });
    expect(answer.status).toBe(422);
    for (const words of ['X9', 'n’est pas une agréation', 'value="bientôt"'])
      expect(answer.text).toContain(words);
  });

  it('is kept, shown, and decides the gates in place of a person', async () => {
    const clause = await page(`${at}/clause`);
    expect(clause).toContain('Une personne décide');
    const form = await page(`${at}/terms`);
    const stated = { approval: 'd13', approvalClass: '2', chainLevel: '3', paymentDays: '45' };
    const version = versionOf(form);
    const kept = await contractor.post(`${at}/terms`, { version, ...stated });
    expect([kept.status, kept.headers['location']]).toEqual([303, at]);
    expect(await page(at)).toContain('D13, classe 2 au moins');
    const after = await page(`${at}/clause`);
    // A sub-category has two levels: the third is known to be too deep.
    for (const words of ['Classe d’agréation 2', 'Pas en ordre']) expect(after).toContain(words);
    expect(after).not.toContain('Une personne décide');
    const stale = await contractor.post(`${at}/terms`, { version, paymentDays: '30' });
    expect([stale.status, stale.text.includes('value="30"'), versionOf(stale.text) === version]).toEqual([
      422,
      true,
      false,
    ]);
  });

  it('is what matching asks of enterprises', async () => {
    const [asked] = await service.database.transaction(SYSTEM, async (tx) =>
      openPackages(tx, (await tenderById(tx, tenderId))!),
    );
    expect(asked!.package.credentials).toEqual([
      { kind: 'agreation', category: 'D13', class: 2, technique: null },
    ]);
  });

  it('is stated by programs, with the same refusals; what is left out stays', async () => {
    const shown = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
    service.contract.expectMatchesOpenApi(shown);
    const [{ version }] = (shown.body as { packages: [{ version: number }] }).packages;
    const refused = await put({ version, approval: null });
    service.contract.expectMatchesOpenApi(refused);
    expect([refused.status, (refused.body as { errors: { pointer: string }[] }).errors[0]!.pointer]).toEqual([
      422,
      '/approvalClass',
    ]);
    const said = await put({ version, approval: null, approvalClass: null, chainLevel: 1 });
    service.contract.expectMatchesOpenApi(said);
    const terms = { approval: null, approvalClass: null, asbestosTechnique: null };
    expect(said.body).toMatchObject({ terms: { ...terms, paymentDays: 45, chainLevel: 1 } });
    expect((await put({ version, chainLevel: 2 })).status).toBe(412);
  });

  it('is the own contractor’s to say, and no longer when the tender is published', async () => {
    const other = await service.signIn({ role: 'contractor' });
    expect((await other.browser.get(`${at}/terms`)).status).toBe(404);
    await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE tenders.tender SET status = 'published', published_at = now() WHERE id = $1`, [
        tenderId,
      ]),
    );
    expect(await page(at)).not.toContain(`${at}/terms`);
    expect((await put({ version: 9, chainLevel: 2 })).body).toMatchObject({ code: 'tender-not-draft' });
  });
});
