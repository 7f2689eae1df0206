import type { Problem } from '../../kernel/index.js';
import type { Ask, ClauseAnswer, ClauseDuty, ClauseOption, Words } from './answers.js';
import { checkClauseFacts } from './check-clause-facts.js';
import { duties } from './duties.js';
import {
  INSTRUMENTS,
  type Buyer,
  type ClauseFacts,
  type Group,
  type Instrument,
  type Regime,
} from './facts.js';
import { inForce } from './in-force.js';
import { labelKey } from './label.js';
import { routeIsOpen } from './route.js';
import type { BasisRule, LegalRules } from './rules.js';
import { euThreshold, type ThresholdAnswer } from './threshold.js';
import { ask, newTrail, rely, type Trail } from './trail.js';

/** Says keys as they are: for storage, where no language is meant. */
const keysOnly: Words = (key) => key;

const RANK = Object.fromEntries(INSTRUMENTS.map((one, index) => [one, index])) as Record<Instrument, number>;

const CLAUSE_DEFINED: readonly Group[] = ['CLAUSE_DEFINED'];
const TRAINEES: readonly Group[] = ['TRAINEES'];

type BareOption = Omit<ClauseOption, 'label'>;

interface Bare {
  readonly regime: Regime;
  readonly threshold: ThresholdAnswer | null;
  readonly options: readonly BareOption[];
  readonly duties: readonly ClauseDuty[];
}

/**
 * Which social clauses this buyer may use on the day of the notice, on which legal basis, for which groups of
 * enterprises, and what obliges it to. Decided by the rules given alone.
 * @param facts `date` is the day of the notice; for a contractor executing a public contract, that of the main one
 * @param words says labels and reasons in one language; without it they are keys of the catalogue
 * @returns problems with a pointer when a fact does not exist or contradicts another; never a guess
 * @source docs/legal-basis/README.md; dossier sections 1, 2, 3 and 6
 */
export function clauseOptions(
  rules: LegalRules,
  facts: ClauseFacts,
  words: Words = keysOnly,
): ClauseAnswer | Problem[] {
  const problems = checkClauseFacts(rules, facts);
  if (problems.length > 0) return problems;
  const asked = { ...facts, buyer: effectiveBuyer(facts) };
  const trail = newTrail();
  const buyer = rules.buyers.get(asked.buyer);
  if (buyer) rely(trail, buyer);
  const bare = buyer?.bound ? bound(rules, asked, trail) : unbound(rules, asked, trail);
  return {
    ...(typeof facts.id === 'string' ? { id: facts.id } : {}),
    regime: bare.regime,
    buyer: asked.buyer,
    aboveThreshold: bare.threshold?.above ?? null,
    threshold: bare.threshold?.amount ?? null,
    options: bare.options.map((one) => ({
      ...one,
      label: words(one.labelKey, { mainContract: asked.mainContract ?? '' }),
    })),
    duties: bare.duties,
    askPerson: trail.asks.map((one) => askInWords(one, words)),
    asks: trail.asks,
    lawAsOf: rules.lawAsOf,
    confidence: trail.confidence,
    versions: [...trail.versions],
  };
}

/** Families of the catalogue that name what some parameters list. */
const NAMED: Readonly<Record<string, string>> = { missing: 'clause.fact', groups: 'clauses.group' };

/** Says why a person is asked, in the language of `words`. */
export function askInWords({ code, params }: Ask, words: Words): string {
  const named = Object.entries(params).map(([name, value]) => {
    const family = NAMED[name];
    const each = family === undefined ? [] : String(value).split(', ');
    return [name, family === undefined ? value : each.map((one) => words(`${family}.${one}`)).join(', ')];
  });
  return words(`clause.ask.${code}`, Object.fromEntries(named) as Ask['params']);
}

/** A private buyer that names a grant is bound by that grant, not by procurement law. */
function effectiveBuyer(facts: ClauseFacts): Buyer {
  return facts.buyer === 'private' && typeof facts.subsidy === 'string' ? 'private-subsidy' : facts.buyer;
}

function regimeOn(rules: LegalRules, facts: ClauseFacts, trail: Trail): Regime {
  const rule = inForce(rules.regimes, facts.date);
  if (rule === null) return 'PRE';
  rely(trail, rule);
  if (rule.regime === 'PRE') ask(trail, 'none-modelled', { date: facts.date });
  return rule.regime;
}

function basesOn(rules: LegalRules, facts: ClauseFacts, layer: BasisRule['layer']): BasisRule[] {
  const found: BasisRule[] = [];
  for (const versions of rules.bases.values()) {
    if (versions[0]?.layer !== layer) continue;
    const rule = inForce(versions, facts.date);
    if (rule !== null) found.push(rule);
  }
  return found;
}

function option(
  basis: BasisRule,
  instrument: Instrument,
  facts: ClauseFacts,
  more: Partial<BareOption> = {},
): BareOption {
  return {
    instrument,
    basis: basis.key,
    groups: basis.groups,
    confidence: basis.confidence,
    labelKey: labelKey(instrument, facts),
    uncertainGroups: basis.uncertainGroups,
    citation: basis.citation,
    inspiredBy: null,
    ...more,
  };
}

/** A buyer that procurement law binds: what the act of the day opens, and what overlays make of it. */
function bound(rules: LegalRules, facts: ClauseFacts, trail: Trail): Bare {
  const regime = regimeOn(rules, facts, trail);
  if (regime === 'PRE') return { regime, threshold: null, options: [], duties: [] };
  const threshold = euThreshold(rules, facts);
  if (threshold.candidates.length === 0) ask(trail, 'threshold.not-entered', { date: facts.date });
  const open = basesOn(rules, facts, 'BE').filter((basis) => isOpen(rules, basis, facts, threshold, trail));
  for (const basis of open) {
    rely(trail, basis);
    if (basis.uncertainGroups.length > 0)
      ask(trail, 'group.uncertain', { groups: basis.uncertainGroups.join(', '), rule: basis.key });
  }
  if (threshold.above !== false) askAbove(rules, facts, regime, trail);
  const options = open
    .flatMap((basis) => basis.instruments.map((instrument) => option(basis, instrument, facts)))
    .sort((a, b) => RANK[a.instrument] - RANK[b.instrument]);
  const owed = duties(rules, facts, threshold, trail);
  // Shown with the answer even where nothing hangs on it.
  for (const candidate of threshold.candidates) trail.versions.add(candidate.versionId);
  return { regime, threshold, options, duties: owed };
}

function isOpen(
  rules: LegalRules,
  basis: BasisRule,
  facts: ClauseFacts,
  threshold: ThresholdAnswer,
  trail: Trail,
): boolean {
  if (basis.instruments.length === 0) return false;
  if (basis.route) return routeIsOpen(rules, basis, facts, trail);
  if (basis.valueLimit === 'none') return true;
  for (const candidate of threshold.candidates) rely(trail, candidate);
  if (threshold.above === null && threshold.candidates.length > 0)
    ask(trail, 'threshold.open', { rule: basis.key, missing: threshold.missing.join(', ') });
  return threshold.above === false;
}

/** Readings that would open a group where the act itself is silent: never without a person. */
function askAbove(rules: LegalRules, facts: ClauseFacts, regime: Regime, trail: Trail): void {
  for (const basis of basesOn(rules, facts, 'EU')) {
    if (basis.uncertainAbove?.regime !== regime) continue;
    trail.versions.add(basis.versionId);
    ask(trail, 'group.uncertain', { groups: basis.uncertainAbove.groups.join(', '), rule: basis.key });
  }
}

/** A buyer that procurement law does not bind: a voluntary term, a grant's condition, or an inherited share. */
function unbound(rules: LegalRules, facts: ClauseFacts, trail: Trail): Bare {
  if (facts.buyer === 'pep') return inherited(rules, facts, trail);
  if (facts.buyer === 'private-subsidy' && !facts.subsidy) ask(trail, 'subsidy.unnamed');
  return {
    regime: 'RCONTRACT',
    threshold: null,
    options: voluntary(rules, facts, trail),
    duties: duties(rules, facts, null, trail),
  };
}

function voluntary(rules: LegalRules, facts: ClauseFacts, trail: Trail): BareOption[] {
  const model = basesOn(rules, facts, 'BE').filter((basis) => basis.instruments.includes('RESERVE_ACCESS'));
  const inspiredBy = model.at(-1)?.key ?? null;
  for (const basis of model.slice(-1)) trail.versions.add(basis.versionId);
  return basesOn(rules, facts, 'CONTRACT').map((basis) => {
    rely(trail, basis);
    return option(basis, 'VOLUNTARY', facts, { citation: null, inspiredBy });
  });
}

/** The regime is that of the main notice; the share is a debt of the contractor, never a reservation. */
function inherited(rules: LegalRules, facts: ClauseFacts, trail: Trail): Bare {
  const regime = regimeOn(rules, facts, trail);
  const clause = facts.mainClause ?? null;
  if (clause === null) ask(trail, 'main-clause.unstated');
  if (typeof facts.subsidy === 'string') ask(trail, 'subsidy.of-main-contract', { rule: facts.subsidy });
  if (clause === null || clause === 'none')
    return { regime, threshold: null, options: voluntary(rules, facts, trail), duties: [] };
  const basis = basesOn(rules, facts, 'BE').find((one) => one.inheritedIn === regime);
  if (basis === undefined) return { regime, threshold: null, options: [], duties: [] };
  rely(trail, basis);
  const options: BareOption[] = [];
  if (clause !== 'training') options.push(option(basis, 'SUBCON_SHARE', facts, { groups: CLAUSE_DEFINED }));
  if (clause !== 'subcontracting')
    options.push(
      option(basis, 'TRAINING', facts, { groups: clause === 'training' ? TRAINEES : CLAUSE_DEFINED }),
    );
  const { confidence, citation } = basis;
  return {
    regime,
    threshold: null,
    options,
    duties: [{ kind: 'inherited', basis: basis.key, status: 'in-force', confidence, citation }],
  };
}
