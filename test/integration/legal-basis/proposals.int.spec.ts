import { Client } from 'pg';
import {
  clauseOptions,
  LegalBasisService,
  ProposalService,
  ruleFiles,
  rulesFromFiles,
  ruleText,
  type ClauseFacts,
  type LegalRules,
  type RuleVersion,
} from '../../../src/legal-basis/index.js';
import { LawPreviews, recheckDecisions } from '../../../src/pipeline/index.js';
import { affected, rows, type Tx } from '../../../src/platform/db/index.js';
import type { Actor, Role } from '../../../src/kernel/index.js';
import { newId } from '../../../src/platform/ids.js';
import { startTestApp, TestClock, type TestApp } from '../../app.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { publishedTender } from '../notifications/world.js';

const FACTS: ClauseFacts = {
  id: 'x',
  date: '2026-05-12',
  buyer: 'public',
  level: 'regional',
  region: 'WAL',
  nature: 'works',
  value: '1050000',
  workKind: 'building',
  cpv: '45262660',
};

const LATER = new Date(Date.now() + 3_600_000);
const person = (role: Role): Actor => ({
  role,
  organisationId: newId(LATER),
  personId: newId(LATER),
  requestId: 'test',
});

describe('a change of the law by two people', () => {
  let db: TestDatabase;
  // The law of this release was entered when the tests began.
  let clock: TestClock;
  let proposals: ProposalService;
  let law: LegalBasisService;
  let previews: LawPreviews;
  const [author, second, third] = [person('administrator'), person('administrator'), person('administrator')];
  beforeEach(async () => {
    db = await cloneDatabase();
    clock = new TestClock(LATER);
    proposals = new ProposalService(db.database, clock);
    law = new LegalBasisService();
    previews = new LawPreviews(db.database, clock);
  });
  afterEach(() => db.drop());

  const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const rules = (knownAt: Date | null = null) => asSystem((tx) => law.rulesAsOf(tx, { knownAt }));
  const propose = async (source: string): Promise<string> => {
    const kept = await proposals.propose(author, source, 'Circulaire modifiée');
    if (typeof kept !== 'string') throw new Error(JSON.stringify(kept));
    return kept;
  };
  const raised = async (from: string | null = null) => raisedText(await rules(), from);
  const approve = async (id: string, by = second) => {
    const { effect } = await proposals.read(by, id);
    clock.advanceMs(60_000);
    await proposals.approve(by, id, effect?.before.stamp ?? '');
  };
  const duties = async (knownAt: Date | null = null) => {
    const answer = clauseOptions(await rules(knownAt), FACTS);
    return 'duties' in answer ? answer.duties.map(({ kind, basis }) => `${kind} ${basis}`) : [];
  };

  it('comes into force when another person approves it, and not before', async () => {
    const before = await duties();
    const id = await propose(await raised());
    expect(await duties()).toEqual(before);
    const then = clock.now();
    await approve(id);
    const after = await duties();
    expect(after).not.toEqual(before);
    // What was known before stays readable.
    expect(await duties(then)).toEqual(before);
  });

  it('is never approved by who proposed it, neither by the service nor by the table', async () => {
    const id = await propose(await raised());
    await expect(approve(id, author)).rejects.toMatchObject({ code: 'second-person-needed' });
    const owner = new Client({ connectionString: db.url });
    await owner.connect();
    const forced = owner.query(
      `UPDATE legal_basis.proposal SET state = 'approved', decided_by = proposed_by, decided_at = now() WHERE id = $1`,
      [id],
    );
    await expect(forced).rejects.toMatchObject({ constraint: 'proposal_second_person' });
    await owner.end();
  });

  it('is for administrators only', async () => {
    const contractor = person('contractor');
    await expect(proposals.propose(contractor, await raised(), 'x')).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
    const id = await propose(await raised());
    await expect(proposals.approve(contractor, id, '')).rejects.toMatchObject({ code: 'not-allowed' });
    expect((await proposals.list(contractor)).length).toBe(0);
  });

  it('is not undone by the next start, and is one with the files once they say the same', async () => {
    await approve(await propose(await raised()));
    const amended = await duties();
    clock.advanceMs(60_000);
    const again = await asSystem((tx) => law.load(tx, clock.now()));
    expect(again).toMatchObject({ entered: 0, closed: 0 });
    expect(await duties()).toEqual(amended);
    const caughtUp = ruleFiles().map(({ name, text }) => ({
      name,
      text: name.includes('wal-circ-2016-07-21') ? text.replace('above: 1000000', 'above: 1100000') : text,
    }));
    await asSystem((tx) => law.load(tx, new Date(clock.now().getTime() + 60_000), caughtUp));
    expect(await duties()).toEqual(amended);
    const files = await asSystem((tx) =>
      rows<{ n: number }>(
        tx,
        `SELECT count(*)::int AS n FROM legal_basis.rule_version WHERE upper_inf(recorded) AND source_file LIKE 'amendments/%'`,
      ),
    );
    expect(files[0]!.n).toBe(0);
  });

  it('can be taken back by somebody else than who proposed it: the law is again that of the files', async () => {
    const before = await duties();
    const id = await propose(await raised());
    await approve(id);
    await expect(proposals.retire(author, id, 'erreur')).rejects.toMatchObject({
      code: 'second-person-needed',
    });
    clock.advanceMs(60_000);
    await proposals.retire(second, id, 'erreur');
    expect(await duties()).toEqual(before);
    expect((await rules()).stamp).toBe(rulesFromFiles().stamp);
  });

  it('is approved as it was looked at: a law that changed meanwhile is looked at again', async () => {
    const [first, other] = [await propose(await raised()), await propose(await raised('2026-03-01'))];
    const { effect } = await proposals.read(second, first);
    await approve(other);
    await expect(proposals.approve(second, first, effect!.before.stamp)).rejects.toMatchObject({
      code: 'version-changed',
    });
  });

  it('is decided once, however many decide at once', async () => {
    const id = await propose(await raised());
    const { effect } = await proposals.read(second, id);
    clock.advanceMs(60_000);
    const outcomes = await Promise.allSettled([
      proposals.approve(second, id, effect!.before.stamp),
      proposals.approve(third, id, effect!.before.stamp),
      proposals.reject(third, id, 'non'),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    [
      'no citation',
      (text: string) => text.replace(/ {4}citation:\n {6}fr: [^]*? {4}confidence/, '    confidence'),
      'rules.citation.missing',
    ],
    ['an unknown set', (text: string) => text.replace('set: overlay', 'set: nothing'), 'rules.set.unknown'],
    [
      'days the wrong way round',
      (text: string) => text.replace(/from: .*\n {4}until: .*/, 'from: 2030-01-01\n    until: 2029-01-01'),
      'rules.validity.empty',
    ],
    ['a field the set has not', (text: string) => text.replace('duty:', 'dutty:'), 'rules.field.unknown'],
    ['no YAML', () => ':\n  - [', 'rules.file.unreadable'],
    ['two rules', (text: string) => `${text}${text.replace('rules:\n', '')}`, 'rules.file.one-rule'],
  ])('is refused with its line for %s, and nothing is kept', async (_, damage, code) => {
    const found = await proposals.propose(author, damage(await raised()), 'x');
    expect(typeof found).not.toBe('string');
    const problems = found as readonly { code: string; place: { line: number } }[];
    expect(problems.map((one) => one.code)).toContain(code);
    expect(problems.every(({ place }) => place.line >= 1)).toBe(true);
    expect(await proposals.list(author)).toEqual([]);
  });

  it('shows beforehand which open tenders and enterprises it would change, by the functions that decide', async () => {
    const { tenderId } = await publishedTender(db);
    const asked = clauseOptions(await rules(), { ...FACTS, id: tenderId });
    await asSystem((tx) => decided(tx, tenderId, asked, clock.now()));
    const id = await propose(await raised());
    const { effect } = await proposals.read(second, id);
    const preview = await previews.preview(second, effect!.before, effect!.after);
    expect(preview.looked.tenders).toBe(1);
    expect(preview.tenders).toHaveLength(1);
    const [changed] = preview.tenders;
    expect(changed!.before.duties.length).toBeGreaterThan(changed!.after.duties.length);
    const nothing = await previews.preview(second, effect!.before, effect!.before);
    expect(nothing).toMatchObject({ tenders: [], draftsChanged: 0, enterprises: [] });
    // Looking changes nothing.
    expect((await rules()).stamp).toBe(effect!.before.stamp);
  });

  it('leaves every stored decision as it was: asked again, the law of then answers the same to the letter', async () => {
    const { tenderId } = await publishedTender(db);
    const asked = clauseOptions(await rules(), { ...FACTS, id: tenderId });
    await asSystem((tx) => decided(tx, tenderId, asked, clock.now()));
    await approve(await propose(await raised()));
    expect(await asSystem((tx) => recheckDecisions(tx, law))).toEqual({ checked: 1, differ: [] });
    // Seen failing: a stored answer that was tampered with.
    await asSystem((tx) =>
      affected(
        tx,
        `UPDATE tenders.tender SET clause = jsonb_set(clause, '{answer,regime}', '"R1993"') WHERE id = $1`,
        [tenderId],
      ),
    );
    const { differ } = await asSystem((tx) => recheckDecisions(tx, law));
    expect(differ).toMatchObject([{ tenderId, pointer: '/regime', stored: 'R1993' }]);
  });
});

/** The Walloon duty with another amount, from a day on. */
function walloon({ versions }: LegalRules): RuleVersion {
  return versions.find(({ set, body }) => set === 'overlay' && JSON.stringify(body).includes('1000000'))!;
}

function raisedText(rules: LegalRules, from: string | null = null): string {
  const present = walloon(rules);
  const body = JSON.parse(JSON.stringify(present.body).replace('1000000', '1100000')) as RuleVersion['body'];
  return ruleText({ ...present, body, valid: { ...present.valid, from: from ?? present.valid.from } });
}

describe('the pages of the law', () => {
  let service: TestApp;
  let text: string;
  let key: string;
  beforeAll(async () => {
    service = await startTestApp({ clock: new TestClock(LATER) });
    const rules = await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(LegalBasisService).rulesAsOf(tx),
    );
    text = raisedText(rules);
    key = walloon(rules).key;
  });
  afterAll(() => service.stop());

  it('goes through its pages: table, history, proposal, diff and preview, approval', async () => {
    const [author, second] = [
      await service.signIn({ role: 'administrator' }),
      await service.signIn({ role: 'administrator' }),
    ];
    const table = await author.browser.get('/administrator/rules?set=overlay&lang=fr').expect(200);
    expect(table.text).toContain(key);
    const path = `/administrator/rules/overlay/${key}`;
    await author.browser.get(path).expect(200);
    const wrong = await author.post(path, {
      source: text.replace('duty:', 'dutty:'),
      reason: 'x',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('dutty');
    const made = await author.post(path, { source: text, reason: 'Circulaire modifiée' });
    expect(made.status).toBe(303);
    const proposal = made.headers['location']!;
    const own = await author.browser.get(proposal).expect(200);
    expect(own.text).toContain('une autre personne doit l’approuver');
    const other = await second.browser.get(proposal).expect(200);
    expect(other.text).toContain('1100000');
    const seen = /name="seen" value="([^"]+)"/.exec(other.text)![1]!;
    service.clock.advanceMs(60_000);
    expect((await author.post(`${proposal}/approval`, { seen })).status).toBe(403);
    expect((await second.post(`${proposal}/approval`, { seen })).status).toBe(303);
    const after = await second.browser.get(path).expect(200);
    expect(after.text).toContain('amendments/');
    const asOf = await second.browser.get(
      '/administrator/rules?set=overlay&on=2026-05-12&known=2099-01-01T00:00:00Z',
    );
    expect(asOf.status).toBe(200);
  });

  it('shows everybody what a basis allows, how sure that is, and which cases check it', async () => {
    const visitor = service.visitor();
    const list = await visitor.get('/law?lang=fr').expect(200);
    expect(list.text).toContain('BE-2016-15');
    const page = await visitor.get('/law/BE-2016-15?lang=nl').expect(200);
    expect(page.text).toContain('T1');
    expect(page.text).toContain('lang="fr"');
    await visitor.get('/law/NOTHING').expect(404);
  });
});

describe('a stored version of the law', () => {
  it('is closed once and never changed otherwise, not even by the owner of the database', async () => {
    const db = await cloneDatabase();
    const owner = new Client({ connectionString: db.url });
    await owner.connect();
    const tries = [
      `UPDATE legal_basis.rule_version SET body = '{}'`,
      `UPDATE legal_basis.rule_version SET recorded = tstzrange(lower(recorded) - interval '1 day', NULL)`,
      `DELETE FROM legal_basis.rule_version`,
    ];
    for (const sql of tries)
      await expect(owner.query(sql)).rejects.toMatchObject({ constraint: 'rule_version_kept' });
    await owner.query(`UPDATE legal_basis.rule_version SET recorded = tstzrange(lower(recorded), now() + interval '1 day')
                        WHERE id = (SELECT min(id::text)::uuid FROM legal_basis.rule_version)`);
    const again = owner.query(`UPDATE legal_basis.rule_version SET recorded = tstzrange(lower(recorded), NULL)
                                WHERE NOT upper_inf(recorded)`);
    await expect(again).rejects.toMatchObject({ constraint: 'rule_version_kept' });
    await owner.end();
    await db.drop();
  });
});

async function decided(tx: Tx, tenderId: string, answer: object, at: Date): Promise<void> {
  const clause = {
    decidedOn: FACTS.date,
    lawKnownAt: at.toISOString(),
    answer,
    instrument: null,
    basis: null,
  };
  const buyer = { answers: {}, facts: { ...FACTS, id: tenderId } };
  await affected(tx, 'UPDATE tenders.tender SET buyer = $2, clause = $3 WHERE id = $1', [
    tenderId,
    JSON.stringify(buyer),
    JSON.stringify(clause),
  ]);
}
