import { Injectable } from '@nestjs/common';
import { addDays, Refusal, type Actor, type Day } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { mergeApprovals, type Approval, type Enterprise, type EnterpriseProfile } from './domain/index.js';
import {
  closeApprovals,
  closeVersions,
  enterprisesAsOf,
  insertApproval,
  insertEnterprise,
  insertVersion,
  lockEnterprise,
  type RegisteredEnterprise,
  type StoredEnterprise,
} from './registry.repository.js';

/** What can change on a profile: everything but who it is and its approvals, which are recorded apart. */
export type ProfileChange = Omit<Enterprise, 'id' | 'approvals'>;

/** The day an enterprise without a stated start is held to have existed from: always. */
const ALWAYS: Day | null = null;

/**
 * Use cases on the register of social-economy enterprises. Every method runs in the caller's transaction and
 * tells the change as an event; whoever listens matches again.
 */
@Injectable()
export class RegistryService {
  constructor(private readonly clock: Clock) {}

  /**
   * Enters an enterprise of an organisation; it must have been checked (`checkEnterprise`).
   * @param options.enterpriseId when the caller fixes it; a new one otherwise
   * @returns the identity of the enterprise in the register
   */
  async register(
    tx: Tx,
    actor: Actor,
    enterprise: Omit<Enterprise, 'id'>,
    options: { readonly organisationId: string; readonly enterpriseId?: string },
  ): Promise<string> {
    const now = this.clock.now();
    const owner = { id: options.enterpriseId ?? newId(now), organisationId: options.organisationId };
    await insertEnterprise(tx, owner, now);
    await insertVersion(tx, {
      enterpriseId: owner.id,
      organisationId: owner.organisationId,
      ...columnsOf(enterprise),
      validFrom: ALWAYS,
      validUntil: null,
      recordedFrom: now,
      recordedBy: actor.personId,
    });
    for (const approval of mergeApprovals(enterprise.approvals))
      await insertApproval(tx, owner, approval, now);
    await this.tell(tx, owner, 'enterprise.registered', {});
    return owner.id;
  }

  /**
   * Changes a profile from a day on. What was known before stays readable: the old version is closed, and comes
   * back for the days before the change.
   * @throws Refusal `enterprise-not-found`
   */
  async changeProfile(
    tx: Tx,
    actor: Actor,
    enterpriseId: string,
    change: ProfileChange,
    from: Day,
  ): Promise<void> {
    const owner = await this.lock(tx, enterpriseId);
    const now = this.clock.now();
    const closed = await closeVersions(tx, enterpriseId, from, now);
    const recordedFrom = latest([now, ...closed.map(({ closedAt }) => closedAt)]);
    const base = { enterpriseId, organisationId: owner.organisationId, recordedFrom };
    for (const old of closed) {
      if (old.validFrom !== null && old.validFrom >= from) continue;
      await insertVersion(tx, { ...base, ...old, validUntil: from });
    }
    const version = {
      ...columnsOf(change),
      validFrom: closed.length === 0 ? ALWAYS : from,
      validUntil: null,
    };
    await insertVersion(tx, { ...base, ...version, recordedBy: actor.personId });
    const isOfOtherKind = closed.some(({ kind }) => kind !== version.kind);
    await this.tell(tx, owner, 'enterprise.changed', { from, isOfOtherKind });
  }

  /**
   * Records an approval, a renewal or a withdrawal. Where it shares days with one of the same kind, the new one
   * is what we hold for true; the days it does not reach keep the old.
   * @throws Refusal `enterprise-not-found`
   */
  async recordApproval(tx: Tx, enterpriseId: string, approval: Approval): Promise<void> {
    const owner = await this.lock(tx, enterpriseId);
    const now = this.clock.now();
    const closed = await closeApprovals(tx, enterpriseId, approval, now);
    const recordedFrom = latest([now, ...closed.map(({ closedAt }) => closedAt)]);
    for (const old of closed) {
      for (const rest of daysLeft(old, approval)) {
        await insertApproval(tx, owner, { ...old, ...rest, kind: approval.kind }, recordedFrom);
      }
    }
    await insertApproval(tx, owner, approval, recordedFrom);
    await this.tell(tx, owner, 'approval.recorded', { kind: approval.kind, state: approval.state });
  }

  /**
   * Enterprises as they were true on a day and known at an instant; those that did not exist are left out.
   * @param ids null for the whole register
   */
  asOf(
    tx: Tx,
    ids: readonly string[] | null,
    at: { readonly on: Day; readonly knownAt: Date },
  ): Promise<RegisteredEnterprise[]> {
    return enterprisesAsOf(tx, ids, at.on, at.knownAt);
  }

  private async lock(tx: Tx, enterpriseId: string): Promise<StoredEnterprise> {
    const owner = await lockEnterprise(tx, enterpriseId);
    if (!owner) throw new Refusal('enterprise-not-found');
    return owner;
  }

  private async tell(
    tx: Tx,
    owner: StoredEnterprise,
    type: string,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await emit(tx, {
      type,
      organisationId: owner.organisationId,
      subjectId: owner.id,
      payload,
      at: this.clock.now(),
    });
  }
}

function latest(instants: readonly Date[]): Date {
  return instants.reduce((a, b) => (a > b ? a : b));
}

function columnsOf(enterprise: ProfileChange): { name: string; kind: string; profile: EnterpriseProfile } {
  const { name, kind } = enterprise;
  return {
    name,
    kind,
    profile: {
      active: enterprise.active,
      resumesOn: enterprise.resumesOn ?? null,
      partnerInPause: enterprise.partnerInPause ?? false,
      delisted: enterprise.delisted,
      contactEmail: enterprise.contactEmail,
      ratios: enterprise.ratios,
      location: enterprise.location,
      activities: enterprise.activities,
      credentials: enterprise.credentials,
      openToTeams: enterprise.openToTeams,
      members: enterprise.members,
      mainAimIntegration: enterprise.mainAimIntegration,
      art59: enterprise.art59,
      statutes: enterprise.statutes,
    },
  };
}

/** The days of an old approval (half-open) that a new one (last day inside) leaves, as approvals have them. */
function daysLeft(
  old: { readonly validFrom: Day | null; readonly validUntil: Day | null },
  by: Pick<Approval, 'validFrom' | 'validUntil'>,
): Pick<Approval, 'validFrom' | 'validUntil'>[] {
  const lastOfOld = old.validUntil === null ? null : addDays(old.validUntil, -1);
  const before = by.validFrom !== null && (old.validFrom === null || old.validFrom < by.validFrom);
  const after = by.validUntil !== null && (lastOfOld === null || lastOfOld > by.validUntil);
  return [
    ...(before ? [{ validFrom: old.validFrom, validUntil: addDays(by.validFrom!, -1) }] : []),
    ...(after ? [{ validFrom: addDays(by.validUntil!, 1), validUntil: lastOfOld }] : []),
  ];
}
