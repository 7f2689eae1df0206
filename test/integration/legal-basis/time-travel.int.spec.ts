import fc from 'fast-check';
import { contains, type Day } from '../../../src/kernel/index.js';
import {
  clauseOptions,
  enterVersions,
  LegalBasisService,
  readRules,
  ruleFiles,
  type ClauseFacts,
  type RuleVersion,
} from '../../../src/legal-basis/index.js';
import { toRules } from '../../../src/legal-basis/rule-files.js';
import { rows, sqlState, type Tx } from '../../../src/platform/db/index.js';
import { deterministicId } from '../../../src/platform/ids.js';
import { SYSTEM, type TestDatabase } from '../../database.js';
import { cloneWithoutLaw } from './empty-register.js';

/** The full run is MAILLON_HISTORIES=10000. */
const HISTORIES = Number(process.env['MAILLON_HISTORIES'] ?? 300);
const START = Date.parse('2026-01-01T00:00:00Z');
const KEYS = ['ALPHA', 'BETA', 'GAMMA'] as const;
const FIRST_DAY = Date.parse('2020-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

const dayAt = (offset: number): Day => new Date(FIRST_DAY + offset * DAY_MS).toISOString().slice(0, 10);
const instantAt = (minutes: number): Date => new Date(START + minutes * 60_000);

/** What one rule says over time: boundaries cut the days into pieces, a piece without a text is a gap. */
const timeline = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { freq: 3 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([cuts, texts]) => ({ cuts: cuts.sort((a, b) => a - b), texts }));

function versionsOf(
  key: string,
  { cuts, texts }: { cuts: number[]; texts: (number | null)[] },
): RuleVersion[] {
  const bounds = [null, ...cuts, null];
  return texts.slice(0, cuts.length + 1).flatMap((text, index): RuleVersion[] => {
    if (text === null) return [];
    const [from, until] = [bounds[index] ?? null, bounds[index + 1] ?? null];
    const valid = {
      from: from === null ? null : dayAt(from),
      until: until === null ? null : dayAt(until),
    };
    return [
      {
        id: deterministicId('rule', 'gate', key, valid.from ?? '', valid.until ?? '', String(text)),
        set: 'gate',
        key,
        valid,
        citation: { fr: 'un', nl: 'een' },
        confidence: 'sourced',
        body: { text },
        sourceFile: 'test',
      },
    ];
  });
}

const history = fc.record({
  loads: fc.array(
    fc.record({ minutes: fc.integer({ min: 0, max: 60 }), law: fc.tuple(timeline, timeline, timeline) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  questions: fc.array(fc.tuple(fc.integer({ min: -2, max: 33 }), fc.integer({ min: -1, max: 70 })), {
    minLength: 100,
    maxLength: 100,
  }),
});

/** The naive model: every state that was ever held for true, with the instant from which it was. */
type Model = { readonly since: number; readonly versions: readonly RuleVersion[] }[];

function ask(model: Model, on: Day, knownAt: Date): readonly RuleVersion[] {
  const state = model.filter((one) => one.since <= knownAt.getTime()).at(-1);
  return (state?.versions ?? []).filter((version) => contains(version.valid, on));
}

/** @returns the SQLSTATE with which a second truth for the same days is refused */
async function attemptOverlap(tx: Tx): Promise<string | null> {
  await rows(tx, 'SAVEPOINT attempt');
  const error: unknown = await rows(
    tx,
    `INSERT INTO legal_basis.rule_version
     SELECT gen_random_uuid(), version_id, rule_set, rule_key, valid, recorded, body, citation, confidence,
            source_file, content_hash FROM legal_basis.rule_version LIMIT 1`,
  ).catch((thrown: unknown) => thrown);
  await rows(tx, 'ROLLBACK TO attempt');
  return sqlState(error);
}

class RolledBack extends Error {}

describe('law as known at an instant', () => {
  let db: TestDatabase;
  const law = new LegalBasisService();
  beforeAll(async () => {
    db = await cloneWithoutLaw();
  });
  afterAll(() => db.drop());

  /** Runs in a transaction that leaves nothing behind. */
  async function inVain(work: (tx: Tx) => Promise<void>): Promise<void> {
    const error: unknown = await db.database
      .transaction(SYSTEM, async (tx) => {
        await work(tx);
        throw new RolledBack();
      })
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof RolledBack)) throw error;
  }

  it(`answers as a list of all states would, over ${HISTORIES} histories of 100 questions`, async () => {
    const attempts: (string | null)[] = [];
    await fc.assert(
      fc.asyncProperty(history, ({ loads, questions }) =>
        inVain(async (tx) => {
          const model: Model = [];
          for (const { minutes, law: timelines } of loads) {
            const versions = timelines.flatMap((one, index) => versionsOf(KEYS[index]!, one));
            const report = await enterVersions(tx, versions, instantAt(minutes));
            // A clock that goes back does not take back what was known: the change follows the last one.
            const last = model.at(-1)?.since ?? Number.NEGATIVE_INFINITY;
            const since = Math.max(instantAt(minutes).getTime(), last + 1);
            if (report.entered + report.closed > 0) model.push({ since, versions });
          }
          if (model.some((state) => state.versions.length > 0)) attempts.push(await attemptOverlap(tx));
          for (const [offset, minutes] of questions) {
            const [on, knownAt] = [dayAt(offset), instantAt(minutes)];
            const found = await law.versionsInForce(tx, on, { knownAt });
            const expected = ask(model, on, knownAt);
            expect(found.map((version) => version.id)).toEqual(expected.map((version) => version.id));
          }
        }),
      ),
      { numRuns: HISTORIES },
    );
    expect(attempts.length).toBeGreaterThan(HISTORIES / 2);
    expect(new Set(attempts)).toEqual(new Set(['23P01']));
  }, 3_600_000);

  it('decides on corrected law as on the files of that moment', async () => {
    const real = readRules(ruleFiles());
    if (!Array.isArray(real)) throw new Error('the rule files are not acceptable');
    const withAmount = real.filter((version) => typeof version.body['amount'] === 'number');
    const correction = fc.record({
      index: fc.nat({ max: withAmount.length - 1 }),
      amount: fc.integer({ min: 1, max: 7_000_000 }),
    });
    const facts = fc.record<ClauseFacts>({
      date: fc.constantFrom('2007-03-15', '2012-06-01', '2014-02-10', '2019-02-01', '2026-05-12'),
      buyer: fc.constantFrom('public', 'public-utility', 'private', 'pep'),
      level: fc.constantFrom('federal', 'regional', 'local'),
      region: fc.constantFrom('WAL', 'BRU', 'VLA'),
      nature: fc.constantFrom('works', 'services', 'supplies'),
      value: fc.integer({ min: 1, max: 7_000_000 }).map(String),
      cpv: fc.constantFrom('45450000', '77310000', '85312510'),
      durationDays: fc.integer({ min: 1, max: 1500 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(correction, { minLength: 1, maxLength: 4 }),
        fc.array(facts, { minLength: 20 }),
        (changes, asked) =>
          inVain(async (tx) => {
            const states: (readonly RuleVersion[])[] = [real];
            for (const { index, amount } of changes) {
              const target = withAmount[index]!;
              const id = deterministicId('rule', target.id, String(amount));
              states.push(
                states
                  .at(-1)!
                  .map((version) =>
                    version.key === target.key && version.valid.from === target.valid.from
                      ? { ...version, id, body: { ...version.body, amount } }
                      : version,
                  ),
              );
            }
            for (const [index, state] of states.entries()) await enterVersions(tx, state, instantAt(index));
            for (const [index, state] of states.entries()) {
              const [known, expected] = [
                await law.rulesAsOf(tx, { knownAt: instantAt(index) }),
                toRules(state),
              ];
              for (const one of asked)
                expect(clauseOptions(known, one)).toEqual(clauseOptions(expected, one));
            }
          }),
      ),
      { numRuns: Math.ceil(HISTORIES / 30) },
    );
  }, 3_600_000);
});
