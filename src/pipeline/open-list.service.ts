import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemActor, type Actor } from '../kernel/index.js';
import {
  DecideService,
  findDemand,
  FIRST_IDENTITY,
  keepListed,
  latestDemand,
  MatchingService,
  openPackagesById,
  reachOf,
  RematchService,
  rulesVersionOf,
  WEIGHTS,
  writtenSinceListed,
  type DemandPage,
} from '../matching/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { Jobs } from '../platform/queue/index.js';
import {
  enterpriseOfOrganisation,
  loadGeography,
  lockEnterprise,
  RegistryService,
  type StoredEnterprise,
} from '../registry/index.js';
import { listablePackages } from './listable.query.js';

const REST = 'open-list.rest';

/** Packages that an enterprise is put to while it waits, the best first, and in each transaction after that. */
const AT_FIRST = 50;
const THEN = 500;

/**
 * The list that all see who fit. Publishing keeps the best of each package and tells them; whoever else fits is put to it
 * when it looks at its list (ADR 27), and from then on it is a match as every other.
 */
@Injectable()
export class OpenList implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly registry: RegistryService,
    private readonly decisions: DecideService,
    private readonly matching: MatchingService,
    private readonly rematching: RematchService,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ enterpriseId: string; organisationId: string; after: string }>(
      REST,
      async (tx, { enterpriseId: id, organisationId, after }) => this.goOn(tx, { id, organisationId }, after),
    );
  }

  /** Puts the enterprise of the actor to what was published since it last looked; on a new day, or under another law, to all that is open. */
  async bringUpToDate({ organisationId, requestId }: Actor): Promise<void> {
    if (organisationId === null) return;
    await this.database.transaction(systemActor(requestId), async (tx) => {
      const enterprise = await enterpriseOfOrganisation(tx, organisationId);
      if (enterprise) await this.look(tx, enterprise);
    });
  }

  private async look(tx: Tx, enterprise: StoredEnterprise): Promise<void> {
    const on = this.clock.today();
    const under = { on, rulesVersion: rulesVersionOf(await this.decisions.world(tx, { on })) };
    const upTo = await latestDemand(tx);
    const since = await writtenSinceListed(tx, enterprise.id, under, AT_FIRST + 1);
    if (since?.length === 0) return;
    await lockEnterprise(tx, enterprise.id);
    const isFew = since !== null && since.length <= AT_FIRST;
    const asking = isFew ? since : await this.asking(tx, enterprise.id, { best: THEN });
    const wanted = await listablePackages(tx, asking, enterprise, this.clock.now());
    const first = await this.matching.lockFree(tx, wanted.slice(0, AT_FIRST));
    await this.put(tx, enterprise, first);
    if (first.length < wanted.length || asking.length === THEN)
      await this.leave(tx, enterprise, FIRST_IDENTITY);
    await keepListed(tx, enterprise, under, upTo);
  }

  /** What somebody could not wait for, in the order of the identities, in jobs that each add the next. */
  private async goOn(tx: Tx, enterprise: StoredEnterprise, after: string): Promise<void> {
    await lockEnterprise(tx, enterprise.id);
    const asking = await this.asking(tx, enterprise.id, { after, count: THEN + 1 });
    const some = asking.slice(0, THEN);
    if (asking.length > THEN) await this.leave(tx, enterprise, some.at(-1)!);
    const wanted = await listablePackages(tx, some, enterprise, this.clock.now());
    await this.matching.lock(tx, wanted);
    await this.put(tx, enterprise, wanted);
  }

  private async leave(
    tx: Tx,
    { id: enterpriseId, organisationId }: StoredEnterprise,
    after: string,
  ): Promise<void> {
    await this.jobs.add(tx, REST, { enterpriseId, organisationId, after });
  }

  /** Packages that the enterprise, as it stands now, may have to do with. */
  private async asking(tx: Tx, enterpriseId: string, page: DemandPage): Promise<string[]> {
    const on = this.clock.today();
    const [found] = await this.registry.asOf(tx, [enterpriseId], { on, knownAt: this.clock.now() });
    return found ? findDemand(tx, reachOf(found.enterprise, loadGeography(), WEIGHTS), on, page) : [];
  }

  /** Packages that are locked: somebody may have decided on them before they were. */
  private async put(tx: Tx, enterprise: StoredEnterprise, packageIds: readonly string[]): Promise<void> {
    const open = await listablePackages(tx, packageIds, enterprise, this.clock.now());
    const packages = await openPackagesById(tx, open);
    await this.rematching.listFor(tx, enterprise.id, { packages, on: this.clock.today() });
  }
}
