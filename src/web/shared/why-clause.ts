import type { Day, Language } from '../../kernel/index.js';
import type { ClauseAnswer, ClauseDuty, RuleVersion } from '../../legal-basis/index.js';
import type { Messages } from '../../platform/i18n/index.js';
import type { Tender } from '../../tenders/index.js';
import { lawPaths } from '../law/paths.js';
import { clauseInWords } from './clause-in-words.js';

type Option = ClauseAnswer['options'][number];

/** A rule a decision rests on, as it stood when it was decided. */
export interface RuleApplied extends Pick<
  RuleVersion,
  'id' | 'set' | 'key' | 'valid' | 'citation' | 'confidence'
> {
  /** The page anybody may read, where the rule has one. */
  readonly href: string | null;
}

/** Why a clause is possible on a tender, and why this one. */
export interface WhyClause {
  readonly decidedOn: Day;
  readonly knownAt: Date;
  readonly buyer: string;
  readonly regime: string;
  readonly confidence: string;
  /** Null while none is chosen. */
  readonly chosen: (Option & { readonly basisHref: string }) | null;
  readonly others: readonly (Option & { readonly basisHref: string })[];
  readonly duties: readonly (ClauseDuty & { readonly basisHref: string })[];
  readonly askPerson: readonly string[];
  readonly rules: readonly RuleApplied[];
}

/**
 * @param versions the law as it was known when the clause was decided
 * @returns null while the law has not been asked
 */
export function whyClause(
  tender: Pick<Tender, 'clause' | 'buyer'>,
  versions: readonly RuleVersion[],
  messages: Messages,
  language: Language,
): WhyClause | null {
  const answer = clauseInWords(tender, messages, language);
  const { clause } = tender;
  if (!answer || !clause) return null;
  const options = answer.options.map((option) => ({ ...option, basisHref: lawPaths.basis(option.basis) }));
  const isChosen = ({ instrument, basis }: Option): boolean =>
    instrument === clause.instrument && basis === clause.basis;
  const cited = new Set(answer.versions);
  return {
    decidedOn: clause.decidedOn,
    knownAt: new Date(clause.lawKnownAt),
    buyer: answer.buyer,
    regime: answer.regime,
    confidence: answer.confidence,
    chosen: options.find(isChosen) ?? null,
    others: options.filter((option) => !isChosen(option)),
    duties: answer.duties.map((duty) => ({ ...duty, basisHref: lawPaths.basis(duty.basis) })),
    askPerson: answer.askPerson,
    rules: versions.filter(({ id }) => cited.has(id)).map(applied),
  };
}

function applied({ id, set, key, valid, citation, confidence }: RuleVersion): RuleApplied {
  const href = set === 'basis' || set === 'overlay' ? lawPaths.basis(key) : null;
  return { id, set, key, valid, citation, confidence, href };
}
