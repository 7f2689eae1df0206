import { compareDecimals, cpvCovers, type Cpv, type Day, type Decimal } from '../../../kernel/index.js';
import type { Credential } from '../../../registry/domain/index.js';
import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';
import type { CredentialRequirement, PackageToMatch } from '../package-to-match.js';

/** Asbestos removal needs an approval of its own, whatever the package says. @source legal basis dossier, 5.2 */
const ASBESTOS_TRADES = ['45262660', '90650000'];
/** The one technique without approval. */
const SIMPLE_TREATMENT = 'SIMPLE';

function isOfAsbestos(trade: Cpv): boolean {
  return ASBESTOS_TRADES.some((code) => cpvCovers(code, trade));
}

/** Whether any of the trades removes asbestos. */
export function touchesAsbestos(trades: readonly Cpv[]): boolean {
  return trades.some(isOfAsbestos);
}

/** What is asked in words or by the trade itself. */
export function credentialsAsked({
  package: asked,
}: Pick<MatchQuestion, 'package'>): readonly CredentialRequirement[] {
  const isAsbestos = asked.trades.length > 0 && asked.trades.every(isOfAsbestos);
  if (!isAsbestos || asked.credentials.some(({ kind }) => kind === 'asbestos')) return asked.credentials;
  return [...asked.credentials, { kind: 'asbestos', category: null, class: null, technique: null }];
}

export function describeCredential(asked: {
  kind: string;
  category: string | null;
  class: number | null;
  technique: string | null;
}): string {
  return [asked.kind, asked.category, asked.class, asked.technique].filter((part) => part !== null).join(' ');
}

/** What keeps a proof on file from being known to suffice. */
export const DOUBTS = [
  'ends-during-works',
  'works-end-not-stated',
  'main-category',
  'category-not-stated',
  'class-not-stated',
  'technique-not-stated',
  'value-not-stated',
  'part-not-known',
] as const;

/** Those that what the package does not state leaves. */
const FOR_CONTRACTORS: readonly string[] = ['value-not-stated', 'works-end-not-stated', 'part-not-known'];

export type Holding =
  | { readonly is: 'held' }
  | { readonly is: 'perhaps'; readonly doubt: (typeof DOUBTS)[number] }
  /** With the class that is held where only that is too low. */
  | { readonly is: 'missing'; readonly tooLow: number | null };

const HELD: Holding = { is: 'held' };
const MISSING: Holding = { is: 'missing', tooLow: null };
const doubtful = (doubt: (typeof DOUBTS)[number]): Holding => ({ is: 'perhaps', doubt });

/** Best first; of two doubts the one that is named first; of two classes the higher. */
function compareHoldings(a: Holding, b: Holding): number {
  const order = ['held', 'perhaps', 'missing'];
  const doubts = (one: Holding): number => (one.is === 'perhaps' ? DOUBTS.indexOf(one.doubt) : 0);
  const tooLow = (one: Holding): number => (one.is === 'missing' ? (one.tooLow ?? 0) : 0);
  return order.indexOf(a.is) - order.indexOf(b.is) || doubts(a) - doubts(b) || tooLow(b) - tooLow(a);
}

/**
 * Whether one required proof is held over the works.
 * @param part that the enterprise would do itself
 */
export function holdingOf(
  question: MatchQuestion,
  held: readonly Credential[],
  asked: CredentialRequirement,
  part: Part,
): Holding {
  if (asked.kind === 'asbestos' && asked.technique === SIMPLE_TREATMENT) return HELD;
  const [best] = held
    .filter(({ kind }) => kind === asked.kind)
    .map((credential) => lasting(question, credential, () => suffices(question, credential, asked, part)))
    .sort(compareHoldings);
  return best ?? MISSING;
}

/** A proof that ends during the works is in doubt, since a renewal may follow; and one that ends some day, where it is not stated when the works do. */
function lasting(
  { package: { start, end }, on, weights: { method } }: MatchQuestion,
  { validUntil }: Credential,
  sufficing: () => Holding,
): Holding {
  const from: Day = start !== null && start > on ? start : on;
  const last = method === 1 ? (end ?? start ?? on) : from;
  if (validUntil !== null && validUntil < last) return MISSING;
  const holding = sufficing();
  if (method === 1 || holding.is !== 'held' || validUntil === null) return holding;
  if (end === null) return doubtful('works-end-not-stated');
  return validUntil < end ? doubtful('ends-during-works') : HELD;
}

function suffices(
  question: MatchQuestion,
  credential: Credential,
  asked: CredentialRequirement,
  part: Part,
): Holding {
  const isOwn = asked.category === null || credential.category === asked.category;
  // A main category may stand for its sub-categories: a person reads the certificate.
  const isMain =
    !isOwn && credential.category?.length === 1 && asked.category?.startsWith(credential.category) === true;
  const isUntold = !isOwn && credential.category === null && question.weights.method > 1;
  if (!isOwn && !isMain && !isUntold) return MISSING;
  if (asked.technique !== null && credential.technique !== null && credential.technique !== asked.technique)
    return MISSING;
  const byClass = classAllows(question, credential, asked, part);
  if (byClass.is !== 'held') return byClass;
  if (asked.technique !== null && credential.technique === null) return doubtful('technique-not-stated');
  if (isUntold) return doubtful('category-not-stated');
  return isMain ? doubtful('main-category') : HELD;
}

/** Only contractor approvals, those of a category, have a class. The class must reach what the enterprise does itself. */
function classAllows(
  { law }: MatchQuestion,
  { class: held }: Credential,
  asked: CredentialRequirement,
  { value, mayBeLess }: Part,
): Holding {
  if (asked.class !== null) {
    if (held === null) return doubtful('class-not-stated');
    return held >= asked.class ? HELD : MISSING;
  }
  if (held === null) return asked.category === null ? HELD : doubtful('class-not-stated');
  const ceiling = law.classCeiling(held);
  if (ceiling === null) return HELD;
  if (ceiling === undefined) return doubtful('class-not-stated');
  if (value === null) return doubtful('value-not-stated');
  if (compareDecimals(value, ceiling) <= 0) return HELD;
  return mayBeLess ? doubtful('part-not-known') : { is: 'missing', tooLow: held };
}

/** Of the value of a package, what an enterprise would do itself. */
export interface Part {
  /** Null when the package states no value. */
  readonly value: Decimal | null;
  /** It takes parts, and how much its hours are of the work is not known. */
  readonly mayBeLess: boolean;
}

/** How much of a package an enterprise would do itself. */
export interface Taking {
  /** Of the quantity, 0 to 1. */
  readonly share: number;
  readonly mayBeLess: boolean;
}

/** What that is of its value. */
export function partOf({ value }: PackageToMatch, { share, mayBeLess }: Taking): Part {
  return { value: value === null || share >= 1 ? value : (Number(value) * share).toFixed(2), mayBeLess };
}

/** Contractor approval by category and class, asbestos technique, safety certificate: each proof asked is held. */
export function credentialsCriterion(
  question: MatchQuestion,
  { enterprise }: Candidate,
  part: Part,
): Criterion {
  const asked = credentialsAsked(question);
  if (asked.length === 0) return criterion('credentials', 'pass', 'none-asked', { required: '', actual: '' });
  const say = {
    required: asked.map(describeCredential).join(', '),
    actual: enterprise.credentials.map(describeCredential).join(', '),
  };
  const holdings = asked.map((requirement) => ({
    requirement,
    holding: holdingOf(question, enterprise.credentials, requirement, part),
  }));
  const missing = holdings.filter(({ holding }) => holding.is === 'missing');
  if (missing.length > 0) {
    const [first] = missing;
    const tooLow = first!.holding.is === 'missing' ? first!.holding.tooLow : null;
    if (missing.length === 1 && tooLow !== null) {
      const params = { class: tooLow, ceiling: question.law.classCeiling(tooLow)!, value: part.value! };
      return criterion('credentials', 'fail', 'class-too-low', { ...say, params });
    }
    const params = { missing: missing.map(({ requirement }) => describeCredential(requirement)).join(', ') };
    return criterion('credentials', 'fail', 'missing', { ...say, params });
  }
  const [doubt] = holdings.flatMap(({ holding }) => (holding.is === 'perhaps' ? [holding.doubt] : []));
  if (!doubt) return criterion('credentials', 'pass', 'held', say);
  return criterion('credentials', 'unknown', doubt, {
    ...say,
    changeableBy: FOR_CONTRACTORS.includes(doubt) ? 'contractor' : 'enterprise',
  });
}
