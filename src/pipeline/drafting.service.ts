import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { clauseOptions, LegalBasisService, type ClauseAnswer } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { resolvePlace, type StatedPlaceWords } from '../registry/index.js';
import { TaggingService, type TagDecision } from '../tagging/index.js';
import {
  checkTerms,
  lotsOf,
  packageById,
  tenderById,
  TenderService,
  type AnswerGiven,
  type AnswersSeen,
  type PackageCorrection,
  type TenderCorrection,
  type WorkPackage,
} from '../tenders/index.js';
import { clauseFacts, contradictionsOf, type BuyerFacts } from './clause-facts.js';
import { termsKnown } from './gates-of-package.js';
import { PackageFindings } from './package-findings.service.js';

/** What a contractor says on one package. */
export interface PackageReview {
  /** The version that was looked at. */
  readonly version: number;
  readonly decision: TagDecision;
  readonly correction: Omit<PackageCorrection, 'confirmed' | 'sites'>;
  /** Where the work is, when the contractor corrects it. */
  readonly place: StatedPlaceWords | null;
}

/** What a contractor does on a draft before publishing it: review packages, say who the buyer is, choose a clause. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tenders: TenderService,
    private readonly tagging: TaggingService,
    private readonly legalBasis: LegalBasisService,
    private readonly findings: PackageFindings,
  ) {}

  /** Keeps corrections and what the contractor decided on the tags. @throws Refusal place-unknown, version-changed, cpv-unknown */
  async reviewPackage(actor: Actor, packageId: string, review: PackageReview): Promise<WorkPackage> {
    return this.db.transaction(actor, (tx) => this.reviewOne(tx, actor, packageId, review));
  }

  /** Several packages in one go: all are kept, or none. @throws Refusal version-changed, cpv-unknown */
  async reviewPackages(
    actor: Actor,
    reviews: readonly (PackageReview & { readonly packageId: string })[],
  ): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      for (const review of reviews) await this.reviewOne(tx, actor, review.packageId, review);
    });
  }

  /**
   * Keeps what the documents ask of whoever takes a package; a field that is left out stays as it was.
   * @returns the package, or what is wrong with each field
   * @throws Refusal not-found, tender-not-draft, version-changed
   */
  async stateTerms(
    actor: Actor,
    packageId: string,
    version: number,
    given: Readonly<Record<string, unknown>>,
  ): Promise<WorkPackage | Problem[]> {
    return this.db.transaction(actor, async (tx) => {
      const found = await packageById(tx, packageId);
      if (!found) throw new Refusal('not-found');
      const known = termsKnown(await this.legalBasis.rulesAsOf(tx), this.clock.today());
      const terms = checkTerms(given, found.terms, known);
      return Array.isArray(terms) ? terms : this.tenders.correctPackage(tx, packageId, version, { terms });
    });
  }

  private async reviewOne(
    tx: Tx,
    actor: Actor,
    packageId: string,
    review: PackageReview,
  ): Promise<WorkPackage> {
    const sites = review.place === null ? null : requirePlace(review.place);
    const hours = await this.findings.hoursFor(tx, packageId, review.decision.trades);
    const corrected = await this.tenders.correctPackage(tx, packageId, review.version, {
      ...review.correction,
      ...(sites === null ? {} : { sites }),
      ...hours,
      confirmed: true,
    });
    await this.tagging.decide(tx, actor, corrected.organisationId, packageId, review.decision);
    return corrected;
  }

  async correctTender(actor: Actor, tenderId: string, correction: TenderCorrection): Promise<void> {
    await this.db.transaction(actor, (tx) => this.tenders.correctTender(tx, tenderId, correction));
  }

  /**
   * Keeps who the buyer is, and asks the law of the day what that allows.
   * @param answers as the wizard asked them, kept to be shown again
   */
  async answerBuyer(
    actor: Actor,
    tenderId: string,
    answers: Readonly<Record<string, unknown>>,
    buyer: BuyerFacts,
  ): Promise<ClauseAnswer | Problem[]> {
    return this.db.transaction(actor, (tx) => this.keepBuyer(tx, tenderId, answers, buyer));
  }

  /**
   * The same, if the answers still are those the person saw.
   * @returns problems of the law with them; or what became of them since they were seen
   */
  async confirmBuyer(
    actor: Actor,
    tenderId: string,
    seen: AnswersSeen,
    { answers, buyer }: { readonly answers: Readonly<Record<string, unknown>>; readonly buyer: BuyerFacts },
  ): Promise<Problem[] | 'kept' | 'changed' | 'confirmed'> {
    return this.db.transaction(actor, async (tx) => {
      const since = await this.tenders.sinceBuyerSeen(tx, tenderId, seen);
      if (since !== 'as-seen') return since;
      const answer = await this.keepBuyer(tx, tenderId, answers, buyer);
      return Array.isArray(answer) ? answer : 'kept';
    });
  }

  /** Keeps one answer until all are confirmed. @returns false when another person's would be overwritten unseen */
  async draftBuyerAnswer(actor: Actor, tenderId: string, given: AnswerGiven): Promise<boolean> {
    return this.db.transaction(actor, (tx) => this.tenders.draftBuyerAnswer(tx, tenderId, given));
  }

  private async keepBuyer(
    tx: Tx,
    tenderId: string,
    answers: Readonly<Record<string, unknown>>,
    buyer: BuyerFacts,
  ): Promise<ClauseAnswer | Problem[]> {
    const { facts, answer } = await this.askTheLaw(tx, tenderId, buyer);
    if (Array.isArray(answer)) return answer;
    await this.tenders.answerBuyer(
      tx,
      tenderId,
      { answers, facts: { ...facts } },
      {
        decidedOn: facts.date,
        lawKnownAt: this.clock.now().toISOString(),
        answer: { ...answer },
        instrument: null,
        basis: null,
      },
    );
    return answer;
  }

  /** @throws Refusal clause-not-offered */
  async chooseClause(actor: Actor, tenderId: string, instrument: string, basis: string): Promise<void> {
    await this.db.transaction(actor, (tx) => this.tenders.chooseClause(tx, tenderId, instrument, basis));
  }

  private async askTheLaw(tx: Tx, tenderId: string, buyer: BuyerFacts) {
    const tender = await tenderById(tx, tenderId);
    if (!tender) throw new Refusal('not-found');
    const facts = clauseFacts(tender, await lotsOf(tx, tenderId), buyer, this.clock.today());
    const rules = await this.legalBasis.rulesAsOf(tx);
    const contradictions = contradictionsOf(buyer);
    return { facts, answer: contradictions.length > 0 ? contradictions : clauseOptions(rules, facts) };
  }
}

function requirePlace(stated: StatedPlaceWords): string[] {
  const { sites, candidates } = resolvePlace(stated);
  if (sites.length > 0) return [...sites];
  const found = [stated.postalCode, stated.municipality, stated.text].filter(Boolean).join(' ');
  const labels = candidates.map(({ label }) => label).join(', ');
  throw new Refusal(candidates.length > 0 ? 'place-in-doubt' : 'place-unknown', {
    found,
    candidates: labels,
  });
}
