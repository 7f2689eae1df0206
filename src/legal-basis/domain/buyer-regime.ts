import type { Ask } from './answers.js';
import type { Buyer, MainClause } from './facts.js';

/** An answer of the wizard; whoever does not know says so. */
export type Told = 'yes' | 'no' | 'unknown';

/** The four questions of the wizard, in their order. */
export interface BuyerAnswers {
  /** 1. Is the buyer a contracting authority, or a contracting entity in water, energy, transport or post? */
  readonly authority?: 'authority' | 'entity' | 'no' | 'unknown' | null;
  /** 2. Is more than half of this contract paid by one? Is there a grant order with a clause, and which? */
  readonly moreThanHalfPublic?: Told | null;
  readonly grantWithClause?: Told | null;
  /** Key of the grant rule. */
  readonly subsidy?: string | null;
  /** 3. Are works to be handed over to a public body? */
  readonly handedOver?: Told | null;
  /** 4. Is this package part of a public main contract, and does that one contain a social clause? */
  readonly partOfPublicContract?: Told | null;
  readonly mainClause?: MainClause | null;
}

/**
 * The questions that still decide something, by their numbers: who is bound by its own nature is known after the first.
 * @source dossier section 2.1
 */
export function decidingQuestions({
  authority,
}: Pick<BuyerAnswers, 'authority'>): readonly (1 | 2 | 3 | 4)[] {
  return authority === 'authority' || authority === 'entity' ? [1] : [1, 2, 3, 4];
}

export interface BuyerRegime {
  readonly buyer: Buyer;
  readonly subsidy: string | null;
  readonly mainClause: MainClause | null;
  /** The question that decided: 1 to 4, or null for the default. */
  readonly decidedBy: 1 | 2 | 3 | 4 | null;
  readonly asks: readonly Ask[];
}

/**
 * Who the buyer is, from the wizard. Without a clear yes it is private: a wrong "public" would announce a legal
 * force that does not exist. A doubt is put to a person.
 * @source dossier section 2.1
 */
export function buyerRegime(answers: BuyerAnswers): BuyerRegime {
  const asks: Ask[] = unknowns(answers);
  const found = (buyer: Buyer, decidedBy: BuyerRegime['decidedBy']): BuyerRegime => ({
    buyer,
    subsidy: buyer === 'private-subsidy' || buyer === 'public' ? (answers.subsidy ?? null) : null,
    mainClause: buyer === 'pep' ? (answers.mainClause ?? null) : null,
    decidedBy,
    asks,
  });
  if (answers.authority === 'authority') return found('public', 1);
  if (answers.authority === 'entity') return found('public-utility', 1);
  const capturedBy = answers.moreThanHalfPublic === 'yes' ? 2 : answers.handedOver === 'yes' ? 3 : null;
  if (answers.partOfPublicContract === 'yes') {
    // What is let is then a subcontract, whoever pays for the whole.
    if (capturedBy !== null) asks.push({ code: 'buyer.several', params: { questions: `${capturedBy}, 4` } });
    return found('pep', 4);
  }
  if (capturedBy !== null) {
    asks.push({ code: 'buyer.captured', params: { question: capturedBy } });
    return found('private-captured', capturedBy);
  }
  if (answers.grantWithClause === 'yes') return found('private-subsidy', 2);
  return found('private', null);
}

const QUESTIONS = [
  ['authority', 1],
  ['moreThanHalfPublic', 2],
  ['grantWithClause', 2],
  ['handedOver', 3],
  ['partOfPublicContract', 4],
] as const;

function unknowns(answers: BuyerAnswers): Ask[] {
  const open = QUESTIONS.filter(([name]) => answers[name] === 'unknown').map(([, question]) => question);
  return open.length === 0
    ? []
    : [{ code: 'buyer.unknown', params: { questions: [...new Set(open)].join(', ') } }];
}
