import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { OffersService } from '../../src/matching/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const DAY_MS = 86_400_000;

describe('acts of one and the same instant', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterprise: SignedInBrowser;
  let tenderId: string;
  let packageId: string;

  beforeAll(async () => {
    // Its clock never moves.
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    enterprise = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, enterprise]) person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      const { id: _, ...crew } = anEnterprise({ activities: [anActivity({ trades: ['45442100'] })] });
      const organisationId = enterprise.actor.organisationId!;
      const id = await service.app.get(RegistryService).register(tx, SYSTEM, crew, { organisationId });
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
    });
    tenderId = await publishTender(contractor, ['45442100'], service.clock.now());
    packageId = await eventually(async () => {
      const { body } = await enterprise.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
  });
  afterAll(() => service.stop());

  /** Sends what is to be taken, whatever the clock says. */
  async function send(
    person: SignedInBrowser,
    verb: 'put' | 'post',
    path: string,
    body: object,
  ): Promise<unknown> {
    const answer = await person.browser[verb](`/api/v1/${path}`).send(body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  /** How often something was said: each word is kept, in a time of its own. */
  const kept = async (table: string): Promise<number> =>
    (await service.database.transaction(SYSTEM, (tx) => rows(tx, `SELECT 1 FROM ${table}`))).length;
  const answer = (given: object) => send(enterprise, 'put', `opportunities/${packageId}/answer`, given);

  it('extend the deadline twice', async () => {
    for (const days of [400, 410]) {
      const deadline = new Date(service.clock.now().getTime() + days * DAY_MS).toISOString();
      await send(contractor, 'post', `tenders/${tenderId}/extension`, { deadline, reason: 'Une visite' });
    }
    expect(await kept('tenders.tender_version')).toBe(3);
  });

  it('answer, answer otherwise, and decide to and fro', async () => {
    await answer({ kind: 'part', part: 'Le rez' });
    await answer({ kind: 'no', reason: 'dates' });
    await answer({ kind: 'full' });
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    const decide = async (act: string): Promise<void> => {
      const { body: found } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/decisions`);
      const seen = found.items[0]?.id ?? null;
      await send(contractor, 'put', `tenders/${tenderId}/answers/${body.items[0].id}/decision`, {
        act,
        seen,
      });
    };
    await decide('retain');
    await decide('award');
    await send(enterprise, 'put', `opportunities/${packageId}/award`, { act: 'confirm' });
    expect([await kept('answers.answer'), await kept('answers.decision')]).toEqual([3, 3]);
  });

  it('enter and correct an obligation, take entries back and enter them again, confirm and dispute', async () => {
    const debt = { noticeDate: '2025-03-03', clause: 'subcontracting', region: 'WAL', share: '0.05' };
    const due = { ...debt, source: 'specification', document: 'CSC' };
    const entered = await send(contractor, 'post', 'obligations', {
      ...due,
      mainContract: 'M 1',
      offer: '1',
    });
    const at = `obligations/${(entered as { id: string }).id}`;
    for (const offer of ['1000000', '1200000'])
      await send(contractor, 'put', `${at}/debt`, { ...due, offer, reason: 'Offre corrigée' });

    const standing = async (stage: string): Promise<string> => {
      const { body } = await contractor.browser.get(`/api/v1/${at}`);
      const is = (one: { stage: string; endedAt: unknown }) => one.stage === stage && one.endedAt === null;
      return body.entries.find(is).id;
    };
    const enter = (stage: string, fields: object) =>
      send(contractor, 'post', `${at}/entries`, { stage, onDay: service.clock.today(), ...fields });
    const plan = { route: 'subcontracting', packageId, quantity: '20000' };
    await enter('planned', plan);
    await send(contractor, 'post', `${at}/entries/${await standing('planned')}/end`, { reason: 'Erreur' });
    await enter('planned', plan);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    const order = { answerId: body.items[0].id, quantity: '20000', document: 'BC 1' };
    await enter('committed', { parentId: await standing('planned'), ...order });
    await enter('performed', { parentId: await standing('committed'), quantity: '20000', document: 'F 1' });
    const said = `performances/${await standing('performed')}/confirmation`;
    await send(enterprise, 'put', said, { verdict: 'confirmed' });
    await send(enterprise, 'put', said, { verdict: 'disputed', reason: '15 000' });
    await send(enterprise, 'put', said, { verdict: 'confirmed' });
    expect(await kept('obligations.debt')).toBe(3);
    expect(await kept('obligations.ledger_entry')).toBe(4);
    expect(await kept('obligations.confirmation')).toBe(3);
  });
});
