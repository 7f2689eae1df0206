import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { endConfirmation, insertConfirmation } from './confirmation.repository.js';
import { checkConfirmation } from './domain/index.js';
import { lockObligation } from './obligation.repository.js';
import {
  performanceById,
  performancesBefore,
  performancesOf,
  type Performance,
} from './performances.query.js';

type Given = Readonly<Record<string, unknown>>;

/** What contractors say an enterprise did, and what the enterprise says of it. */
@Injectable()
export class PerformancesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(tx: Tx, actor: Actor): Promise<Performance[]> {
    return performancesOf(tx, actor.organisationId ?? '');
  }

  page(tx: Tx, actor: Actor, limit: number, before: string | null): Promise<Performance[]> {
    return performancesBefore(tx, actor.organisationId ?? '', limit, before);
  }

  /** @throws Refusal not-found, alike for what does not exist and what is another's */
  async show(tx: Tx, actor: Actor, id: string): Promise<Performance> {
    const found = await performanceById(tx, actor.organisationId ?? '', id);
    if (!found) throw new Refusal('not-found');
    return found;
  }

  /**
   * Keeps the enterprise's word. A second word replaces the first, which keeps its time; the same again changes nothing.
   * @throws Refusal not-found
   */
  async say(actor: Actor, id: string, given: Given): Promise<Problem[]> {
    const said = checkConfirmation(given);
    if (Array.isArray(said)) return said;
    return this.db.transaction(actor, async (tx) => {
      await lockObligation(tx, (await this.show(tx, actor, id)).obligationId);
      const performance = await this.show(tx, actor, id);
      if (performance.verdict === said.verdict && performance.reason === said.reason) return [];
      const at = this.clock.now();
      const { contractorOrganisationId, obligationId } = performance;
      const organisationId = actor.organisationId!;
      const row = {
        ...said,
        id: newId(at),
        organisationId,
        contractorOrganisationId,
        entryId: id,
        by: actor.personId!,
        at,
      };
      await endConfirmation(tx, id, at);
      await insertConfirmation(tx, row);
      await emit(tx, {
        type: `performance.${said.verdict}`,
        organisationId,
        subjectId: row.id,
        payload: { entryId: id, obligationId },
        at,
      });
      return [];
    });
  }
}
