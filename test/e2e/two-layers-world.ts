import type { Client } from 'pg';
import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { newId } from '../../src/platform/ids.js';
import { RegistryService } from '../../src/registry/index.js';
import type { SignedInBrowser, TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender, publishTender } from './publish.js';

/** Stands in everything that is somebody's: a page that shows it to others leaks. */
export const MARK = 'Zyqxvor';

/** Objects of one tender, as the addresses of its routes name them. */
export type Objects = Readonly<Record<string, string>>;

export interface TwoLayersWorld {
  readonly owner: SignedInBrowser;
  readonly otherContractor: SignedInBrowser;
  /** Matches the package, asks and answers. */
  readonly asker: SignedInBrowser;
  readonly unmatched: SignedInBrowser;
  readonly states: Readonly<Record<'draft' | 'published' | 'awarded' | 'withdrawn', Objects>>;
}

/** Two contractors and two enterprises, of whom one each has to do with the tenders: drafted, published, awarded, withdrawn. */
export async function twoLayersWorld(service: TestApp, database: Client): Promise<TwoLayersWorld> {
  const owner = await service.signIn({ role: 'contractor' });
  const otherContractor = await service.signIn({ role: 'contractor' });
  const asker = await service.signIn({ role: 'enterprise' });
  const unmatched = await service.signIn({ role: 'enterprise' });
  for (const person of [owner, otherContractor, asker, unmatched])
    person.browser.set('x-form-token', person.formToken);
  await register(service, asker, '45442100');
  await register(service, unmatched, '77310000');

  const publish = async (): Promise<Objects> => {
    await forgetBytes(database);
    return objectsOf(owner, await publishTender(owner, ['45442100']));
  };
  const [published, awarded, withdrawn] = [await publish(), await publish(), await publish()];
  for (const objects of [published, awarded]) await talk(owner, asker, objects);
  await forgetBytes(database);
  const draft = await objectsOf(owner, await draftTender(owner, ['45442100']));
  const complete = async (objects: Objects): Promise<Objects> => ({
    ...objects,
    ...(await said(owner, objects['id']!)),
    enterpriseId: await enterpriseIdOf(service, asker),
  });
  const answered = await complete(awarded);
  await owner.browser
    .put(`/api/v1/tenders/${awarded['id']}/answers/${answered['answerId']}/decision`)
    .send({ state: 'awarded', message: MARK });
  await owner.browser.post(`/api/v1/tenders/${withdrawn['id']}/withdrawal`).send({ reason: MARK });
  await mark(database, owner, asker);
  return {
    owner,
    otherContractor,
    asker,
    unmatched,
    states: { draft, published: await complete(published), awarded: answered, withdrawn },
  };
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
  return {
    id,
    packageId: first!.id,
    readingId: body.importId ?? newId(new Date()),
    question: 'buyer',
    table: '0',
  };
}

async function talk(owner: SignedInBrowser, asker: SignedInBrowser, objects: Objects): Promise<void> {
  const page = `/api/v1/opportunities/${objects['packageId']}`;
  await eventually(async () => ((await asker.browser.get(page)).status === 200 ? true : null));
  for (const answer of [
    await asker.browser.post(`${page}/questions`).send({ text: `${MARK} ?` }),
    await asker.browser.put(`${page}/answer`).send({ kind: 'full', message: MARK }),
  ])
    if (answer.status >= 400) throw new Error(answer.text);
  if ((await owner.browser.get(`/api/v1/tenders/${objects['id']}/questions`)).body.items.length !== 1)
    throw new Error('the question did not arrive');
}

async function said(owner: SignedInBrowser, tenderId: string): Promise<Objects> {
  const { body: answers } = await owner.browser.get(`/api/v1/tenders/${tenderId}/answers`);
  const { body: questions } = await owner.browser.get(`/api/v1/tenders/${tenderId}/questions`);
  return { answerId: answers.items[0].id, questionId: questions.items[0].id };
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
