import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import {
  whatPublishingLacks,
  type OfferedPackage,
  type Tender,
  type WithdrawalGiven,
} from './domain/index.js';
import {
  additionsOf,
  insertDeadlineChange,
  insertWithdrawals,
  offerPackages,
  packageWithdrawal,
} from './published.repository.js';
import {
  lockTender,
  packageById,
  packagesOf,
  recordTenderVersion,
  updateTender,
} from './tender.repository.js';

/** What can still be done to a tender that was published. Each act is an event that people are told of. */
@Injectable()
export class PublishedTenderService {
  constructor(private readonly clock: Clock) {}

  /**
   * Leaves more time to answer. A deadline that has passed opens again.
   * @param reason everybody who heard of the tender reads it
   * @throws Refusal not-found, tender-not-published, deadline-not-later
   */
  async extend(
    tx: Tx,
    actor: Actor,
    tenderId: string,
    { deadline, reason }: { readonly deadline: Date; readonly reason: string },
  ): Promise<string> {
    const tender = await lockPublished(tx, actor, tenderId);
    const at = this.clock.now();
    const before = tender.deadline!;
    if (deadline <= before || deadline <= at) throw new Refusal('deadline-not-later');
    const { organisationId } = tender;
    const id = newId(at);
    const changedBy = actor.personId!;
    const change = { before, after: deadline, reason, changedBy, changedAt: at };
    await insertDeadlineChange(tx, { id, organisationId, tenderId, ...change });
    await updateTender(tx, tender, { deadline });
    await this.record(tx, actor, { ...tender, deadline });
    const payload = { changeId: id, before: before.toISOString(), deadline: deadline.toISOString() };
    return emit(tx, { type: 'tender.extended', organisationId, subjectId: tenderId, payload, at });
  }

  /**
   * Offers packages that a corrected document added, or that were left out at first.
   * @returns what is still missing, or the event to match and tell for
   * @throws Refusal not-found, tender-not-published, version-changed: one of them is offered or withdrawn by now
   */
  async add(
    tx: Tx,
    actor: Actor,
    tenderId: string,
    chosen: readonly OfferedPackage[],
  ): Promise<Problem[] | { readonly eventId: string }> {
    const tender = await lockPublished(tx, actor, tenderId);
    const at = this.clock.now();
    const lacking = whatPublishingLacks(tender, [], chosen, at);
    if (lacking.length > 0) return lacking;
    const ids = chosen.map(({ workPackage }) => workPackage.id);
    const open = new Set(await additionsOf(tx, tenderId));
    if (!ids.every((id) => open.has(id))) throw new Refusal('version-changed');
    await offerPackages(tx, ids);
    await updateTender(tx, tender, {});
    await this.record(tx, actor, tender);
    const { organisationId } = tender;
    const payload = { packages: ids };
    const type = 'packages.added';
    return { eventId: await emit(tx, { type, organisationId, subjectId: tenderId, payload, at }) };
  }

  /** Keeps what the tender says from now on. */
  private async record(tx: Tx, actor: Actor, tender: Tender): Promise<void> {
    const at = this.clock.now();
    const { id: tenderId, organisationId } = tender;
    const snapshot = { ...tender, packages: await packagesOf(tx, tenderId) };
    const version = tender.version + 1;
    const by = actor.personId;
    await recordTenderVersion(tx, { id: newId(at), tenderId, organisationId, version, snapshot, by, at });
  }

  /**
   * Takes one offered package back, for good; the others go on.
   * @throws Refusal not-found, tender-not-published, package-not-offered, package-withdrawn
   */
  async withdrawPackage(
    tx: Tx,
    actor: Actor,
    packageId: string,
    given: WithdrawalGiven,
  ): Promise<{ readonly tenderId: string }> {
    const found = await packageById(tx, packageId);
    if (!found) throw new Refusal('not-found');
    const { tenderId, organisationId } = found;
    await lockPublished(tx, actor, tenderId);
    if (await packageWithdrawal(tx, packageId)) throw new Refusal('package-withdrawn');
    // Read again: the lock may have waited for somebody who changed it.
    if (!(await packageById(tx, packageId))?.offered) throw new Refusal('package-not-offered');
    const at = this.clock.now();
    await insertWithdrawals(tx, [packageId], { ...given, by: actor.personId!, at });
    const payload = { tenderId, reason: given.reason };
    await emit(tx, { type: 'package.withdrawn', organisationId, subjectId: packageId, payload, at });
    return { tenderId };
  }
}

async function lockPublished(tx: Tx, actor: Actor, tenderId: string): Promise<Tender> {
  if (!actor.personId) throw new Refusal('sign-in-needed');
  const tender = await lockTender(tx, tenderId);
  if (!tender || tender.organisationId !== actor.organisationId) throw new Refusal('not-found');
  if (tender.status !== 'published') throw new Refusal('tender-not-published');
  return tender;
}
