import type { Day, Decimal } from '../../kernel/index.js';
import type {
  ClauseAnswer,
  ClauseFacts,
  EligibilityAnswer,
  EligibilityQuestion,
  EnterpriseFacts,
  Instrument,
} from '../../legal-basis/domain/index.js';
import type { LegalTraits } from '../../registry/domain/index.js';

/** The law as matching asks it: answers of one state of the rules, as known at one moment. */
export interface LegalView {
  readonly lawAsOf: Day;
  /** Two views with the same stamp answer the same. */
  readonly stamp: string;
  readonly kinds: readonly string[];
  clauseOptions(facts: ClauseFacts): Pick<ClauseAnswer, 'options'>;
  eligibility(question: EligibilityQuestion, on: Day): EligibilityAnswer;
  /** Null for a kind that the rules do not know. */
  kind(kind: string, on: Day): { readonly approved: boolean; readonly b2bMarket: boolean } | null;
  /** Largest value that a contractor-approval class allows on a day; null has no ceiling, undefined is no class. */
  classCeiling(approvalClass: number, on: Day): Decimal | null | undefined;
}

export interface LegalFinding {
  readonly verdict: EligibilityAnswer['verdict'] | 'not-available';
  readonly basis: string;
  readonly reasons: EligibilityAnswer['reasons'];
}

/** What the law says about one package and any enterprise, on the day its notice fixes. */
export interface LawOfPackage {
  readonly lawAsOf: Day;
  readonly stamp: string;
  /** Two packages with the same key are under the same law. */
  readonly key: string;
  /** The legal day: what is asked of an enterprise is asked as of it. */
  readonly day: Day;
  /** Every kind that the rules know. */
  readonly kinds: readonly string[];
  /** What a match cites: the basis of the clause option. */
  readonly basis: string;
  eligibility(enterprise: LegalTraits): LegalFinding;
  kind(kind: string): { readonly approved: boolean; readonly b2bMarket: boolean } | null;
  classCeiling(approvalClass: number): Decimal | null | undefined;
}

/** Instruments under which a column of the eligibility matrix decides, whatever article the clause cites. */
const COLUMN_OF_INSTRUMENT: Partial<Record<Instrument, string>> = {
  VOLUNTARY: 'VOL',
  SUBCON_SHARE: 'CLAUSE',
  EXEC_COND: 'CLAUSE',
  TRAINING: 'WAL_TRAIN',
};

/**
 * The law of one package.
 * @param facts null when nothing is known of the buyer: only a voluntary term can then be used
 * @param on the day to judge on when the facts carry no date
 */
export function lawOfPackage(
  view: LegalView,
  facts: ClauseFacts | null,
  instrument: Instrument,
  on: Day,
): LawOfPackage {
  const day = facts?.date ?? on;
  const offered = facts
    ? view.clauseOptions(facts).options.filter((option) => option.instrument === instrument)
    : [];
  const column = COLUMN_OF_INSTRUMENT[instrument];
  const cited = offered.map((option) => option.basis);
  const isAvailable = instrument === 'VOLUNTARY' || offered.length > 0;
  const bases = column ? [column] : [...new Set(cited)];
  const told = new WeakMap<LegalTraits, LegalFinding>();
  return {
    lawAsOf: view.lawAsOf,
    stamp: view.stamp,
    key: JSON.stringify([view.stamp, day, instrument, isAvailable, bases]),
    day,
    kinds: view.kinds,
    basis: cited[0] ?? (instrument === 'VOLUNTARY' ? 'BE-CONTRACT' : instrument),
    kind: (kind) => view.kind(kind, day),
    classCeiling: (approvalClass) => view.classCeiling(approvalClass, day),
    eligibility(enterprise) {
      if (!isAvailable) return { verdict: 'not-available', basis: instrument, reasons: [] };
      const before = told.get(enterprise);
      if (before) return before;
      const findings = bases.map((basis): LegalFinding => {
        const answer = view.eligibility({ basis, enterprise: enterpriseFacts(enterprise) }, day);
        return { verdict: answer.verdict, basis, reasons: answer.reasons };
      });
      const [best] = findings.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
      told.set(enterprise, best!);
      return best!;
    },
  };
}

/** Best first: an enterprise enters by whichever basis of the instrument lets it in. */
const ORDER: readonly LegalFinding['verdict'][] = [
  'eligible',
  'person-decides',
  'pending',
  'not-eligible',
  'not-available',
];

/** Only verified approvals count as evidence; a pending one is a person's to check first. */
export function enterpriseFacts(enterprise: LegalTraits): EnterpriseFacts {
  return {
    kind: enterprise.kind,
    approvals: enterprise.approvals
      .filter((approval) => approval.state === 'verified')
      .map(({ kind, validFrom, validUntil }) => ({ kind, validFrom, validUntil })),
    ratios: enterprise.ratios,
    mainAimIntegration: enterprise.mainAimIntegration,
    art59: enterprise.art59,
    statutes: enterprise.statutes,
  };
}
