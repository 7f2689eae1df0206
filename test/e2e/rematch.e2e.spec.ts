import { Client } from 'pg';
import { addDays } from '../../src/kernel/index.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { FIRST_IDENTITY, readCriteria, ReplayService, type Criterion } from '../../src/matching/index.js';
import { newId } from '../../src/platform/ids.js';
import { DayTurn } from '../../src/pipeline/day-turn.js';
import { RematchPipeline } from '../../src/pipeline/rematch.pipeline.js';
import { writeDemandOf } from '../../src/pipeline/open-demand.js';
import { RegistryService, type Enterprise } from '../../src/registry/index.js';
import type { MatchShape } from '../../src/web/api/v1/tenders.dto.js';
import { uptake } from '../../src/monitoring/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { publishTender } from './publish.js';
import { anActivity, anApproval, anEnterprise } from '../factories/enterprise.factory.js';

const PAVING = '45233200';

interface Standing {
  readonly verdict: string;
  readonly closed: string | null;
  readonly because: { readonly code: string } | null;
}

describe('a change after a tender was matched', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterprise: SignedInBrowser;
  let enterpriseId: string;
  let tenderId: string;
  let profile: Enterprise;

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);

  beforeAll(async () => {
    service = await startTestApp({ statementTimeoutMs: 5000 });
    contractor = await service.signIn({ role: 'contractor' });
    enterprise = await service.signIn({ role: 'enterprise' });
    profile = anEnterprise({
      approvals: [anApproval({ validUntil: service.clock.today() })],
      activities: [anActivity({ trades: ['45442100'] })],
    });
    const owner = new Client({ connectionString: service.databaseUrl });
    await owner.connect();
    // The first verdict on whoever is called Lent takes longer than a statement may.
    await owner.query(`
      CREATE SEQUENCE public.slow_once;
      CREATE FUNCTION public.be_slow_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM registry.enterprise_version WHERE enterprise_id = NEW.enterprise_id AND name = 'Lent')
           AND nextval('public.slow_once') = 1 THEN PERFORM pg_sleep(60); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER slow_once BEFORE INSERT ON matching.match FOR EACH ROW EXECUTE FUNCTION public.be_slow_once();`);
    await owner.end();
    enterpriseId = await inSystem((tx) =>
      service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: enterprise.actor.organisationId! }),
    );
    tenderId = await publishTender(contractor, [PAVING]);
  });
  afterAll(() => service.stop());

  const matched = (): Promise<Standing | null> =>
    inSystem(async (tx) => {
      const [last] = await rows<Standing>(
        tx,
        `SELECT verdict, closed_reason AS closed, closed_because AS because FROM matching.match
         WHERE tender_id = $1 AND enterprise_id = $2 ORDER BY recorded DESC LIMIT 1`,
        [tenderId, enterpriseId],
      );
      return last ?? null;
    });
  /** Of offers: the approval that ends is a mail of its own, whenever the day is taken. */
  const mails = (): Promise<{ body: string; subject: string }[]> =>
    inSystem((tx) =>
      rows(
        tx,
        `SELECT body, subject FROM platform.outbox_mail
         WHERE recipient LIKE $1 AND subject NOT LIKE 'Votre agrément se termine%' ORDER BY id`,
        [`%${enterprise.email}%`],
      ),
    );
  const openJobs = async (): Promise<number> => {
    const [found] = await inSystem((tx) =>
      rows<{ open: number }>(
        tx,
        `SELECT (SELECT count(*) FROM queue.job WHERE state IN ('created', 'retry', 'active'))::int
              + (SELECT count(*) FROM platform.event WHERE relayed_at IS NULL AND type <> 'match.new')::int AS open`,
      ),
    );
    return found!.open;
  };
  const change = (to: Partial<Enterprise>): Promise<void> => {
    service.clock.advanceMs(60_000);
    const registry = service.app.get(RegistryService);
    return inSystem((tx) =>
      registry.changeProfile(tx, SYSTEM, enterpriseId, { ...profile, ...to }, service.clock.today()),
    );
  };

  it('can be weighed before: what another trade would have brought in the last twelve months', async () => {
    const wonder = async (query: string): Promise<readonly (string | undefined)[]> => {
      const { text } = await enterprise.browser.get(`/enterprise/what-if?lang=fr&${query}`).expect(200);
      return [...text.matchAll(/<dd[^>]*>\s*(\d+)\s*</g)].map(([, figure]) => figure);
    };
    // Now, then, and published at all.
    expect(await wonder(`trade=${PAVING}`)).toEqual(['0', '1', '1']);
    expect(await wonder('extraKm=10')).toEqual(['0', '0', '1']);
  });

  it('tells an enterprise that begins to fit, why now, and how long it has', async () => {
    const trades = [PAVING, '45442100'];
    profile = { ...profile, activities: [anActivity({ trades })] };
    await change({});
    const [mail] = await eventually(async () => ((await mails()).length > 0 ? mails() : null));
    expect((await matched())?.verdict).toBe('match');
    expect(mail!.body).toContain('Nouveau pour vous\u00a0: votre profil a changé');
    expect(mail!.body).toMatch(/Les réponses sont closes dans \d+ jours\./);
    expect(mail!.body.replaceAll(/\s+/g, ' ')).toContain('L’agrément finit le 24 novembre 2026');
    // The news are a delivery of their own, which may come after the mail.
    const news = await eventually(async () => {
      const { text } = await enterprise.browser.get('/news');
      return text.includes('Réponses closes') ? text : null;
    });
    expect(news).toMatch(/Réponses closes dans \d+ jours\./);
  });

  it('can be weighed by the contractor: who would be left within so many kilometres', async () => {
    const { packages } = (await contractor.browser.get(`/api/v1/tenders/${tenderId}`)).body;
    const { id } = packages.find(({ offered }: { offered: boolean }) => offered);
    const wonder = async (query: string) =>
      (await contractor.browser.get(`/api/v1/work-packages/${id}/what-if?${query}`).expect(200)).body;
    expect(await wonder('change=within&km=200')).toMatchObject({
      packages: 1,
      gained: [],
      lost: [],
      kept: 1,
    });
    // A package of one trade is not split by trade.
    expect(await wonder('change=by-trade')).toMatchObject({ packages: 0, gained: [], lost: [], kept: 0 });
  });

  it('tells the contractor what would make who nearly fits fit, and who could do it', async () => {
    await change({ openToTeams: false, activities: [anActivity({ trades: [PAVING], modes: ['goods'] })] });
    const nearly = await eventually(async () => {
      const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/matches?lang=fr`);
      return (body as { items: MatchShape[] }).items.find(({ verdict }) => verdict === 'near-miss') ?? null;
    });
    expect(nearly.changes).toEqual([
      {
        steps: [
          { code: 'mode.add', sentence: expect.stringMatching(/prestation/), changeableBy: 'enterprise' },
        ],
      },
    ]);
    expect(nearly).toMatchObject({ decidedOn: service.clock.today(), packageVersion: expect.any(Number) });
    const page = `/contractor/tenders/${tenderId}/packages/${nearly.packageId}/matches/${enterpriseId}?lang=fr`;
    const { text } = await contractor.browser.get(page).expect(200);
    const [, changes] = /Ce qui suffirait<\/h2>([\s\S]*?)<h2/.exec(text) ?? [];
    expect(changes).toMatch(/De la part de l’entreprise[\s\S]*Proposer aussi cette forme de prestation/);
    expect(changes).not.toContain('De votre part');
    expect(text).toContain('L’entreprise peut y remédier.');
  });

  it('withdraws what no longer fits with the reason, and writes no mail of it', async () => {
    const before = (await mails()).length;
    await change({ openToTeams: false, activities: [anActivity({ trades: [PAVING], modes: ['goods'] })] });
    const gone = await eventually(async () => {
      const found = await matched();
      return found?.verdict === 'match' && found.closed
        ? found
        : found?.verdict === 'near-miss'
          ? found
          : null;
    });
    expect(['near-miss', 'match']).toContain(gone.verdict);
    await change({ active: false });
    const withdrawn = await eventually(async () => {
      const found = await matched();
      return found?.closed && found.because?.code === 'contact.not-active' ? found : null;
    });
    expect(withdrawn.closed).toMatch(/no-longer-fits|outranked/);
    expect(await mails()).toHaveLength(before);
    const { text } = await enterprise.browser.get('/enterprise/opportunities?lang=fr').expect(200);
    expect(text).toContain('1 travail ne vous concerne plus');
    const line = /<li>([^<]+depuis le[^<]+)<\/li>/.exec(text)?.[1] ?? '';
    expect(line).toMatch(/, Organisation contractor, depuis le 24 novembre 2026\. .+/);
  });

  it('never mails of it again, whatever becomes of the tender', async () => {
    const before = (await mails()).length;
    const { deadline } = (await contractor.browser.get(`/api/v1/tenders/${tenderId}`)).body;
    const until = new Date(new Date(deadline).getTime() + 7 * 86_400_000).toISOString();
    const extended = await contractor.browser
      .post(`/api/v1/tenders/${tenderId}/extension`)
      .send({ deadline: until, reason: 'Plus de temps.' });
    expect(extended.status).toBeLessThan(300);
    // The news are planned in a job of their own, after that of the re-match.
    await eventually(async () => ((await openJobs()) === 0 ? true : null));
    expect(await mails()).toHaveLength(before);
  });

  it('takes up an approval that ends, on the day after its last', async () => {
    await change({});
    await eventually(async () =>
      (await matched())?.verdict === 'match' && !(await matched())?.closed ? true : null,
    );
    const today = service.clock.today();
    await inSystem((tx) =>
      rows(
        tx,
        `INSERT INTO accounts.sign_in_try (id, source_hash, tried_at) VALUES ($1, 'long ago', '2020-01-01')`,
        [newId(service.clock.now())],
      ),
    );
    service.clock.advanceMs(86_400_000);
    const results = await Promise.all([0, 1, 2].map(() => service.app.get(DayTurn).turn()));
    expect(results.filter(Boolean).length).toBeLessThanOrEqual(1);
    const expired = await eventually(async () => {
      const [last] = await inSystem((tx) =>
        rows<{ criteria: readonly Criterion[] }>(
          tx,
          `SELECT criteria FROM matching.match WHERE enterprise_id = $1 AND upper_inf(recorded)`,
          [enterpriseId],
        ),
      );
      const approval = readCriteria(last?.criteria ?? []).find(({ key }) => key === 'approval');
      return !last || approval?.result === 'fail' ? (approval ?? { result: 'fail' }) : null;
    });
    expect(expired.result).toBe('fail');
    expect(addDays(today, 1)).toBe(service.clock.today());
    // The same turn forgets what was kept long enough, once the day is taken.
    const longAgo = () =>
      inSystem((tx) => rows(tx, `SELECT 1 FROM accounts.sign_in_try WHERE source_hash = 'long ago'`));
    await eventually(async () => ((await longAgo()).length === 0 ? true : null));
  });

  it('takes up a re-match that ran out of time in the middle, and does nothing twice', async () => {
    const slow = await service.signIn({ role: 'enterprise' });
    service.clock.advanceMs(60_000);
    const { organisationId } = slow.actor;
    const lent = { ...profile, name: 'Lent', approvals: [anApproval()], contactEmail: slow.email };
    const id = await inSystem((tx) =>
      service.app.get(RegistryService).register(tx, SYSTEM, lent, { organisationId: organisationId! }),
    );
    const mailed = (): Promise<unknown[]> =>
      inSystem((tx) =>
        rows(tx, 'SELECT 1 FROM platform.outbox_mail WHERE recipient LIKE $1', [`%${slow.email}%`]),
      );
    await eventually(async () => ((await mailed()).length > 0 ? true : null));
    const done = await inSystem((tx) =>
      rows(
        tx,
        `SELECT (SELECT max(retry_count) FROM queue.job WHERE name = 'rematch.enterprise' AND data::text LIKE $1)::int AS retries,
                (SELECT count(*) FROM matching.match WHERE enterprise_id = $2)::int AS verdicts,
                (SELECT count(*) FROM matching.posting WHERE enterprise_id = $2)::int > 0 AS is_found`,
        [`%${id}%`, id],
      ),
    );
    expect(done).toEqual([{ retries: 1, verdicts: 1, is_found: true }]);
    expect(await mailed()).toHaveLength(1);
  });

  it('puts who has to do with many packages to the best of them first, and to all others in the jobs that follow', async () => {
    const copies = 59;
    await inSystem(async (tx) => {
      await rows(
        tx,
        `WITH original AS (SELECT p FROM tenders.work_package p WHERE p.tender_id = $1 AND p.offered),
              copied AS (INSERT INTO tenders.work_package
                SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'ref', 'copy ' || n, 'ordinal', 1000 + n))).*
                FROM original, generate_series(1, $2::int) n RETURNING id)
         INSERT INTO tagging.tag
         SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'package_id', copied.id))).*
         FROM original JOIN tagging.tag t ON t.package_id = (p).id CROSS JOIN copied`,
        [tenderId, copies],
      );
      await writeDemandOf(tx, tenderId);
    });
    const { actor, email } = await service.signIn({ role: 'enterprise' });
    service.clock.advanceMs(60_000);
    const large = { ...profile, name: 'Vaste', approvals: [anApproval()], contactEmail: email };
    const id = await inSystem((tx) =>
      service.app.get(RegistryService).register(tx, SYSTEM, large, { organisationId: actor.organisationId! }),
    );
    const standing = (): Promise<{ count: number }[]> =>
      inSystem((tx) =>
        rows(
          tx,
          `SELECT count(*)::int AS count FROM matching.match
           WHERE tender_id = $1 AND enterprise_id = $2 AND verdict = 'match' AND upper_inf(recorded)`,
          [tenderId, id],
        ),
      );
    await eventually(async () => ((await standing())[0]!.count === copies + 1 ? true : null));
    const follows = await inSystem((tx) =>
      rows<{ after: string }>(
        tx,
        `SELECT data #>> '{payload,payload,after}' AS after FROM queue.job
         WHERE name = 'rematch.enterprise' AND data #>> '{payload,subjectId}' = $1
           AND data #> '{payload,payload,after}' IS NOT NULL`,
        [id],
      ),
    );
    expect(follows).toEqual([{ after: FIRST_IDENTITY }]);

    // What has ended ends at once, however much it is: nothing is shown or written of it until later jobs have run.
    service.clock.advanceMs(60_000);
    const other = { ...large, activities: [anActivity({ trades: ['45442100'] })] };
    const { withdrawn } = await inSystem(async (tx) => {
      await service.app.get(RegistryService).changeProfile(tx, SYSTEM, id, other, service.clock.today());
      return service.app.get(RematchPipeline).enterprise(tx, id, { cause: 'enterprise', key: 'at-once' });
    });
    expect(withdrawn).toHaveLength(copies + 1);
  });

  it('decides every verdict it ever stored again, identically', async () => {
    const replays = await inSystem(async (tx) => {
      const ids = await rows<{ id: string }>(tx, 'SELECT id FROM matching.match ORDER BY id');
      const found = [];
      for (const { id } of ids) found.push(await service.app.get(ReplayService).replay(tx, id));
      return found;
    });
    expect(replays.length).toBeGreaterThan(3);
    expect(replays.map((replay) => replay?.differences)).toEqual(replays.map(() => []));
  });

  it('counts an enterprise that became of another kind under that kind, without being asked to', async () => {
    const counted = (): Promise<readonly (string | null)[]> =>
      inSystem(async (tx) => {
        const { groups } = await uptake(tx, { from: '2026-01-01', until: '2027-01-01', known: null });
        return groups.kind.filter(({ counts }) => counts.eligible > 0).map(({ key }) => key);
      });
    expect(await counted()).not.toContain('BRU_ES');
    await change({ kind: 'BRU_ES' });
    await eventually(async () => ((await counted()).includes('BRU_ES') ? true : null));
  });
});
