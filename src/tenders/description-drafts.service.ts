import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import { descriptionBecame, dropDescription, keepDescription } from './description-draft.repository.js';

/** Tenders that are being described in a form: each is kept as far as it is entered, for the person who enters it. */
@Injectable()
export class DescriptionDrafts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal not-found when the draft is somebody else's */
  async keep(actor: Actor, id: string, entries: Readonly<Record<string, string>>): Promise<void> {
    const row = { id, organisationId: actor.organisationId!, personId: actor.personId!, entries };
    const isKept = await this.db.transaction(actor, (tx) =>
      keepDescription(tx, { ...row, at: this.clock.now() }),
    );
    if (!isKept) throw new Refusal('not-found');
  }

  /** The description became a document, and this is its reading; it can still be changed, and becomes another then. */
  async became(actor: Actor, id: string, importId: string): Promise<void> {
    await this.db.transaction(actor, (tx) => descriptionBecame(tx, id, actor.personId!, importId));
  }

  async drop(actor: Actor, id: string): Promise<void> {
    await this.db.transaction(actor, (tx) => dropDescription(tx, id, actor.personId!));
  }
}
