import {
  contractQuestions,
  enterpriseQuestions,
  gateQuestions,
} from '../../test/factories/legal-basis-rows.js';
import { addDays } from '../kernel/index.js';
import type { LegalRules, RuleVersion } from './domain/index.js';
import { readRules, ruleFiles, rulesFromFiles, toRules } from './rule-files.js';

const versions = readRules(ruleFiles()) as RuleVersion[];
const rules = rulesFromFiles();

/** Rows that are kept for their citation, or for pages: no answer hangs on them. */
const TOLD_ONLY =
  /^(basis (BE-2016-(7|58|86)|BE-RGE-2013|EU-2014|EU-2004-18-26)|overlay BRU-(CIRC-2012|ORD)|scope|cpv-list)/;
const GATES_TOLD_ONLY = /^gate (APPROVAL-CATEGORIES|REGISTRATION|SAFETY-CERTIFICATE|SMALL-LOTS)/;

function nameOf(version: RuleVersion): string {
  return `${version.set} ${version.key}`;
}

/** Small changes to one row of the law that somebody should notice. */
function mutants(version: RuleVersion): (RuleVersion | null)[] {
  const { valid, body } = version;
  // A buyer that is not entered is treated as unbound: what counts of its row is whether it is bound.
  if (version.set === 'buyer') return [{ ...version, body: { ...body, bound: body['bound'] !== true } }];
  const changed: (RuleVersion | null)[] = [null];
  const amount = body['amount'];
  if (typeof amount === 'number') changed.push({ ...version, body: { ...body, amount: amount + 1 } });
  if (version.set === 'threshold' || version.set === 'overlay') {
    if (valid.from) changed.push({ ...version, valid: { ...valid, from: addDays(valid.from, 1) } });
    if (valid.until) changed.push({ ...version, valid: { ...valid, until: addDays(valid.until, -1) } });
  }
  const cases = body['cases'] as Record<string, unknown>[] | undefined;
  for (const [index, one] of (cases ?? []).entries())
    for (const field of ['above', 'from', 'over_days'])
      if (typeof one[field] === 'number')
        for (const step of [1, -1])
          changed.push({
            ...version,
            body: { ...body, cases: cases!.with(index, { ...one, [field]: (one[field] as number) + step }) },
          });
  return changed;
}

const expected = new Map<unknown, string>();

/** The answer that the law as it is gives, once. */
function answerNow(question: (law: LegalRules) => unknown): string {
  const known = expected.get(question) ?? JSON.stringify(question(rules));
  expected.set(question, known);
  return known;
}

const CONTRACTS = contractQuestions();
const GATES = gateQuestions();
const ENTERPRISES = enterpriseQuestions(null);

/** The worked rows that a row of the law can touch. */
function questionsAbout(version: RuleVersion): typeof CONTRACTS {
  switch (version.set) {
    case 'eligibility':
      return enterpriseQuestions(String(version.body['kind']));
    case 'kind':
      return ENTERPRISES;
    case 'approval-class':
      return GATES;
    case 'gate':
      return [...GATES, ...ENTERPRISES];
    default:
      return CONTRACTS;
  }
}

describe('every row of the law', () => {
  const deciding = versions.filter(
    (version) => !TOLD_ONLY.test(nameOf(version)) && !GATES_TOLD_ONLY.test(nameOf(version)),
  );

  it('is missed by a worked row when it is taken away or moved by one unit or one day', () => {
    const survivors = deciding.flatMap((version) => {
      const questions = questionsAbout(version);
      return mutants(version).flatMap((mutant, index) => {
        const others = versions.filter((one) => one !== version);
        const mutated = toRules(mutant === null ? others : [...others, mutant]);
        const noticed = questions.some(
          (question) => JSON.stringify(question(mutated)) !== answerNow(question),
        );
        return noticed ? [] : [`${nameOf(version)} ${version.valid.from ?? ''} mutant ${index}`];
      });
    });
    expect(survivors).toEqual([]);
    expect(deciding.length).toBeGreaterThan(350);
  }, 300_000);
});
