import { createOrganisation } from '../../src/accounts/index.js';
import { MatchingService, OffersService, ReplayService } from '../../src/matching/index.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { OpenList } from '../../src/pipeline/index.js';
import { writeDemandOf } from '../../src/pipeline/open-demand.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';
import { draftTender } from './publish.js';

const PAVING = '45233200';
const FIT = 60;
const DAY_MS = 86_400_000;

/** Each of a contractor of its own: the same document again is the same tender. */
interface Published {
  readonly contractor: SignedInBrowser;
  readonly tenderId: string;
  readonly packageId: string;
}

interface Invited {
  readonly organisationId: string;
  readonly enterpriseId: string;
  readonly round: number;
  readonly state: string;
}

describe('a package that more enterprises fit than are told of it', () => {
  let service: TestApp;
  let near: Published;
  /** Of all who fit, whose enterprise it is. */
  const enterpriseOf = new Map<string, string>();
  let beyond: string[];
  let late: SignedInBrowser;

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);
  const inDays = (count: number): string =>
    new Date(service.clock.now().getTime() + count * DAY_MS).toISOString();
  const invited = (id: string): Promise<Invited[]> =>
    inSystem((tx) =>
      rows<Invited>(
        tx,
        `SELECT enterprise_organisation_id AS "organisationId", enterprise_id AS "enterpriseId", round, state
         FROM matching.invitation WHERE tender_id = $1`,
        [id],
      ),
    );
  const draft = async (terms: object): Promise<Omit<Published, 'packageId'>> => {
    const contractor = await service.signIn({ role: 'contractor' });
    const tenderId = await draftTender(contractor, [PAVING]);
    await contractor.browser.patch(`/api/v1/tenders/${tenderId}`).send(terms).expect(204);
    return { contractor, tenderId };
  };
  const publish = async (terms: object): Promise<Published> => {
    const { contractor, tenderId } = await draft(terms);
    await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`).expect(204);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
    const offered = body.packages.find((one: { offered: boolean }) => one.offered);
    return { contractor, tenderId, packageId: offered.id };
  };
  const extend = async ({ contractor, tenderId }: Published): Promise<void> => {
    await contractor.browser
      .post(`/api/v1/tenders/${tenderId}/extension`)
      .send({ deadline: inDays(30), reason: 'Plus de temps.' })
      .expect(204);
  };
  const visit = (organisationId: string): Promise<SignedInBrowser> =>
    service.signIn({ role: 'enterprise', organisationId });

  beforeAll(async () => {
    service = await startTestApp();
    const { id: _, ...paver } = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
    await inSystem(async (tx) => {
      const now = service.clock.now();
      for (let i = 0; i < FIT; i += 1) {
        const made = { role: 'enterprise', name: `Paveurs ${i}`, language: 'fr' } as const;
        const organisationId = await createOrganisation(tx, made, now);
        const id = await service.app.get(RegistryService).register(tx, SYSTEM, paver, { organisationId });
        enterpriseOf.set(organisationId, id);
      }
      await service.app.get(OffersService).refresh(tx, [...enterpriseOf.values()], service.clock.today());
      // Whoever is new is told whatever its place: these are not.
      await rows(tx, 'UPDATE platform.event SET relayed_at = $1 WHERE relayed_at IS NULL', [now]);
    });
    // So near that there is no second round.
    near = await publish({ deadline: inDays(7), visibility: 'eligible' });
    const first = await eventually(async () => {
      const found = await invited(near.tenderId);
      return found.length > 0 ? found : null;
    });
    const told = new Set(first.map(({ organisationId }) => organisationId));
    beyond = [...enterpriseOf.keys()].filter((id) => !told.has(id));
    late = await visit(beyond[0]!);
  }, 180_000);
  afterAll(() => service.stop());

  it('is told to the fifty best of them', async () => {
    expect(await invited(near.tenderId)).toHaveLength(50);
    expect(beyond).toHaveLength(10);
  });

  it('says before it is published how many may fit, and what becomes of the others', async () => {
    const { contractor, tenderId } = await draft({ deadline: inDays(20) });
    const read = async (): Promise<string> =>
      (await contractor.browser.get(`/contractor/tenders/${tenderId}/publish?lang=fr`)).text;
    const long = await read();
    expect(long).toContain('Jusqu’à 60 entreprises');
    expect(long).toMatch(/les suivantes reçoivent un courriel à partir du .*29 novembre 2026/);
    await contractor.browser
      .patch(`/api/v1/tenders/${tenderId}`)
      .send({ deadline: inDays(8) })
      .expect(204);
    expect(await read()).toContain('la date limite n’en laisse pas le temps');
  });

  it('stands on the list of all ten others, with why, and without a word of an invitation', async () => {
    for (const organisationId of beyond) {
      const { browser } = await visit(organisationId);
      const { body } = await browser.get('/api/v1/opportunities').expect(200);
      expect(body.items).toMatchObject([
        { packageId: near.packageId, verdict: 'match', fitsNow: true, isInvited: false },
      ]);
      expect(body.items[0].criteria.length).toBeGreaterThan(8);
    }
    const list = await late.browser.get('/enterprise/opportunities?lang=fr').expect(200);
    expect(list.text).toContain(near.packageId);
    const page = await late.browser.get(`/enterprise/opportunities/${near.packageId}`).expect(200);
    expect(page.text).toContain('Nous ne vous l’avons pas annoncé par courriel');
    // Looking told nobody, and did not make them invited.
    const told = await inSystem((tx) =>
      rows(tx, 'SELECT FROM notifications.notification WHERE organisation_id = ANY ($1::uuid[])', [beyond]),
    );
    expect(told).toHaveLength(0);
    expect(await invited(near.tenderId)).toHaveLength(50);
  });

  it('is decided again from what the verdict cites, like every other', async () => {
    const [match] = await inSystem((tx) =>
      rows<{ id: string; rank: number }>(
        tx,
        'SELECT id, rank FROM matching.match WHERE package_id = $1 AND enterprise_id = $2 AND upper_inf(recorded)',
        [near.packageId, enterpriseOf.get(beyond[0]!)],
      ),
    );
    expect(match!.rank).toBeGreaterThan(50);
    const replay = await inSystem((tx) => service.app.get(ReplayService).replay(tx, match!.id));
    expect(replay?.differences).toEqual([]);
  });

  it('takes their answers: all of it, a part, a team, no', async () => {
    const answers = [
      { kind: 'part', part: '300 m²' },
      { kind: 'team' },
      { kind: 'no', reason: 'no-capacity' },
      { kind: 'full' },
    ];
    for (const [at, answer] of answers.entries()) {
      const { browser, formToken } = await visit(beyond[at]!);
      await browser
        .put(`/api/v1/opportunities/${near.packageId}/answer`)
        .set('x-form-token', formToken)
        .send(answer)
        .expect(200);
    }
    const { body } = await near.contractor.browser.get(`/api/v1/tenders/${near.tenderId}/answers`);
    const kinds = body.items.map(({ kind }: { kind: string }) => kind);
    expect(kinds.toSorted()).toEqual(['full', 'no', 'part', 'team']);
  });

  it('can be opened and answered by whoever was never shown the list', async () => {
    const other = await publish({ deadline: inDays(8), visibility: 'public' });
    const told = await eventually(async () => {
      const found = await invited(other.tenderId);
      return found.length > 0 ? found : null;
    });
    const ids = told.map(({ organisationId }) => organisationId);
    const [stranger] = [...enterpriseOf.keys()].filter((id) => !ids.includes(id));
    const { browser, formToken } = await visit(stranger!);
    await browser
      .put(`/api/v1/opportunities/${other.packageId}/answer`)
      .set('x-form-token', formToken)
      .send({ kind: 'full' })
      .expect(200);
    const { body } = await other.contractor.browser.get(`/api/v1/tenders/${other.tenderId}/answers`);
    expect(body.items).toMatchObject([{ kind: 'full' }]);
  });

  it('names on the board whom it told and who answered, and counts the others', async () => {
    const { text } = await near.contractor.browser.get(`/contractor/tenders/${near.tenderId}/board?lang=fr`);
    expect(text.match(/Dans sa liste, sans courriel/g)).toHaveLength(4);
    expect(text).toContain('6 autres entreprises qui conviennent ont ce paquet dans leur liste');
  });

  it('is neither shown nor open to them when it is for those invited by name alone', async () => {
    const [named] = [...enterpriseOf];
    const closed = await publish({ deadline: inDays(8), visibility: 'invited', invited: [named![1]] });
    await eventually(async () => ((await invited(closed.tenderId)).length > 0 ? true : null));
    for (const organisationId of beyond.filter((id) => id !== named![0])) {
      const { browser, formToken } = await visit(organisationId);
      const { body } = await browser.get('/api/v1/opportunities');
      expect(body.items.map((one: { packageId: string }) => one.packageId)).not.toContain(closed.packageId);
      await browser.get(`/enterprise/opportunities/${closed.packageId}`).expect(404);
      await browser
        .put(`/api/v1/opportunities/${closed.packageId}/answer`)
        .set('x-form-token', formToken)
        .send({ kind: 'full' })
        .expect(404);
    }
  });

  it('is not there for whoever only nearly fits, and keeps no verdict on it', async () => {
    const { browser, formToken, actor } = await service.signIn({ role: 'enterprise' });
    const { id: _, ...seller } = anEnterprise({
      activities: [anActivity({ trades: [PAVING], modes: ['goods'] })],
    });
    const organisationId = actor.organisationId!;
    await inSystem((tx) => service.app.get(RegistryService).register(tx, SYSTEM, seller, { organisationId }));
    await browser.get(`/api/v1/opportunities/${near.packageId}`).expect(404);
    await browser.get(`/enterprise/opportunities/${near.packageId}`).expect(404);
    await browser
      .put(`/api/v1/opportunities/${near.packageId}/answer`)
      .set('x-form-token', formToken)
      .send({ kind: 'full' })
      .expect(404);
    const kept = await inSystem((tx) =>
      rows(tx, 'SELECT FROM matching.match WHERE enterprise_organisation_id = $1', [organisationId]),
    );
    expect(kept).toHaveLength(0);
  });

  it('goes from the list of who no longer fits, and no mail says so', async () => {
    const organisationId = beyond[5]!;
    const gone = anEnterprise({ activities: [anActivity({ trades: ['45442100'] })] });
    service.clock.advanceMs(60_000);
    await inSystem((tx) =>
      service.app
        .get(RegistryService)
        .changeProfile(tx, SYSTEM, enterpriseOf.get(organisationId)!, gone, service.clock.today()),
    );
    const { browser } = await visit(organisationId);
    const left = await eventually(async () => {
      const { body } = await browser.get('/api/v1/opportunities');
      return body.items.length === 0 ? body.items : null;
    });
    expect(left).toEqual([]);
  });

  it('is told to the next round while nobody offers the whole, once there is time; those who looked are told, too', async () => {
    const open = await publish({ deadline: inDays(8), visibility: 'eligible' });
    // Jobs go by the clock of the machine, which is past all these days.
    const before = await eventually(async () => {
      const found = await invited(open.tenderId);
      return found.length > 0 && found.every(({ state }) => state === 'due') ? found : null;
    });
    expect(before.map(({ round }) => round)).toEqual(Array.from({ length: 50 }, () => 0));
    // Looking earlier costs nobody a place.
    await late.browser.get('/api/v1/opportunities').expect(200);
    await extend(open);
    const next = await eventually(async () => {
      const found = await invited(open.tenderId);
      return found.some(({ round }) => round === 1) ? found : null;
    });
    expect(next.filter(({ round }) => round === 1)).toHaveLength(9);
    expect(new Set(next.map(({ enterpriseId }) => enterpriseId)).size).toBe(59);
    const told = await eventually(async () => {
      const found = await inSystem((tx) =>
        rows<{ id: string }>(
          tx,
          `SELECT DISTINCT organisation_id AS id FROM notifications.notification WHERE tender_id = $1 AND organisation_id = $2 AND channel = 'mail'`,
          [open.tenderId, beyond[0]],
        ),
      );
      return found.length > 0 ? found : null;
    });
    expect(told).toHaveLength(1);
  });

  it('is told to nobody else when somebody offers the whole', async () => {
    await extend(near);
    const jobs = (name: string) =>
      inSystem((tx) =>
        rows<{ state: string }>(
          tx,
          `SELECT state FROM queue.job WHERE name = $1 AND $2 IN (data->'payload'->>'tenderId', data->'payload'->>'subjectId')`,
          [name, near.tenderId],
        ),
      );
    await eventually(async () =>
      (await jobs('rematch.tender')).some(({ state }) => state === 'completed') ? true : null,
    );
    expect(await jobs('invitations.next-round')).toHaveLength(0);
    expect((await invited(near.tenderId)).every(({ round }) => round === 0)).toBe(true);
  });

  it('is told to the next round when who offered the whole takes it back, but to nobody who answered', async () => {
    const answered = beyond.slice(0, 4);
    service.clock.advanceMs(60_000);
    const { browser, formToken } = await visit(answered[3]!);
    await browser
      .put(`/api/v1/opportunities/${near.packageId}/answer`)
      .set('x-form-token', formToken)
      .send({ kind: 'no', reason: 'no-capacity' })
      .expect(200);
    const second = await eventually(async () => {
      const found = (await invited(near.tenderId)).filter(({ round }) => round === 1);
      return found.length > 0 ? found.map(({ organisationId }) => organisationId) : null;
    });
    const asked = second.filter((id) => !answered.includes(id));
    expect(asked.length).toBeGreaterThan(0);
    const mailed = await eventually(async () => {
      const found = await inSystem((tx) =>
        rows<{ id: string }>(
          tx,
          `SELECT DISTINCT organisation_id AS id FROM notifications.notification
           WHERE template = 'tender-published' AND package_ids @> ARRAY[$1::uuid] AND organisation_id = ANY ($2::uuid[])`,
          [near.packageId, second],
        ),
      );
      return found.length > 0 ? found.map(({ id }) => id) : null;
    });
    expect(mailed.filter((id) => answered.includes(id))).toEqual([]);
  });
});

describe('the list of who fits more packages than can be looked at at once', () => {
  let service: TestApp;
  let paver: SignedInBrowser;
  let contractor: SignedInBrowser;
  let contractorId: string;
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);
  const publish = (count: number): Promise<string> =>
    inSystem(async (tx) => {
      const deadline = new Date(service.clock.now().getTime() + 20 * DAY_MS);
      const packages = Array.from({ length: count }, (_, at) => `Pavés ${at}`);
      const made = await aPublishedTender(tx, { organisationId: contractorId, deadline, packages });
      await rows(
        tx,
        `UPDATE tenders.tender SET clause = '{"instrument": "VOLUNTARY", "answer": {}}' WHERE id = $1`,
        [made.tenderId],
      );
      await rows(tx, `UPDATE tenders.work_package SET sites = '{nis:62096}' WHERE tender_id = $1`, [
        made.tenderId,
      ]);
      await rows(
        tx,
        `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state, recorded_at, decided_by)
         SELECT gen_random_uuid(), $1, id, 'trade', $2, 0.9, true, '[]', 'machine', 'confirmed', $3, $1
         FROM unnest($4::uuid[]) AS p (id)`,
        [contractorId, PAVING, service.clock.now(), made.packageIds],
      );
      await writeDemandOf(tx, made.tenderId);
      return made.tenderId;
    });
  const listed = (): Promise<number> =>
    inSystem(async (tx) => {
      const [found] = await rows<{ count: number }>(
        tx,
        'SELECT count(*)::int AS count FROM matching.match WHERE enterprise_organisation_id = $1 AND upper_inf(recorded)',
        [paver.actor.organisationId],
      );
      return found!.count;
    });
  beforeAll(async () => {
    service = await startTestApp();
    paver = await service.signIn({ role: 'enterprise' });
    contractor = await service.signIn({ role: 'contractor' });
    contractorId = contractor.actor.organisationId!;
    const { id: _, ...profile } = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
    await inSystem(async (tx) => {
      const organisationId = paver.actor.organisationId!;
      await service.app.get(RegistryService).register(tx, SYSTEM, profile, { organisationId });
      await rows(tx, 'UPDATE platform.event SET relayed_at = $1', [service.clock.now()]);
    });
  });
  afterAll(() => service.stop());

  it('begins with the first fifty, and the rest follows by itself; looking at once from several places changes nothing', async () => {
    const tenderId = await publish(120);
    const looks = Array.from({ length: 4 }, () => service.app.get(OpenList).bringUpToDate(paver.actor));
    await Promise.all(looks);
    expect(await listed()).toBeGreaterThanOrEqual(50);
    await eventually(async () => ((await listed()) === 120 ? true : null));
    const api = `/api/v1/tenders/${tenderId}/matches`;
    const first = await contractor.browser.get(api).expect(200);
    const last = await contractor.browser.get(`${api}?after=${first.body.next}`).expect(200);
    const packages = [...first.body.items, ...last.body.items].map(({ packageId }) => packageId);
    expect([first.body.items.length, last.body.next, new Set(packages).size]).toEqual([100, null, 120]);
    await contractor.browser.get(`${api}?after=nowhere`).expect(404);
  });

  it('shows what was published since, and writes nothing when nothing was', async () => {
    const mark = (): Promise<readonly { mark: string }[]> =>
      inSystem((tx) => rows(tx, `SELECT xmin::text || up_to AS mark FROM matching.listed`));
    await publish(3);
    await service.app.get(OpenList).bringUpToDate(paver.actor);
    expect(await listed()).toBe(123);
    const before = await mark();
    await service.app.get(OpenList).bringUpToDate(paver.actor);
    expect(await mark()).toEqual(before);
  });

  it('leaves to later what somebody is deciding on, and does not wait', async () => {
    const tenderId = await publish(2);
    await inSystem(async (tx) => {
      const [one] = await rows<{ id: string }>(
        tx,
        'SELECT id FROM tenders.work_package WHERE tender_id = $1 ORDER BY ordinal LIMIT 1',
        [tenderId],
      );
      await service.app.get(MatchingService).lock(tx, [one!.id]);
      await service.app.get(OpenList).bringUpToDate(paver.actor);
      expect(await listed()).toBe(124);
    });
    await eventually(async () => ((await listed()) === 125 ? true : null));
  });

  it('is looked through anew on another day: something else may fit', async () => {
    await inSystem((tx) =>
      rows(
        tx,
        `UPDATE matching.match SET recorded = tstzrange(lower(recorded), lower(recorded) + interval '1 second'), closed_reason = 'no-longer-fits'
         WHERE id = (SELECT max(id::text)::uuid FROM matching.match WHERE upper_inf(recorded))`,
      ),
    );
    await service.app.get(OpenList).bringUpToDate(paver.actor);
    expect(await listed()).toBe(124);
    service.clock.advanceMs(DAY_MS);
    await service.app.get(OpenList).bringUpToDate(paver.actor);
    expect(await listed()).toBe(125);
  });
});
