import type { Client } from 'pg';
import type { Response } from 'supertest';
import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { newId } from '../../src/platform/ids.js';
import { RegistryService } from '../../src/registry/index.js';
import type { SignedInBrowser, TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender, publishTender } from './publish.js';
import { besideTenders, PARTNER_NUMBER } from './beside-tenders.js';
import { MARK } from './mark.js';

/** Objects of one tender, or beside it, as the addresses of their routes name them. */
export type Objects = Readonly<Record<string, string>>;

const STATES = ['draft', 'published', 'extended', 'over', 'awarded', 'withdrawn'] as const;
export type TenderState = (typeof STATES)[number];

export interface TwoLayersWorld {
  readonly owner: SignedInBrowser;
  readonly otherContractor: SignedInBrowser;
  /** Matches the package, asks and answers. */
  readonly asker: SignedInBrowser;
  /** Is asked by the asker to take part in its team. */
  readonly partner: SignedInBrowser;
  readonly unmatched: SignedInBrowser;
  readonly states: Readonly<Record<TenderState, Objects>>;
  /** What stands beside tenders, by the beginning of its routes. */
  readonly beside: Readonly<Record<string, Objects>>;
}

/**
 * Two contractors and three enterprises, of whom some have to do with the tenders: drafted, published, extended, over,
 * awarded, withdrawn. And one of everything else that is somebody's.
 */
export async function twoLayersWorld(service: TestApp, database: Client): Promise<TwoLayersWorld> {
  const owner = await service.signIn({ role: 'contractor' });
  const otherContractor = await service.signIn({ role: 'contractor' });
  const asker = await service.signIn({ role: 'enterprise' });
  const partner = await service.signIn({ role: 'enterprise' });
  const unmatched = await service.signIn({ role: 'enterprise' });
  for (const person of [owner, otherContractor, asker, partner, unmatched])
    person.browser.set('x-form-token', person.formToken);
  await register(service, asker, '45442100');
  await register(service, partner, '45410000');
  await register(service, unmatched, '77310000');
  await database.query(`UPDATE accounts.organisation SET enterprise_number = $2 WHERE id = $1`, [
    partner.actor.organisationId,
    PARTNER_NUMBER,
  ]);

  const made: Partial<Record<TenderState, Objects>> = {};
  for (const state of STATES) {
    await forgetBytes(database);
    const bring = state === 'draft' ? draftTender : publishTender;
    made[state] = await objectsOf(owner, await bring(owner, ['45442100'], service.clock.now()));
  }
  const states = made as Record<TenderState, Objects>;
  for (const state of ['published', 'awarded', 'extended', 'over'] as const) {
    await talk(owner, asker, states[state], state === 'published' ? 'team' : 'full');
    states[state] = {
      ...states[state],
      ...(await said(owner, states[state]['id']!)),
      enterpriseId: await enterpriseIdOf(service, asker),
    };
  }
  const { awarded, extended, over, withdrawn } = states;
  await must(
    owner.browser
      .put(`/api/v1/tenders/${awarded['id']}/answers/${awarded['answerId']}/decision`)
      .send({ act: 'award', message: MARK }),
  );
  await must(owner.browser.post(`/api/v1/tenders/${withdrawn['id']}/withdrawal`).send({ reason: MARK }));
  service.clock.advanceMs(1000);
  const later = new Date(service.clock.now().getTime() + 90 * 86_400_000).toISOString();
  await must(
    owner.browser.post(`/api/v1/tenders/${extended['id']}/extension`).send({ deadline: later, reason: MARK }),
  );
  const beside = await besideTenders(service, database, { owner, asker, partner }, states);
  await database.query(
    `UPDATE tenders.tender SET deadline = published_at + interval '1 second' WHERE id = $1`,
    [over['id']],
  );
  await mark(database, owner, asker);
  return { owner, otherContractor, asker, partner, unmatched, states, beside };
}

/** The answer, when it was one. */
async function must(asked: PromiseLike<Response>): Promise<Response> {
  const answer = await asked;
  if (answer.status >= 400) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
}

async function register(service: TestApp, person: SignedInBrowser, trade: string): Promise<void> {
  const { id: _, ...enterprise } = anEnterprise({ activities: [anActivity({ trades: [trade] })] });
  const { organisationId } = person.actor;
  await service.database.transaction(SYSTEM, async (tx) => {
    const own = { organisationId: organisationId! };
    const id = await service.app.get(RegistryService).register(tx, SYSTEM, enterprise, own);
    await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
  });
}

/** The same document a second time would be the same tender. */
async function forgetBytes(database: Client): Promise<void> {
  await database.query(`UPDATE tenders.source_file SET sha256 = encode(sha256(id::text::bytea), 'hex')`);
}

async function objectsOf(owner: SignedInBrowser, id: string): Promise<Objects> {
  const { body } = await owner.browser.get(`/api/v1/tenders/${id}`);
  const [first] = body.packages as { id: string }[];
  const { body: lines } = await owner.browser.get(`/api/v1/tenders/${id}/lines`);
  await must(
    owner.browser.post(`/api/v1/tenders/${id}/files`).attach('file', Buffer.from(MARK), `${MARK}.txt`),
  );
  const { body: files } = await owner.browser.get(`/api/v1/tenders/${id}/files`);
  return {
    id,
    fileId: files.items[0].id,
    lineId: lines.items[0]?.id ?? newId(new Date()),
    packageId: first!.id,
    readingId: body.importId ?? newId(new Date()),
    question: 'buyer',
    table: '0',
  };
}

async function talk(
  owner: SignedInBrowser,
  asker: SignedInBrowser,
  { id, packageId }: Objects,
  kind: 'full' | 'team',
): Promise<void> {
  const page = `/api/v1/opportunities/${packageId}`;
  await eventually(async () => ((await asker.browser.get(page)).status === 200 ? true : null));
  await must(asker.browser.post(`${page}/questions`).send({ text: `${MARK} ?` }));
  const attached = await must(
    asker.browser.post(`${page}/attachments`).attach('file', Buffer.from(MARK), `${MARK}.txt`),
  );
  const attachments = [attached.body.id];
  await must(asker.browser.put(`${page}/answer`).send({ kind, message: MARK, attachments }));
  await must(
    asker.post(`/enterprise/opportunities/${packageId}/answer`, { action: 'save', kind, message: MARK }),
  );
  if ((await owner.browser.get(`/api/v1/tenders/${id}/questions`)).body.items.length !== 1)
    throw new Error('the question did not arrive');
}

async function said(owner: SignedInBrowser, tenderId: string): Promise<Objects> {
  const { body: answers } = await owner.browser.get(`/api/v1/tenders/${tenderId}/answers`);
  const { body: questions } = await owner.browser.get(`/api/v1/tenders/${tenderId}/questions`);
  const [answer] = answers.items;
  return { answerId: answer.id, attachmentId: answer.attachments[0].id, questionId: questions.items[0].id };
}

async function enterpriseIdOf(service: TestApp, person: SignedInBrowser): Promise<string> {
  const [found] = await service.database.transaction(SYSTEM, (tx) =>
    rows<{ id: string }>(tx, `SELECT id FROM registry.enterprise WHERE organisation_id = $1`, [
      person.actor.organisationId,
    ]),
  );
  return found!.id;
}

/** Marks what people wrote, once all is in place. */
async function mark(database: Client, owner: SignedInBrowser, asker: SignedInBrowser): Promise<void> {
  const marked = (column: string) => `${column} = '${MARK} ' || ${column}`;
  const mine = [owner.actor.organisationId];
  await database.query(`UPDATE tenders.tender SET ${marked('title')} WHERE organisation_id = $1`, mine);
  await database.query(`UPDATE tenders.work_package SET ${marked('title')} WHERE organisation_id = $1`, mine);
  await database.query(`UPDATE tenders.bill_line SET ${marked('label')} WHERE organisation_id = $1`, mine);
  await database.query(
    `UPDATE registry.enterprise_version SET ${marked('name')} WHERE organisation_id = $1`,
    [asker.actor.organisationId],
  );
}
