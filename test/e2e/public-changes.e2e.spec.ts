import request from 'supertest';
import { emit } from '../../src/platform/events/index.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { keepPublicChange } from '../../src/tenders/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { draftTender } from './publish.js';

const PAINTING = '45442100';

interface Change {
  readonly id: string;
  readonly kind: string;
  readonly tenderId: string;
  readonly deadline: string;
}

describe('what happens to tenders that are open to everybody', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let tenderId: string;
  let hidden: string;

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);
  const anybody = () => request(service.url);
  const changesAfter = async (after?: string): Promise<{ items: Change[]; next: string }> => {
    const path = `/api/v1/changes${after === undefined ? '' : `?after=${after}`}`;
    const answer = await anybody().get(path).expect(200);
    service.contract.expectMatchesOpenApi(answer);
    return answer.body;
  };
  /** From the beginning on, as soon as there are so many. */
  const changes = (count: number): Promise<Change[]> =>
    eventually(async () => {
      const { items } = await changesAfter();
      return items.length >= count ? items : null;
    });
  const publish = async (visibility: string): Promise<[SignedInBrowser, string]> => {
    const person = await service.signIn({ role: 'contractor' });
    const id = await draftTender(person, [PAINTING], service.clock.now());
    await person.browser.patch(`/api/v1/tenders/${id}`).send({ visibility }).expect(204);
    await person.browser.post(`/api/v1/tenders/${id}/publication`).expect(204);
    return [person, id];
  };
  const extend = (person: SignedInBrowser, id: string, days: number) =>
    person.browser
      .post(`/api/v1/tenders/${id}/extension`)
      .send({
        deadline: new Date(service.clock.now().getTime() + days * 86_400_000),
        reason: 'Plus de temps.',
      })
      .expect(204);

  beforeAll(async () => {
    service = await startTestApp();
    const [other, ofOther] = await publish('eligible');
    hidden = ofOther;
    // From now on for some alone, as if they had been named.
    await inSystem((tx) =>
      rows(tx, `INSERT INTO tenders.audience VALUES ($1, $2, 'invited')`, [
        hidden,
        other.actor.organisationId,
      ]),
    );
    await extend(other, hidden, 50);
    [contractor, tenderId] = await publish('public');
  }, 120_000);
  afterAll(() => service.stop());

  it('is told to anybody, each once and in order, and nothing of a tender that is not open', async () => {
    const first = await changes(1);
    expect(first).toMatchObject([{ kind: 'published', tenderId }]);
    const { next } = await changesAfter();
    expect(await changesAfter(next)).toEqual({ items: [], next });
    await extend(contractor, tenderId, 60);
    const [, extended] = await changes(2);
    expect(extended).toMatchObject({ kind: 'extended', tenderId });
    expect(extended!.deadline > first[0]!.deadline).toBe(true);
    expect((await changesAfter(next)).items).toEqual([extended]);
    // The other tender was moved before this one was published: its events have passed.
    const passed = await inSystem((tx) =>
      rows(
        tx,
        `SELECT FROM platform.event WHERE subject_id = $1 AND type = 'tender.extended' AND relayed_at IS NOT NULL`,
        [hidden],
      ),
    );
    expect(passed).toHaveLength(1);
    expect(JSON.stringify(await changesAfter())).not.toContain(hidden);
  });

  it.each(['-1', 'x', '1.5', '99999999999'])('refuses to go on after %s', async (after) => {
    const { status, body } = await anybody().get(`/api/v1/changes?after=${after}`);
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/after']);
  });

  it('is a feed at one address, of which the pages tell', async () => {
    const { text, headers } = await anybody().get('/tenders.atom?lang=en').buffer(true).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=300',
    });
    expect(headers['set-cookie']).toBeUndefined();
    const [published, extended] = await changes(2);
    const ids = [...text.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'tag:localhost,2026:public-changes',
      `tag:localhost,2026:change/${extended!.id}`,
      `tag:localhost,2026:change/${published!.id}`,
    ]);
    expect(text).toContain('<title>Deadline extended: ');
    expect(text).toContain(`href="http://localhost/tenders/${tenderId}"`);
    const etag = headers['etag'] as string;
    await anybody().get('/tenders.atom?lang=en').set('if-none-match', etag).expect(304);
    for (const page of ['/', '/tenders', `/tenders/${tenderId}`])
      expect((await anybody().get(page)).text).toContain(
        '<link rel="alternate" type="application/atom+xml" href="/tenders.atom"',
      );
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    expect(board.text).toContain('href="/tenders.atom"');
  });

  it('loses nothing: what is numbered first is read first, however late it commits', async () => {
    const { organisationId } = contractor.actor;
    const at = service.clock.now();
    const event = {
      type: 'test.changed',
      organisationId: organisationId!,
      subjectId: tenderId,
      payload: {},
      at,
    };
    const [slow, quick] = await inSystem(async (tx) => [await emit(tx, event), await emit(tx, event)]);
    const { next } = await changesAfter();
    const hasNumber = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const slowly = inSystem(async (tx) => {
      await keepPublicChange(tx, { eventId: slow!, tenderId, kind: 'amended' });
      hasNumber.resolve();
      await mayCommit.promise;
    });
    await hasNumber.promise;
    let isOver = false;
    const quickly = inSystem((tx) =>
      keepPublicChange(tx, { eventId: quick!, tenderId, kind: 'amended' }),
    ).then(() => (isOver = true));
    await eventually(async () => {
      const waiting = await inSystem((tx) =>
        rows(tx, `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`),
      );
      return isOver || waiting.length > 0 ? true : null;
    });
    const between = await changesAfter(next);
    mayCommit.resolve();
    await Promise.all([slowly, quickly]);
    const after = await changesAfter(between.next);
    expect([...between.items, ...after.items].map(({ id }) => id)).toEqual([slow, quick]);
  });

  it('says what was taken back, and says it once when the work is done twice', async () => {
    await contractor.browser
      .post(`/api/v1/tenders/${tenderId}/withdrawal`)
      .send({ reason: 'Projet arrêté.' })
      .expect(204);
    const withdrawn = await eventually(async () => {
      const { text } = await anybody().get('/tenders.atom?lang=fr').buffer(true);
      return text.includes('Retiré') ? text : null;
    });
    expect(withdrawn).toContain('href="http://localhost/tenders"');
    const before = (await changesAfter()).items.length;
    const [{ id: eventId }] = (await inSystem((tx) =>
      rows<{ id: string }>(
        tx,
        `SELECT id FROM platform.event WHERE subject_id = $1 AND type = 'tender.withdrawn'`,
        [tenderId],
      ),
    )) as [{ id: string }];
    await inSystem((tx) => keepPublicChange(tx, { eventId, tenderId, kind: 'withdrawn' }));
    expect((await changesAfter()).items).toHaveLength(before);
  });
});
