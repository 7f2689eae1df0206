import { Injectable } from '@nestjs/common';
import type { Language } from '../kernel/index.js';
import { DecideService } from '../matching/index.js';
import { MailWriter } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import type { MailDocument } from '../platform/mail/index.js';
import { enterpriseNames } from '../registry/index.js';
import { hears, type Tender } from '../tenders/index.js';
import { openPackages } from './open-packages.js';

/** A mail to one enterprise speaks of few packages, whatever the size of the tender. */
const PREVIEWED_PACKAGES = 10;

/** The mail that a draft would send if it were published now, to the enterprise that fits it best. */
@Injectable()
export class MailPreviews {
  constructor(
    private readonly clock: Clock,
    private readonly decisions: DecideService,
    private readonly writer: MailWriter,
  ) {}

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
