import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { Jobs } from '../../src/platform/queue/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { TenderService } from '../../src/tenders/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { eventually } from '../eventually.js';

const fixture = (name: string): Promise<Buffer> => readFile(join('test/fixtures/tenders', name));

/** A key of the catalogue that nobody turned into a sentence. */
const RAW_KEY = /\b(mail|clause|criterion|reason|answer|problem|refusal|figure)\.[a-z]/;

/** The answer of a call that must succeed; says what came when it did not. */
function body<T>(response: { status: number; body: unknown; text: string }, status: number): T {
  if (response.status !== status)
    throw new Error(`expected ${status}, got ${response.status}: ${response.text}`);
  return response.body as T;
}

interface Reading {
  id: string;
  state: string;
  tenderId: string | null;
  document: { format: string; lots: { lines: unknown[] }[] };
  problems: { code: string; message: string }[];
}
interface WorkPackage {
  id: string;
  ref: string;
  title: string;
  version: number;
  sites: string[];
  tags: { kind: string; value: string; accepted: boolean; confidence: number; origin: string }[];
}

describe('the main job', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterprise: SignedInBrowser;
  let workingGroup: SignedInBrowser;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    await contractor.post('/account/mails', { lists: 'answers', rhythm: 'at-once' }).expect(303);
    enterprise = await service.signIn({ role: 'enterprise' });
    workingGroup = await service.signIn({ role: 'working-group' });
    await service.database.transaction(SYSTEM, async (tx) => {
      const { id: _, ...painters } = anEnterprise({
        activities: [anActivity({ trades: ['45442100', '45410000', '45111300', '55300000'] })],
      });
      const id = await service.app
        .get(RegistryService)
        .register(tx, SYSTEM, painters, { organisationId: enterprise.actor.organisationId! });
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
    });
  });
  afterAll(() => service.stop());

  const bring = async (name: string): Promise<Reading> => {
    const response = await contractor.browser
      .post('/api/v1/readings')
      .set('x-form-token', contractor.formToken)
      .attach('file', await fixture(name), name);
    if (![200, 201].includes(response.status)) throw new Error(response.text);
    return response.body as Reading;
  };

  it.each([
    ['a Belgian eForms notice', '547670-2023.xml', 'eforms'],
    ['a métré workbook', '01-maisons-ouvrieres-25-lignes.xlsx', 'xlsx'],
    ['our own JSON', 'maison-de-quartier.json', 'json'],
  ])('reads %s and makes a draft of tagged packages', async (_, name, format) => {
    const reading = await bring(name);
    expect(reading).toMatchObject({ state: 'staged', document: { format } });
    const { tenderId } = body<{ tenderId: string }>(
      await contractor.browser.post(`/api/v1/readings/${reading.id}/draft`),
      201,
    );
    const tender = body<{ status: string; packages: WorkPackage[] }>(
      await contractor.browser.get(`/api/v1/tenders/${tenderId}`),
      200,
    );
    expect(tender.status).toBe('draft');
    expect(tender.packages.length).toBeGreaterThan(0);
    for (const { tags } of tender.packages)
      expect(tags.filter((tag) => tag.kind === 'placeable')).toHaveLength(1);
  });

  it('knows the same file again, and makes one draft of it', async () => {
    const first = await bring('maison-de-quartier.json');
    const again = await contractor.browser
      .post('/api/v1/readings')
      .set('x-form-token', contractor.formToken)
      .attach('file', await fixture('maison-de-quartier.json'), 'copie.json');
    expect(again.status).toBe(200);
    expect((again.body as Reading).id).toBe(first.id);
    const twice = await contractor.browser.post(`/api/v1/readings/${first.id}/draft`);
    expect(twice.body).toEqual({ tenderId: first.tenderId });
  });

  it('refuses what is no tender with a place and a sentence, and keeps the original', async () => {
    const bytes = Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><ContractNotice>&a;</ContractNotice>');
    const response = await contractor.browser
      .post('/api/v1/readings')
      .set('x-form-token', contractor.formToken)
      .attach('file', bytes, 'piège.xml');
    const reading = body<Reading>(response, 201);
    expect(reading.state).toBe('refused');
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems[0]!.message).not.toBe(`problem.${reading.problems[0]!.code}`);
    const [kept] = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ size: number }>(
        tx,
        `SELECT f.size_bytes AS size FROM tenders.import i JOIN tenders.source_file f ON f.id = i.source_file_id WHERE i.id = $1`,
        [reading.id],
      ),
    );
    expect(kept).toEqual({ size: bytes.byteLength });
    expect((await contractor.browser.post(`/api/v1/readings/${reading.id}/draft`)).status).toBe(409);
  });

  it('reads again what a killed process left unread', async () => {
    const actor = contractor.actor;
    const file = {
      name: 'coupure.json',
      bytes: Buffer.from(`${String(await fixture('maison-de-quartier.json'))}\n`),
    };
    const { import: opened } = await service.database.transaction(actor, async (tx) => {
      const kept = await service.app.get(TenderService).keep(tx, actor, file);
      await service.app
        .get(Jobs)
        .add(tx, 'tender.read', { importId: kept.import.id }, { key: kept.import.id });
      return kept;
    });
    expect(opened.state).toBe('received');
    await eventually(async () => {
      const { state } = body<Reading>(await contractor.browser.get(`/api/v1/readings/${opened.id}`), 200);
      return state === 'staged' ? true : null;
    });
  });

  it('goes from a published package to an answer that the working group counts', async () => {
    const reading = await bring('01-maisons-ouvrieres-25-lignes.xlsx');
    const tenderId = reading.tenderId!;
    const { packages } = body<{ packages: WorkPackage[] }>(
      await contractor.browser.get(`/api/v1/tenders/${tenderId}`),
      200,
    );

    const early = await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`);
    expect(early.status).toBe(422);
    expect((early.body as { errors: { code: string }[] }).errors.map((e) => e.code)).toEqual(
      expect.arrayContaining(['problem.tender.buyer.unknown', 'problem.tender.packages.none-offered']),
    );

    const painting = packages.find((p) => p.tags.some((tag) => tag.value.startsWith('454421')))!;
    const reviewed = body<WorkPackage>(
      await contractor.browser.put(`/api/v1/work-packages/${painting.id}/review`).send({
        version: painting.version,
        trades: ['45442100'],
        placeable: 'yes',
        offered: true,
        value: '42000.00',
      }),
      200,
    );
    expect(reviewed.version).toBe(painting.version + 1);
    const stale = await contractor.browser
      .put(`/api/v1/work-packages/${painting.id}/review`)
      .send({ version: painting.version, trades: [], placeable: 'no', offered: false });
    expect(stale.status).toBe(412);

    const law = body<{ options: { instrument: string; basis: string; label: string }[] }>(
      await contractor.browser.put(`/api/v1/tenders/${tenderId}/buyer`).send({ buyer: 'private' }),
      200,
    );
    expect(law.options.map((o) => [o.instrument, o.basis])).toEqual([['VOLUNTARY', 'BE-CONTRACT']]);
    expect(law.options[0]!.label).toMatch(/volontaire/i);
    const reserve = await contractor.browser
      .put(`/api/v1/tenders/${tenderId}/clause`)
      .send({ instrument: 'RESERVE_ACCESS', basis: 'BE-2016-15' });
    expect(reserve.status).toBe(409);
    body(
      await contractor.browser
        .put(`/api/v1/tenders/${tenderId}/clause`)
        .send({ instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' }),
      204,
    );
    body(await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`), 204);

    const matches = await eventually(async () => {
      const found = body<{
        items: {
          enterprise: string;
          verdict: string;
          criteria: { key: string; result: string; evidence: string }[];
        }[];
      }>(await contractor.browser.get(`/api/v1/tenders/${tenderId}/matches`), 200);
      return found.items.length > 0 ? found.items : null;
    });
    expect(matches[0]).toMatchObject({ enterprise: 'Organisation enterprise', verdict: 'match' });
    expect(matches[0]!.criteria.find((c) => c.key === 'trade')).toMatchObject({ result: 'pass' });

    const mail = await eventually(async () => {
      const [sent] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ body: string; html: string; subject: string }>(
          tx,
          `SELECT body, html, subject FROM platform.outbox_mail WHERE recipient LIKE $1`,
          [`%${enterprise.email}%`],
        ),
      );
      return sent ?? null;
    });
    expect(mail.body).toContain(`/enterprise/opportunities/${painting.id}`);
    expect(mail.body).toContain('Engagement social volontaire');
    expect(mail.body).toContain('dans son rayon de 40 km.');
    for (const text of [mail.body, ...matches[0]!.criteria.map(({ evidence }) => evidence)]) {
      expect(text).not.toMatch(RAW_KEY);
    }

    const [opportunity] = body<{ items: { packageId: string; answer: string | null }[] }>(
      await enterprise.browser.get('/api/v1/opportunities'),
      200,
    ).items;
    expect(opportunity).toMatchObject({ packageId: painting.id, answer: null });
    body(await enterprise.browser.get(`/api/v1/opportunities/${painting.id}`), 200);
    const [seen] = await service.database.transaction(contractor.actor, (tx) =>
      rows<{ action: string; details: { by: string } }>(
        tx,
        `SELECT action, details FROM platform.audit_entry WHERE subject_id = $1`,
        [painting.id],
      ),
    );
    expect(seen).toEqual({ action: 'work-package.read', details: { by: enterprise.actor.organisationId } });
    const unsaid = await enterprise.browser
      .put(`/api/v1/opportunities/${painting.id}/answer`)
      .send({ kind: 'no' });
    expect(unsaid.status).toBe(422);
    body(
      await enterprise.browser
        .put(`/api/v1/opportunities/${painting.id}/answer`)
        .send({ kind: 'part', part: '600 m2' }),
      200,
    );

    const { items: answers } = body<{ items: unknown[] }>(
      await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`),
      200,
    );
    expect(answers).toMatchObject([{ enterprise: 'Organisation enterprise', kind: 'part', part: '600 m2' }]);
    await eventually(async () => {
      const told = await service.database.transaction(SYSTEM, (tx) =>
        rows(
          tx,
          `SELECT 1 FROM platform.outbox_mail WHERE recipient LIKE $1 AND subject LIKE '%a répondu%'`,
          [`%${contractor.email}%`],
        ),
      );
      return told.length > 0 ? true : null;
    });

    const uptake = body<{ figures: { key: string; numerator: number }[] }>(
      await workingGroup.browser.get('/api/v1/uptake'),
      200,
    );
    expect(Object.fromEntries(uptake.figures.map((f) => [f.key, f.numerator]))).toMatchObject({
      eligible: 1,
      notified: 1,
      answered: 1,
      interested: 1,
    });
  });

  it('tells whoever was told that it was taken back, and offers it to nobody any more', async () => {
    const { items } = body<{ items: { id: string; status: string }[] }>(
      await contractor.browser.get('/api/v1/tenders'),
      200,
    );
    const published = items.find(({ status }) => status === 'published')!;
    const withdrawal = `/api/v1/tenders/${published.id}/withdrawal`;
    body(await contractor.browser.post(withdrawal).send({ reason: 'Chantier reporté' }), 204);
    expect((await contractor.browser.post(withdrawal).send({ reason: 'encore' })).status).toBe(409);
    const sent = await eventually(async () => {
      const [mail] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ body: string }>(
          tx,
          `SELECT body FROM platform.outbox_mail WHERE recipient LIKE $1 AND body LIKE '%Chantier reporté%'`,
          [`%${enterprise.email}%`],
        ),
      );
      return mail ?? null;
    });
    expect(sent.body).toContain('retiré');
    const [opportunity] = body<{ items: { packageId: string; status: string }[] }>(
      await enterprise.browser.get('/api/v1/opportunities'),
      200,
    ).items;
    expect(opportunity!.status).toBe('withdrawn');
    const late = await enterprise.browser
      .put(`/api/v1/opportunities/${opportunity!.packageId}/answer`)
      .send({ kind: 'full' });
    expect(late.status).toBe(409);
  });
});
