import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemActor, type Actor } from '../kernel/index.js';
import {
  DecideService,
  findDemand,
  keepListed,
  latestDemand,
  MatchingService,
  openPackagesById,
  reachOf,
  RematchService,
  rulesVersionOf,
  WEIGHTS,
  writtenSinceListed,
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

/** Packages that an enterprise is put to while it waits, the best first. */
const AT_FIRST = 50;

/** And in all, of those that were open before it looked: who serves a country under a broad code has to do with ten thousands. */
const MOST = 1000;

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
    this.jobs.work<{ organisationId: string }>(REST, (tx, { organisationId }) =>
      this.rest(tx, organisationId),
    );
  }

  /** Puts the enterprise of the actor to what was published since it last looked; on a new day, or under another law, to all that is open. */
  bringUpToDate(actor: Actor): Promise<void> {
    return this.asSystem(actor, (tx, enterprise) => this.look(tx, enterprise));
  }

  /** Puts the enterprise of the actor to one package that it opens, wherever it learnt of it, if it was not put to it. */
  bring(actor: Actor, packageId: string): Promise<void> {
    return this.asSystem(actor, async (tx, enterprise) => {
      if (await this.matching.matchOf(tx, packageId, enterprise.id)) return;
      const wanted = await listablePackages(tx, [packageId], enterprise, this.clock.now());
      if (wanted.length === 0) return;
      await lockEnterprise(tx, enterprise.id);
      await this.matching.lock(tx, wanted);
      await this.put(tx, enterprise, wanted);
    });
  }

  private async asSystem(
    { organisationId, requestId }: Actor,
    work: (tx: Tx, enterprise: StoredEnterprise) => Promise<void>,
  ): Promise<void> {
    if (organisationId === null) return;
    await this.database.transaction(systemActor(requestId), async (tx) => {
      const enterprise = await enterpriseOfOrganisation(tx, organisationId);
      if (enterprise) await work(tx, enterprise);
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
    const asking = isFew ? since : await this.asking(tx, enterprise.id);
    const wanted = await listablePackages(tx, asking, enterprise, this.clock.now());
    const first = await this.matching.lockFree(tx, wanted.slice(0, AT_FIRST));
    await this.put(tx, enterprise, first);
    const { organisationId } = enterprise;
    if (first.length < wanted.length) await this.jobs.add(tx, REST, { organisationId });
    await keepListed(tx, enterprise, under, upTo);
  }

  /** What somebody could not wait for. */
  private async rest(tx: Tx, organisationId: string): Promise<void> {
    const enterprise = await enterpriseOfOrganisation(tx, organisationId);
    if (!enterprise) return;
    await lockEnterprise(tx, enterprise.id);
    const asking = await this.asking(tx, enterprise.id);
    const wanted = await listablePackages(tx, asking, enterprise, this.clock.now());
    await this.matching.lock(tx, wanted);
    await this.put(tx, enterprise, wanted);
  }

  /** Packages that the enterprise, as it stands now, may have to do with, the best first. */
  private async asking(tx: Tx, enterpriseId: string): Promise<string[]> {
    const on = this.clock.today();
    const [found] = await this.registry.asOf(tx, [enterpriseId], { on, knownAt: this.clock.now() });
    const reach = found ? reachOf(found.enterprise, loadGeography(), WEIGHTS) : [];
    return findDemand(tx, reach, on, { best: MOST });
  }

  /** Packages that are locked: somebody may have decided on them before they were. */
  private async put(tx: Tx, enterprise: StoredEnterprise, packageIds: readonly string[]): Promise<void> {
    const open = await listablePackages(tx, packageIds, enterprise, this.clock.now());
    const packages = await openPackagesById(tx, open);
    await this.rematching.listFor(tx, enterprise.id, { packages, on: this.clock.today() });
  }
}
