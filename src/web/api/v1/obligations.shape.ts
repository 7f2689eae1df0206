import { ApiProperty } from '@nestjs/swagger';
import {
  balanceOf,
  DEBT_CLAUSES,
  OUTCOMES,
  ROUTES,
  STAGES,
  stateOf,
  stateOfOffer,
  TRIERS,
  VERDICTS,
  type AttemptLog,
  type Excuse,
  type ObligationShown,
} from '../../../obligations/index.js';

const nullable = { type: String, nullable: true } as const;

class RouteBalanceShape {
  @ApiProperty({ enum: ROUTES })
  route: string;

  @ApiProperty({ ...nullable, description: 'Hours for training, EUR without VAT for subcontracting.' })
  due: string | null;

  @ApiProperty({ description: 'Due less what was waived.' })
  owed: string;

  @ApiProperty()
  remaining: string;

  @ApiProperty()
  toProve: string;

  @ApiProperty({ description: 'Performed beyond what is owed; of use to no other debt.' })
  over: string;

  @ApiProperty({ description: 'Not even planned.' })
  open: string;

  @ApiProperty({ description: 'Performed according to the contractor, not according to the enterprise.' })
  disputed: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'By stage.' })
  totals: Readonly<Record<string, string>>;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'By stage, no part twice.',
  })
  now: Readonly<Record<string, string>>;
}

class DebtShape {
  @ApiProperty()
  version: number;

  @ApiProperty({ format: 'date' })
  noticeDate: string;

  @ApiProperty({ enum: DEBT_CLAUSES })
  clause: string;

  @ApiProperty(nullable)
  hours: string | null;

  @ApiProperty(nullable)
  share: string | null;

  @ApiProperty(nullable)
  offer: string | null;

  @ApiProperty(nullable)
  amount: string | null;

  @ApiProperty()
  source: string;

  @ApiProperty()
  document: string;

  @ApiProperty({ example: 'R2016' })
  regime: string;

  @ApiProperty({ example: 'BE-2016-87' })
  basis: string;

  @ApiProperty({ enum: ['sourced', 'recalled', 'uncertain'] })
  confidence: string;

  @ApiProperty({ type: [String], description: 'The versions of law that created the debt.' })
  lawVersions: string[];

  @ApiProperty({ format: 'date-time' })
  lawKnownAt: string;
}

class EntryShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: STAGES })
  stage: string;

  @ApiProperty({ enum: ROUTES })
  route: string;

  @ApiProperty()
  quantity: string;

  @ApiProperty({ format: 'date' })
  onDay: string;

  @ApiProperty(nullable)
  parentId: string | null;

  @ApiProperty(nullable)
  packageId: string | null;

  @ApiProperty(nullable)
  party: string | null;

  @ApiProperty(nullable)
  document: string | null;

  @ApiProperty(nullable)
  note: string | null;

  @ApiProperty({
    type: String,
    enum: [...VERDICTS, null],
    nullable: true,
    description: 'What the enterprise says of what was performed; null while it has not said anything.',
  })
  verdict: string | null;

  @ApiProperty(nullable)
  verdictReason: string | null;

  @ApiProperty({ ...nullable, description: 'When it was taken back; null while it stands.' })
  endedAt: string | null;

  @ApiProperty(nullable)
  endedReason: string | null;
}

export class ObligationShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  mainContract: string;

  @ApiProperty({ type: String, nullable: true })
  tenderId: string | null;

  @ApiProperty({ enum: ['open', 'performed', 'disputed', 'proven', 'person-decides'] })
  state: string;

  @ApiProperty({ type: DebtShape })
  debt: DebtShape;

  @ApiProperty({ type: [RouteBalanceShape] })
  balances: RouteBalanceShape[];

  @ApiProperty({ type: [EntryShape] })
  entries: EntryShape[];
}

export class ObligationList {
  @ApiProperty({ type: [ObligationShape] })
  items: ObligationShape[];
}

export function obligationShape({ obligation, debt, entries }: ObligationShown): ObligationShape {
  const balances = balanceOf(debt, entries);
  return {
    id: obligation.id,
    mainContract: obligation.mainContract,
    tenderId: obligation.tenderId,
    state: stateOf(balances),
    debt: {
      version: debt.version,
      noticeDate: debt.noticeDate,
      clause: debt.clause,
      hours: debt.hours,
      share: debt.share,
      offer: debt.offer,
      amount: debt.amount,
      source: debt.source,
      document: debt.document,
      regime: debt.regime,
      basis: debt.basis,
      confidence: debt.confidence,
      lawVersions: [...debt.lawVersions],
      lawKnownAt: debt.lawKnownAt.toISOString(),
    },
    balances,
    entries: entries.map((entry) => ({
      id: entry.id,
      stage: entry.stage,
      route: entry.route,
      quantity: entry.quantity,
      onDay: entry.onDay,
      parentId: entry.parentId,
      packageId: entry.packageId,
      party: entry.party,
      document: entry.document,
      note: entry.note,
      verdict: entry.verdict,
      verdictReason: entry.verdictReason,
      endedAt: entry.endedAt?.toISOString() ?? null,
      endedReason: entry.endedReason,
    })),
  };
}

class ToldShape {
  @ApiProperty()
  enterprise: string;

  @ApiProperty(nullable)
  toldAt: string | null;

  @ApiProperty(nullable)
  answer: string | null;

  @ApiProperty(nullable)
  reason: string | null;
}

class OfferShape {
  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ enum: ROUTES })
  route: string;

  @ApiProperty({ enum: ['running', 'answered', 'withdrawn', 'in-vain'] })
  state: string;

  @ApiProperty({ format: 'date-time' })
  publishedAt: string;

  @ApiProperty({ format: 'date-time' })
  deadline: string;

  @ApiProperty({ type: [ToldShape] })
  told: ToldShape[];
}

class AttemptShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: ROUTES })
  route: string;

  @ApiProperty({ enum: TRIERS })
  triedBy: string;

  @ApiProperty()
  contacted: string;

  @ApiProperty({ format: 'date' })
  triedOn: string;

  @ApiProperty({ enum: OUTCOMES })
  outcome: string;

  @ApiProperty(nullable)
  reason: string | null;

  @ApiProperty(nullable)
  document: string | null;

  @ApiProperty(nullable)
  corrects: string | null;

  @ApiProperty({ description: 'Another line corrects it: it does not count.' })
  isCorrected: boolean;
}

export class AttemptLogShape {
  @ApiProperty({
    enum: ['tried', 'not-tried', 'unknown'],
    description: 'For the buyer to judge; no verdict.',
  })
  finding: string;

  @ApiProperty({ enum: ['sourced', 'recalled', 'uncertain'] })
  confidence: string;

  @ApiProperty({ type: [OfferShape] })
  offers: OfferShape[];

  @ApiProperty({ type: [AttemptShape] })
  attempts: AttemptShape[];
}

export function attemptLogShape(
  { offers, attempts }: AttemptLog,
  excuse: Excuse,
  now: Date,
): AttemptLogShape {
  return {
    finding: excuse.finding,
    confidence: excuse.confidence,
    offers: offers.map((offer) => ({
      packageId: offer.packageId,
      title: offer.title,
      route: offer.route,
      state: stateOfOffer(offer, now),
      publishedAt: offer.publishedAt.toISOString(),
      deadline: offer.deadline.toISOString(),
      told: offer.told.map(({ enterprise, toldAt, answer, reason }) => ({
        enterprise,
        toldAt: toldAt?.toISOString() ?? null,
        answer,
        reason,
      })),
    })),
    attempts: attempts.map((line) => ({
      id: line.id,
      route: line.route,
      triedBy: line.triedBy,
      contacted: line.contacted,
      triedOn: line.triedOn,
      outcome: line.outcome,
      reason: line.reason,
      document: line.document,
      corrects: line.corrects,
      isCorrected: line.isCorrected,
    })),
  };
}
