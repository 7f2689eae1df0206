import { setTimeout as sleep } from 'node:timers/promises';
import { PLAN_JOB } from '../../src/notifications/index.js';
import type { Jobs } from '../../src/platform/queue/index.js';
import type { TestDatabase } from '../database.js';
import { publishedTender, type World } from '../integration/notifications/world.js';

/** Somebody who must hear of one tender. */
export interface Concerned {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: 'enterprise' | 'contractor';
  readonly requestId: string;
}

const ENTERPRISES = 4;
const PEOPLE_EACH = 2;

class Undone extends Error {}

/** Publishes tenders one after the other, some of which are undone at the last moment: nobody may hear of those. */
export class Stream {
  readonly concerned: Concerned[] = [];
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private count = 0;

  constructor(
    private readonly db: TestDatabase,
    private readonly jobs: Jobs,
    private readonly random: () => number,
    private readonly name: string,
  ) {}

  /** @param wanted how many tenders there should be by now: a slow machine does not get more of them */
  start(wanted: () => number): void {
    this.running = (async () => {
      while (!this.stopped) {
        if (this.count < wanted()) await this.publish();
        else await sleep(50);
      }
    })();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async publish(): Promise<void> {
    this.count += 1;
    const requestId = `${this.name}-${this.count}`;
    const isUndone = this.random() < 0.1;
    try {
      const world = await publishedTender(this.db, {
        enterprises: ENTERPRISES,
        peopleEach: PEOPLE_EACH,
        requestId,
        alongside: async (tx, eventId) => {
          await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
          if (isUndone) throw new Undone();
        },
      });
      this.concerned.push(...concernedBy(world, requestId));
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
  }
}

function concernedBy(world: World, requestId: string): Concerned[] {
  const people = (role: Concerned['role'], { id, personIds }: World['contractor']): Concerned[] =>
    personIds.map((personId) => ({ personId, organisationId: id, role, requestId }));
  return [
    ...people('contractor', world.contractor),
    ...world.enterprises.flatMap((e) => people('enterprise', e)),
  ];
}
