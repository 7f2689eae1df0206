import { Injectable } from '@nestjs/common';
import type { Language } from '../kernel/index.js';
import { CONFIRM_DAYS, type Answer, type ContractorAct, type DecisionGiven } from '../answers/index.js';
import { DecideService } from '../matching/index.js';
import { MailWriter } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import { maybeRow, type Tx } from '../platform/db/index.js';
import type { MailDocument } from '../platform/mail/index.js';
import { enterpriseNames } from '../registry/index.js';
import { hears, type Tender } from '../tenders/index.js';
import { openPackages } from './open-packages.js';

/** A mail to one enterprise speaks of few packages, whatever the size of the tender. */
const PREVIEWED_PACKAGES = 10;

const STATE_AFTER = { retain: 'retained', decline: 'declined', award: 'awarded' } as const;
const DAY_MS = 86_400_000;

/** Mails as they would be written now: of a draft, to the enterprise that fits it best; of a decision, to who answered. */
@Injectable()
export class MailPreviews {
  constructor(
    private readonly clock: Clock,
    private readonly decisions: DecideService,
    private readonly writer: MailWriter,
  ) {}

  /** In the language of the enterprise. Nothing is decided or sent. Runs as system. @returns null when the answer is gone */
  async decision(
    tx: Tx,
    answer: Pick<Answer, 'id' | 'tenderId'>,
    packageTitle: string,
    { act, reason, message }: DecisionGiven<ContractorAct>,
  ): Promise<MailDocument | null> {
    const enterprise = await maybeRow<{ name: string; language: Language }>(
      tx,
      `SELECT o.name, o.language FROM answers.answer a JOIN accounts.organisation o ON o.id = a.organisation_id WHERE a.id = $1`,
      [answer.id],
    );
    if (!enterprise) return null;
    const now = this.clock.now();
    return this.writer.previewDecision(tx, {
      tenderId: answer.tenderId,
      organisationName: enterprise.name,
      language: enterprise.language,
      state: STATE_AFTER[act],
      package: packageTitle,
      reason,
      message,
      confirmBy: act === 'award' ? new Date(now.getTime() + CONFIRM_DAYS * DAY_MS) : null,
      now,
    });
  }

  /** From the first packages. Nothing is kept or sent. Runs as system. @returns null when nobody who hears of it fits */
  async offer(tx: Tx, tender: Tender, language: Language): Promise<MailDocument | null> {
    const packages = await openPackages(tx, tender, null, PREVIEWED_PACKAGES);
    const sound = packages.filter(
      ({ package: asked }) => asked.trades.length > 0 && asked.place.sites.length > 0,
    );
    const world = await this.decisions.world(tx, { on: this.clock.today() });
    const begun = await this.decisions.beginBest(tx, sound, world, new Map());
    const decided = await this.decisions.decideBest(tx, begun, world, new Map());
    const matches = decided
      .flatMap((decision) => decision.matches)
      .filter(({ verdict, enterpriseId }) => verdict !== 'near-miss' && hears(tender, enterpriseId));
    const best = matches.toSorted((a, b) => b.score - a.score)[0];
    if (!best) return null;
    const names = await enterpriseNames(tx, [best.enterpriseId]);
    return this.writer.previewOffer(tx, {
      tenderId: tender.id,
      organisationName: names.get(best.enterpriseId) ?? '',
      language,
      criteria: new Map(
        matches
          .filter(({ enterpriseId }) => enterpriseId === best.enterpriseId)
          .map(({ packageId, criteria }) => [packageId, criteria]),
      ),
      now: this.clock.now(),
    });
  }
}
