import {
  clauseRows,
  edgeFacts,
  edgeRows,
  eligibilityRows,
  gateRows,
  matrixRows,
  thresholdRows,
} from '../../test/factories/legal-basis-rows.js';
import {
  clauseOptions,
  eligibility,
  gates,
  type ClauseAnswer,
  type EligibilityAnswer,
  type GateAnswer,
  type LegalRules,
  type RuleVersion,
} from './domain/index.js';
import { readRules, ruleFiles, rulesFromFiles, toRules } from './rule-files.js';

const versions = readRules(ruleFiles()) as RuleVersion[];
const rules = rulesFromFiles();
const DOUBTS = ['recalled', 'uncertain'] as const;

type Question = (law: LegalRules) => unknown;

const CONTRACTS: Question[] = [
  ...clauseRows().map(({ facts }) => facts),
  ...edgeRows().map(edgeFacts),
  ...thresholdRows().map(({ facts }) => facts),
].map((facts) => (law) => clauseOptions(law, facts));
const ENTERPRISES: Question[] = [
  ...eligibilityRows(),
  ...matrixRows().flatMap(({ column, on, bare, proven }) =>
    [bare, proven].map((enterprise) => ({ basis: column, enterprise, on })),
  ),
].map(
  ({ basis, enterprise, on }) =>
    (law) =>
      eligibility(law, { basis, enterprise }, on),
);
const GATES: Question[] = gateRows().map(
  ({ facts, on }) =>
    (law) =>
      gates(law, facts, on),
);

/** The law with one row that nobody has read in its source. */
function doubting(version: RuleVersion, confidence: RuleVersion['confidence']): LegalRules {
  return toRules(versions.map((one) => (one === version ? { ...one, confidence } : one)));
}

/** The questions whose answer cites a row today. */
function citing(questions: readonly Question[]): Map<string, Question[]> {
  const found = new Map<string, Question[]>();
  for (const question of questions)
    for (const id of new Set(idsOf(question(rules)))) found.set(id, [...(found.get(id) ?? []), question]);
  return found;
}

function idsOf(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap((one) => (isGate(one) ? [one.version] : []));
  return [...((answer as { versions?: readonly string[] }).versions ?? [])];
}

function isGate(one: unknown): one is GateAnswer {
  return typeof one === 'object' && one !== null && 'version' in one;
}

function failures(
  set: (version: RuleVersion) => boolean,
  questions: readonly Question[],
  isLeftToAPerson: (answer: unknown, version: RuleVersion) => boolean,
): { failures: string[]; asked: number } {
  const cited = citing(questions);
  const failed: string[] = [];
  let asked = 0;
  for (const version of versions.filter(set))
    for (const confidence of DOUBTS) {
      const concerned = cited.get(version.id) ?? [];
      if (concerned.length === 0) continue;
      const law = doubting(version, confidence);
      for (const question of concerned) {
        asked += 1;
        const answer = question(law);
        if (!isLeftToAPerson(answer, version))
          failed.push(`${version.set} ${version.key} ${confidence}: ${JSON.stringify(answer).slice(0, 300)}`);
      }
    }
  return { failures: failed, asked };
}

describe('a row that nobody has read in its source', () => {
  it('lets no enterprise in and keeps none out: each worked row that rests on a cell goes to a person', () => {
    const found = failures(
      ({ set }) => set === 'eligibility',
      ENTERPRISES,
      (answer) => ['person-decides', 'pending'].includes((answer as EligibilityAnswer).verdict),
    );
    expect(found.failures).toEqual([]);
    expect(found.asked).toBeGreaterThan(100);
  });

  it('lets no enterprise in by its kind where work is reserved, and says that the kind was not read', () => {
    const found = failures(
      ({ set }) => set === 'kind',
      ENTERPRISES,
      (answer, { id }) => {
        const { verdict, group, confidence, versions: cited } = answer as EligibilityAnswer;
        const isFree = group === 'CLAUSE_DEFINED' || group === 'ANY' || group === 'TRAINEES';
        // Another approval that was read may let it in.
        return !cited.includes(id) || (confidence !== 'sourced' && (isFree || verdict !== 'eligible'));
      },
    );
    expect(found.failures).toEqual([]);
    expect(found.asked).toBeGreaterThan(100);
  });

  it('decides no clause unseen: the answer says so, and asks a person', () => {
    // A threshold is relied on where a duty hangs on it, which is tested beside that duty.
    const found = failures(
      ({ set }) => ['basis', 'overlay', 'regime', 'buyer'].includes(set),
      CONTRACTS,
      (answer, { key }) => {
        const { confidence, asks, options } = answer as ClauseAnswer;
        // What a voluntary term is modelled on decides nothing: it is only named.
        const isOnlyModel = options.some(({ inspiredBy }) => inspiredBy === key);
        return isOnlyModel || (confidence !== 'sourced' && asks.some(({ params }) => params['rule'] === key));
      },
    );
    expect(found.failures).toEqual([]);
    expect(found.asked).toBeGreaterThan(100);
  });

  it('refuses nobody at a gate of a site', () => {
    const found = failures(
      ({ set }) => set === 'gate',
      GATES,
      (answer, { key }) =>
        (answer as GateAnswer[])
          .filter((one) => one.key === key)
          .every(({ result, confidence }) => result !== 'fail' && confidence !== 'sourced'),
    );
    expect(found.failures).toEqual([]);
    expect(found.asked).toBeGreaterThan(20);
  });
});
