import type { Actor, Problem } from '../../../src/kernel/index.js';
import {
  clauseOptions,
  LegalBasisService,
  ruleFiles,
  rulesFromFiles,
  type ClauseAnswer,
  type ClauseFacts,
  type LegalRules,
  type RuleFile,
} from '../../../src/legal-basis/index.js';
import { rows, sqlState, type Tx } from '../../../src/platform/db/index.js';
import { SYSTEM, type TestDatabase } from '../../database.js';
import { cloneWithoutLaw } from './empty-register.js';

const [MONDAY, TUESDAY, WEDNESDAY] = [2, 3, 4].map((day) => new Date(`2026-11-0${day}T09:00:00Z`)) as [
  Date,
  Date,
  Date,
];
const VISITOR: Actor = { role: 'anonymous', organisationId: null, personId: null, requestId: 'test' };
const FACTS: ClauseFacts = {
  date: '2026-05-12',
  buyer: 'public',
  level: 'regional',
  region: 'WAL',
  nature: 'works',
  value: '1050000',
  workKind: 'building',
  cpv: '45262660',
};

/** The rule files with one text of one file replaced. */
function corrected(name: string, from: string, to: string): RuleFile[] {
  const files = ruleFiles();
  expect(files.find((file) => file.name === name)?.text).toContain(from);
  return files.map((file) => (file.name === name ? { name, text: file.text.replace(from, to) } : file));
}

const RAISED = corrected('acts/wal-circ-2016-07-21.yaml', 'above: 1000000', 'above: 1100000');

describe('the register of law', () => {
  let db: TestDatabase;
  let law: LegalBasisService;
  beforeEach(async () => {
    db = await cloneWithoutLaw();
    law = new LegalBasisService();
  });
  afterEach(() => db.drop());

  const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const load = (now: Date, files?: readonly RuleFile[]) => asSystem((tx) => law.load(tx, now, files));
  const known = (knownAt: Date | null): Promise<LegalRules> =>
    asSystem((tx) => law.rulesAsOf(tx, { knownAt }));
  const count = (): Promise<number> =>
    asSystem(async (tx) => {
      const [row] = await rows<{ n: number }>(tx, 'SELECT count(*)::int AS n FROM legal_basis.rule_version');
      return row!.n;
    });
  const decide = async (knownAt: Date | null): Promise<ClauseAnswer> =>
    clauseOptions(await known(knownAt), FACTS) as ClauseAnswer;

  it('says the same as the files it was loaded from', async () => {
    await load(MONDAY);
    expect(await known(null)).toEqual(rulesFromFiles());
  });

  it('changes nothing when the same files are loaded again', async () => {
    const first = await load(MONDAY);
    const before = await count();
    expect(first).toEqual({ entered: before, closed: 0, kept: 0 });
    expect(await load(TUESDAY)).toEqual({ entered: 0, closed: 0, kept: before });
    expect(await count()).toBe(before);
  });

  it('enters the law once when two processes start together', async () => {
    const [one, other] = await Promise.all([load(MONDAY), load(MONDAY)]);
    const entered = [one, other]
      .map((report) => (report as { entered: number }).entered)
      .sort((a, b) => a - b);
    expect(entered).toEqual([0, await count()]);
  });

  it('keeps a correction beside what was known before it', async () => {
    await load(MONDAY);
    const before = await count();
    expect(await load(WEDNESDAY, RAISED)).toEqual({ entered: 1, closed: 1, kept: before - 1 });
    expect((await decide(TUESDAY)).duties).toHaveLength(1);
    expect((await decide(WEDNESDAY)).duties).toEqual([]);
    expect((await decide(null)).duties).toEqual([]);
  });

  it('recomputes a stored decision bit for bit after the law was corrected, and corrected back', async () => {
    await load(MONDAY);
    const stored = JSON.stringify(await decide(null));
    await load(TUESDAY, RAISED);
    await load(WEDNESDAY);
    expect(JSON.stringify(await decide(MONDAY))).toBe(stored);
    expect(JSON.stringify(await decide(TUESDAY))).not.toBe(stored);
    // The same words are the same version, so the decision of today cites what that of Monday cited.
    expect(JSON.stringify(await decide(null))).toBe(stored);
  });

  it('holds every version a decision cites', async () => {
    await load(MONDAY);
    const { versions } = await decide(null);
    const found = await asSystem((tx) =>
      rows<{ version_id: string }>(
        tx,
        'SELECT version_id FROM legal_basis.rule_version WHERE version_id = ANY ($1::uuid[])',
        [versions],
      ),
    );
    expect(found.map((row) => row.version_id).sort()).toEqual([...versions].sort());
  });

  it('enters a change just after the last one when the clock went back', async () => {
    await load(TUESDAY);
    await load(MONDAY, RAISED);
    expect((await decide(TUESDAY)).duties).toHaveLength(1);
    expect((await decide(null)).duties).toEqual([]);
  });

  it.each([
    [
      'a validity that overlaps',
      corrected('tables/regimes.yaml', 'from: 2013-07-01', 'from: 2013-06-30'),
      'rules.validity.overlap',
    ],
    [
      'a citation that is missing',
      corrected('acts/wal-slsp.yaml', 'nl: Toekenningsregels', 'de: Toekenningsregels'),
      'rules.citation.missing',
    ],
    [
      'a kind that is unknown',
      corrected('tables/eligibility.yaml', 'kinds: [WAL_EI]', 'kinds: [WAL_XX]'),
      'rules.value.unknown',
    ],
    [
      'a file that is not YAML',
      corrected('acts/wal-slsp.yaml', 'duty: ', 'duty: ['),
      'rules.file.unreadable',
    ],
  ])('refuses %s, and the law in force stays', async (_what, files, code) => {
    await load(MONDAY);
    const before = await known(null);
    const refused = (await load(TUESDAY, files)) as Problem[];
    expect(refused.map((problem) => problem.code)).toContain(code);
    expect(refused[0]).toMatchObject({
      place: { line: expect.any(Number) },
      params: { file: expect.any(String) },
    });
    expect(await known(null)).toEqual(before);
  });

  it('says when no law was entered, rather than that nothing is allowed', async () => {
    await expect(known(null)).rejects.toThrow('no law was entered');
    await load(TUESDAY);
    await expect(known(MONDAY)).rejects.toThrow('no law was entered');
  });

  it('is read by everybody and written by the system alone', async () => {
    await load(MONDAY);
    const read = await db.database.transaction(VISITOR, (tx) => law.versionsInForce(tx, '2026-05-12'));
    expect(read.length).toBeGreaterThan(300);
    await expect(
      db.database.transaction({ ...VISITOR, role: 'administrator' }, (tx) => law.load(tx, TUESDAY, RAISED)),
    ).rejects.toThrow('closed 0 of 1 rule versions');
  });

  it.each([
    ['a body changed in place', `UPDATE legal_basis.rule_version SET body = '{}'`, '42501'],
    ['a version deleted', 'DELETE FROM legal_basis.rule_version', '42501'],
    [
      'two truths for one day',
      `INSERT INTO legal_basis.rule_version
       SELECT gen_random_uuid(), version_id, rule_set, rule_key, daterange('2020-01-01', '2020-01-02'), recorded, body,
              citation, confidence, source_file, content_hash
         FROM legal_basis.rule_version WHERE rule_key = 'BE-2016-15'`,
      '23P01',
    ],
    [
      'a rule of no day',
      `INSERT INTO legal_basis.rule_version
       SELECT gen_random_uuid(), version_id, rule_set, 'OTHER', 'empty', recorded, body, citation, confidence,
              source_file, content_hash
         FROM legal_basis.rule_version WHERE rule_key = 'BE-2016-15'`,
      '23514',
    ],
    [
      'a rule without citation',
      `INSERT INTO legal_basis.rule_version
       SELECT gen_random_uuid(), version_id, rule_set, 'OTHER', valid, recorded, body, '{"fr": "", "nl": ""}',
              confidence, source_file, content_hash
         FROM legal_basis.rule_version WHERE rule_key = 'BE-2016-15'`,
      '23514',
    ],
  ])('is protected by the database from %s', async (_what, sql, state) => {
    await load(MONDAY);
    const error: unknown = await asSystem((tx) => rows(tx, sql)).catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe(state);
  });
});
