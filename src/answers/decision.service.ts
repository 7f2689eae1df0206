import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { packageWithdrawal } from '../tenders/index.js';
import {
  closePackage,
  decisionFor,
  decisionOn,
  endLapsed,
  isPromised,
  keepDecision,
  oneDeciderAtATime,
  promisedToOthers,
  standingDecision,
  undecidedOf,
  type Decision,
} from './decision.repository.js';
import {
  afterAct,
  CONFIRM_DAYS,
  standingState,
  teamStanding,
  type ContractorAct,
  type DecisionGiven,
  type DecisionState,
  type WinnerAct,
} from './domain/index.js';
import { teamOf } from './team.repository.js';

const DAY_MS = 86_400_000;

/** A decision that was kept, and until when it can be confirmed when it is an award. */
export interface DecisionKept {
  readonly eventId: string;
  readonly id: string;
  readonly confirmBy: Date | null;
}

/** What becomes of answers. Each method returns the event that somebody is to be told of. */
@Injectable()
export class DecisionService {
  constructor(private readonly clock: Clock) {}

  /**
   * The contractor decides on an answer.
   * @param seen the decision that stood when the person looked, or null
   * @throws Refusal not-found, version-changed, decision-not-possible, tender-not-published, answer-outdated,
   *   package-awarded-already, package-withdrawn, team-not-complete
   */
  async decide(
    tx: Tx,
    actor: Actor,
    { tenderId, answerId, seen }: { tenderId: string; answerId: string; seen: string | null },
    given: DecisionGiven<ContractorAct>,
  ): Promise<DecisionKept> {
    const asked = await decisionOn(tx, answerId);
    if (!asked || asked.tenderId !== tenderId || asked.kind === 'no') throw new Refusal('not-found');
    await oneDeciderAtATime(tx, asked.packageId);
    // Null when the enterprise has answered otherwise since: what was decided on no longer stands.
    const about = await decisionOn(tx, answerId);
    if (about?.id !== seen) throw new Refusal('version-changed');
    if (about.tenderStatus !== 'published') throw new Refusal('tender-not-published');
    if (await packageWithdrawal(tx, about.packageId)) throw new Refusal('package-withdrawn');
    const now = this.clock.now();
    const state = afterAct(standingState(about.state, about.confirmBy, now), given.act);
    if (state === 'awarded') await this.requireFree(tx, about, now);
    return this.keep(tx, about, { ...given, state, by: actor.personId, at: now });
  }

  /**
   * The winner confirms or refuses what was awarded to it. When the whole package is confirmed, it is closed.
   * @throws Refusal not-found, decision-not-possible, award-lapsed, package-withdrawn, team-not-complete
   */
  async reply(
    tx: Tx,
    actor: Actor,
    packageId: string,
    given: DecisionGiven<WinnerAct>,
  ): Promise<{ readonly eventId: string; readonly isClosed: boolean }> {
    await oneDeciderAtATime(tx, packageId);
    const about = await decisionFor(tx, packageId, actor.organisationId ?? '');
    if (!about?.id) throw new Refusal('not-found');
    const at = this.clock.now();
    const before = standingState(about.state, about.confirmBy, at);
    if (before === 'lapsed') throw new Refusal('award-lapsed');
    const state = afterAct(before, given.act);
    if (about.tenderStatus !== 'published') throw new Refusal('tender-not-published');
    if (await packageWithdrawal(tx, packageId)) throw new Refusal('package-withdrawn');
    if (state === 'confirmed') await this.requireWholeTeam(tx, about);
    const { eventId } = await this.keep(tx, about, { ...given, state, by: actor.personId, at });
    const isClosed = state === 'confirmed' && about.kind !== 'part';
    if (isClosed) await closePackage(tx, about, at);
    return { eventId, isClosed };
  }

  /**
   * An award whose term is over, and that nothing followed: both sides are to be told. Runs as system.
   * @returns the event, or null when it was confirmed, refused or decided anew
   */
  async lapse(tx: Tx, decisionId: string): Promise<string | null> {
    const at = this.clock.now();
    const about = await standingDecision(tx, decisionId);
    if (!about || standingState(about.state, about.confirmBy, at) !== 'lapsed') return null;
    const { organisationId, tenderId, packageId } = about;
    const payload = { tenderId, packageId, state: 'lapsed' };
    return emit(tx, { type: 'award.lapsed', organisationId, subjectId: decisionId, payload, at });
  }

  /**
   * Holds off every decision on a package and every answer to it until the transaction ends.
   * @throws Refusal package-promised when something of it is awarded
   */
  async requireUnpromised(tx: Tx, packageId: string): Promise<void> {
    await oneDeciderAtATime(tx, packageId);
    if (await isPromised(tx, packageId, this.clock.now())) throw new Refusal('package-promised');
  }

  /** Everybody else who answered learns that the work goes to another. Safe to repeat. Runs as system. */
  async declineOthers(tx: Tx, packageId: string): Promise<string[]> {
    await oneDeciderAtATime(tx, packageId);
    const at = this.clock.now();
    const events: string[] = [];
    for (const about of await undecidedOf(tx, packageId)) {
      const given = { state: 'declined', reason: 'another-chosen', message: null } as const;
      events.push((await this.keep(tx, about, { ...given, by: null, at })).eventId);
    }
    return events;
  }

  private async requireFree(tx: Tx, about: Decision, now: Date): Promise<void> {
    if (about.isOutdated) throw new Refusal('answer-outdated');
    await endLapsed(tx, about.packageId, now);
    const promised = await promisedToOthers(tx, about.packageId, about.answerId);
    // Several may each do a part; the whole is one enterprise's.
    if (promised.whole || (promised.part && about.kind !== 'part'))
      throw new Refusal('package-awarded-already');
    await this.requireWholeTeam(tx, about);
  }

  /** A joint answer counts when all who are asked have consented. */
  private async requireWholeTeam(tx: Tx, about: Decision): Promise<void> {
    if (about.kind !== 'team') return;
    const team = await teamOf(tx, about.packageId, about.enterpriseOrganisationId);
    if (teamStanding(team?.places.map(({ state }) => state) ?? []) !== 'complete')
      throw new Refusal('team-not-complete');
  }

  private async keep(
    tx: Tx,
    about: Decision,
    given: Pick<DecisionGiven, 'reason' | 'message'> & {
      readonly state: DecisionState;
      readonly by: string | null;
      readonly at: Date;
    },
  ): Promise<DecisionKept> {
    const { state, reason, message, by: decidedBy, at } = given;
    const id = newId(at);
    const confirmBy = state === 'awarded' ? new Date(at.getTime() + CONFIRM_DAYS * DAY_MS) : null;
    await keepDecision(tx, about, { id, state, reason, message, confirmBy, decidedBy, at });
    const byWinner = state === 'confirmed' || state === 'refused';
    const organisationId = byWinner ? about.enterpriseOrganisationId : about.organisationId;
    await audit(tx, { organisationId, action: `answer.${state}`, subjectId: about.answerId, at });
    const payload = { tenderId: about.tenderId, packageId: about.packageId, state };
    const eventId = await emit(tx, { type: 'answer.decided', organisationId, subjectId: id, payload, at });
    return { eventId, id, confirmBy };
  }
}
