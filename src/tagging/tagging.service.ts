import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { CpvCatalogue, type PlaceableLabel } from './domain/index.js';
import type { ProposedTag } from './domain/proposed-tags.js';
import { loadTagModel } from './files/load-model.js';
import { confirmTag, insertTags, rejectOthers, type Decision } from './tag.repository.js';

export interface TagDecision {
  /** CPV codes that are right; an empty list says that none of the proposals is. */
  readonly trades: readonly string[];
  readonly placeable: PlaceableLabel;
}

@Injectable()
export class TaggingService {
  constructor(private readonly clock: Clock) {}

  /** Keeps what was found on new packages. */
  async keep(
    tx: Tx,
    organisationId: string,
    found: ReadonlyMap<string, readonly ProposedTag[]>,
  ): Promise<void> {
    const recordedAt = this.clock.now();
    await insertTags(
      tx,
      [...found].flatMap(([packageId, tags]) =>
        tags.map((tag) => ({
          ...tag,
          id: newId(recordedAt),
          organisationId,
          packageId,
          confidence: tag.confidence.toFixed(3),
          parts: [...tag.parts],
          reasons: [...tag.reasons],
          state: 'proposed' as const,
          decidedBy: null,
          recordedAt,
        })),
      ),
    );
  }

  /** A person says which trades and which verdict are right. @throws Refusal cpv-unknown, sign-in-needed */
  async decide(
    tx: Tx,
    actor: Actor,
    organisationId: string,
    packageId: string,
    decision: TagDecision,
  ): Promise<void> {
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const catalogue: CpvCatalogue = loadTagModel().catalogue;
    const unknown = decision.trades.find((code) => !catalogue.has(code));
    if (unknown !== undefined) throw new Refusal('cpv-unknown', { code: unknown });
    const at = this.clock.now();
    const about = { packageId, by: actor.personId, at };
    const trades: Decision = { ...about, kind: 'trade', values: decision.trades };
    const placeable: Decision = { ...about, kind: 'placeable', values: [decision.placeable] };
    for (const part of [trades, placeable]) {
      await rejectOthers(tx, part);
      for (const value of part.values) await confirmTag(tx, { id: newId(at), organisationId }, part, value);
    }
  }
}
