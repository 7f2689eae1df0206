import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { answerable, endStandingAnswer, standingAnswer } from './answer.repository.js';
import { AnswerService } from './answer.service.js';
import { handAttachmentsOver } from './attachment.repository.js';
import { oneDeciderAtATime } from './decision.repository.js';
import {
  afterPlaceAct,
  audienceOf,
  teamStanding,
  type PartnerAct,
  type PlaceAct,
  type PlaceState,
  type TeamInvitation,
} from './domain/index.js';
import { teamGround, type TeamGround } from './team-ground.query.js';
import {
  giveLead,
  insertPlace,
  insertTeam,
  offerLead,
  openCall,
  placeRow,
  placeRows,
  setAudiences,
  teamById,
  updatePlace,
  whoMayLead,
  type PlaceRow,
} from './team.repository.js';

/** Whom a contractor asks, and for what. */
export interface CalledMember {
  readonly organisationId: string;
  readonly part: string;
  readonly covers: readonly string[];
}

/**
 * Enterprises that answer together. Each act changes what several parties may read, so all runs as system: who acts is
 * checked here. Each act returns the event that somebody is to be told of.
 */
@Injectable()
export class TeamService {
  constructor(
    private readonly clock: Clock,
    private readonly answers: AnswerService,
  ) {}

  /**
   * The lead asks an enterprise for a part.
   * @param partner whom, and whether the lead named it itself: else it does not learn who it is before that consents
   * @throws Refusal not-found, partner-unknown, partner-invited-already, team-needs-answer, answer-awarded, and those of
   *   a package that takes no more answers
   */
  async invite(
    tx: Tx,
    actor: Actor,
    packageId: string,
    partner: { readonly organisationId: string; readonly isNamed: boolean },
    { part, leadPart, message }: TeamInvitation,
  ): Promise<string> {
    const lead = actor.organisationId ?? '';
    await oneDeciderAtATime(tx, packageId);
    const ground = await this.requireGround(tx, packageId, lead);
    if (ground.answer !== 'team') throw new Refusal('team-needs-answer');
    this.requireOpen(ground);
    if (partner.organisationId === lead) throw new Refusal('partner-unknown');
    const at = this.clock.now();
    const { tenderId, contractor } = ground;
    const createdBy = actor.personId!;
    const team = { id: newId(at), lead, contractor, tenderId, packageId, part: leadPart, createdBy, at };
    const teamId = await insertTeam(tx, team);
    const isAsked = (await placeRows(tx, teamId)).some(
      ({ organisationId, state }) =>
        organisationId === partner.organisationId && (state === 'invited' || state === 'accepted'),
    );
    if (isAsked) throw new Refusal('partner-invited-already');
    const place = { ...partner, id: newId(at), teamId, packageId, tenderId, lead, contractor };
    await insertPlace(tx, { ...place, part, message, covers: [], at });
    return this.settle(tx, actor, (await placeRow(tx, place.id))!, null);
  }

  /**
   * The contractor asks enterprises to answer together. Nobody leads before all have consented.
   * @throws Refusal not-found, team-called-already, and those of a package that takes no more answers
   */
  async call(
    tx: Tx,
    actor: Actor,
    packageId: string,
    members: readonly CalledMember[],
    message: string | null,
  ): Promise<string[]> {
    await oneDeciderAtATime(tx, packageId);
    const { tenderId, contractor } = await this.requireOwn(tx, actor, packageId);
    if ((await openCall(tx, packageId)) !== null) throw new Refusal('team-called-already');
    const at = this.clock.now();
    const about = { tenderId, packageId, contractor, lead: null };
    const createdBy = actor.personId!;
    const teamId = await insertTeam(tx, { ...about, id: newId(at), part: '', createdBy, at });
    const events: string[] = [];
    for (const member of members)
      events.push(await this.ask(tx, actor, { ...about, ...member, teamId, message }));
    return events;
  }

  /**
   * The contractor asks another enterprise for a part that somebody of the team it called declined or left.
   * @throws Refusal not-found, team-act-not-possible, and those of `call`
   */
  async fill(tx: Tx, actor: Actor, placeId: string, organisationId: string): Promise<string> {
    const gap = await this.lock(tx, placeId);
    if (!gap || gap.lead !== null) throw new Refusal('not-found');
    await this.requireOwn(tx, actor, gap.packageId);
    if (gap.state !== 'declined' && gap.state !== 'left') throw new Refusal('team-act-not-possible');
    await updatePlace(tx, gap.id, 'dropped', this.clock.now());
    return this.ask(tx, actor, { ...gap, organisationId });
  }

  /** The contractor takes back what it asked of a team that has not formed. Safe to repeat. @throws Refusal not-found */
  async endCall(tx: Tx, actor: Actor, packageId: string): Promise<string[]> {
    await oneDeciderAtATime(tx, packageId);
    const ground = await this.requireGround(tx, packageId, null);
    if (ground.contractor !== actor.organisationId) throw new Refusal('not-found');
    const teamId = await openCall(tx, packageId);
    const events: string[] = [];
    for (const place of teamId === null ? [] : await placeRows(tx, teamId))
      if (place.state !== 'dropped') events.push(await this.act(tx, actor, place, ground, 'drop'));
    return events;
  }

  /**
   * The partner accepts, declines, or leaves. With the last consent a team that was called forms: one of it leads.
   * @returns `leads`: it is the one that leads now
   * @throws Refusal not-found, team-act-not-possible, and those of `invite`
   */
  async respond(
    tx: Tx,
    actor: Actor,
    placeId: string,
    act: PartnerAct,
  ): Promise<{ readonly eventId: string; readonly packageId: string; readonly leads: boolean }> {
    const place = await this.lock(tx, placeId);
    if (place?.organisationId !== actor.organisationId) throw new Refusal('not-found');
    const { packageId, teamId } = place;
    const ground = await this.requireGround(tx, packageId, place.lead);
    if (act === 'accept') this.requireOpen(ground);
    const eventId = await this.act(tx, actor, place, ground, act);
    const formed = act === 'accept' && place.lead === null ? await this.form(tx, actor, teamId) : null;
    // Whoever is told that the team formed knows that the last one consented.
    return { eventId: formed?.eventId ?? eventId, packageId, leads: formed?.placeId === placeId };
  }

  /** The lead closes a place of its team. @throws Refusal not-found, team-act-not-possible, answer-awarded */
  async drop(tx: Tx, actor: Actor, packageId: string, placeId: string): Promise<string> {
    const place = await this.requireOfLead(tx, actor, packageId, placeId);
    return this.act(tx, actor, place, await this.requireGround(tx, packageId, place.lead), 'drop');
  }

  /**
   * The lead offers to a partner that it leads from now on, or takes that back.
   * @throws Refusal not-found; team-act-not-possible for one that has not consented or may not lead; answer-awarded once something
   *   is decided; and those of `invite`
   */
  async offerLead(
    tx: Tx,
    actor: Actor,
    packageId: string,
    placeId: string,
    isOffered: boolean,
  ): Promise<string | null> {
    const place = await this.requireOfLead(tx, actor, packageId, placeId);
    const before = (await teamById(tx, place.teamId))!.offeredTo;
    if (!isOffered) {
      if (before === placeId) await offerLead(tx, place.teamId, null);
      return null;
    }
    await this.requireUndecided(tx, place);
    if ((await whoMayLead(tx, place.teamId, placeId)) === null) throw new Refusal('team-act-not-possible');
    if (before === placeId) return null;
    await offerLead(tx, place.teamId, placeId);
    return this.settle(tx, actor, place, place.state, 'lead-offered');
  }

  /**
   * A partner takes the lead that it was offered, and the joint answer with it, or declines.
   * @throws Refusal as `offerLead`; answer-outdated when the package changed since the joint answer
   */
  async answerLead(
    tx: Tx,
    actor: Actor,
    placeId: string,
    takes: boolean,
  ): Promise<{ readonly packageId: string; readonly eventIds: string[] }> {
    const asked = await placeRow(tx, placeId);
    if (!asked || asked.organisationId !== actor.organisationId) throw new Refusal('not-found');
    // In the order of whoever answers, so that the two never wait for each other.
    if (takes) await answerable(tx, asked.packageId, asked.organisationId, this.clock.now());
    const place = (await this.lock(tx, placeId))!;
    const { teamId, packageId, tenderId, lead, contractor } = place;
    const team = (await teamById(tx, teamId))!;
    if (lead === null || team.offeredTo !== placeId) throw new Refusal('team-act-not-possible');
    if (!takes) {
      await offerLead(tx, teamId, null);
      const told = await this.settle(tx, actor, place, place.state, 'lead-declined');
      return { packageId, eventIds: [told] };
    }
    await this.requireUndecided(tx, place);
    if ((await whoMayLead(tx, teamId, placeId)) === null) throw new Refusal('team-act-not-possible');
    const at = this.clock.now();
    const joint = await standingAnswer(tx, packageId, lead);
    // Whoever takes it over does not confirm unseen what changed: who gave it does.
    if (joint?.kind === 'team' && joint.isOutdated) throw new Refusal('answer-outdated');
    await giveLead(tx, teamId, place);
    await updatePlace(tx, placeId, 'dropped', at);
    const about = { id: newId(at), teamId, packageId, tenderId, contractor, lead: place.organisationId };
    const former = {
      ...about,
      organisationId: lead,
      part: team.leadPart,
      isNamed: true,
      message: null,
      covers: [],
    };
    await insertPlace(tx, { ...former, at });
    await updatePlace(tx, about.id, 'accepted', at);
    const told = await this.settle(tx, actor, (await placeRow(tx, placeId))!, place.state, 'lead-taken');
    if (joint?.kind !== 'team') return { packageId, eventIds: [told] };
    await handAttachmentsOver(tx, packageId, { from: lead, to: about.lead, ids: joint.attachments });
    const { eventId } = await this.answers.give(tx, actor, packageId, joint);
    await endStandingAnswer(tx, packageId, joint.enterpriseId, at);
    return { packageId, eventIds: eventId === null ? [told] : [told, eventId] };
  }

  /** The lead no longer answers as a team: nobody is bound any more. Safe to repeat. */
  async dissolve(tx: Tx, actor: Actor, teamId: string): Promise<string[]> {
    const events: string[] = [];
    for (const { id, state } of await placeRows(tx, teamId)) {
      if (state !== 'invited' && state !== 'accepted') continue;
      const place = (await this.lock(tx, id))!;
      const ground = await this.requireGround(tx, place.packageId, place.lead);
      // Answered as a team again meanwhile: nothing to take apart.
      if (ground.answer === 'team') return events;
      await updatePlace(tx, id, 'dropped', this.clock.now());
      events.push(await this.settle(tx, actor, { ...place, state: 'dropped' }, state));
    }
    return events;
  }

  /** A place of the team that the actor leads. */
  private async requireOfLead(tx: Tx, actor: Actor, packageId: string, placeId: string): Promise<PlaceRow> {
    const place = await this.lock(tx, placeId);
    if (place?.packageId !== packageId) throw new Refusal('not-found');
    if (place.lead === null || place.lead !== actor.organisationId) throw new Refusal('not-found');
    return place;
  }

  private async requireOwn(tx: Tx, actor: Actor, packageId: string): Promise<TeamGround> {
    const ground = await this.requireGround(tx, packageId, null);
    if (ground.contractor !== actor.organisationId) throw new Refusal('not-found');
    this.requireOpen(ground);
    return ground;
  }

  private async requireUndecided(tx: Tx, place: PlaceRow): Promise<void> {
    const ground = await this.requireGround(tx, place.packageId, place.lead);
    this.requireOpen(ground);
    if (ground.decision !== null) throw new Refusal('answer-awarded');
  }

  private async ask(
    tx: Tx,
    actor: Actor,
    wanted: Omit<PlaceRow, 'id' | 'isNamed' | 'state' | 'hasConsented'>,
  ): Promise<string> {
    const at = this.clock.now();
    const id = newId(at);
    await insertPlace(tx, { ...wanted, id, isNamed: false, at });
    return this.settle(tx, actor, (await placeRow(tx, id))!, null);
  }

  /** Of a team that was called and is complete: the lead's own place closes, as whoever leads has none. */
  private async form(
    tx: Tx,
    actor: Actor,
    teamId: string,
  ): Promise<{ readonly eventId: string; readonly placeId: string } | null> {
    const places = await placeRows(tx, teamId);
    if (teamStanding(places.map(({ state }) => state)) !== 'complete') return null;
    const leading = await whoMayLead(tx, teamId);
    const first = places.find(({ id }) => id === leading);
    if (!first) return null;
    const { id: placeId, organisationId, part } = first;
    await giveLead(tx, teamId, { organisationId, part });
    await updatePlace(tx, placeId, 'dropped', this.clock.now());
    const place = (await placeRow(tx, placeId))!;
    return { placeId, eventId: await this.settle(tx, actor, place, 'accepted', 'formed') };
  }

  private async lock(tx: Tx, placeId: string): Promise<PlaceRow | null> {
    const found = await placeRow(tx, placeId);
    if (!found) return null;
    await oneDeciderAtATime(tx, found.packageId);
    return placeRow(tx, placeId);
  }

  private async requireGround(tx: Tx, packageId: string, lead: string | null): Promise<TeamGround> {
    const ground = await teamGround(tx, packageId, lead);
    if (!ground) throw new Refusal('not-found');
    return ground;
  }

  private requireOpen({ status, deadline, isOffered, isClosed }: TeamGround): void {
    if (status !== 'published') throw new Refusal('tender-not-published');
    if (!isOffered) throw new Refusal('package-withdrawn');
    if (isClosed) throw new Refusal('package-awarded-already');
    if (deadline && deadline <= this.clock.now()) throw new Refusal('answer-too-late');
  }

  private async act(
    tx: Tx,
    actor: Actor,
    place: PlaceRow,
    { decision }: TeamGround,
    act: PlaceAct,
  ): Promise<string> {
    const state = afterPlaceAct(place.state, act);
    // What was confirmed is a contract: who does it is no longer changed here.
    if (decision === 'confirmed') throw new Refusal('answer-awarded');
    await updatePlace(tx, place.id, state, this.clock.now());
    return this.settle(tx, actor, { ...place, state }, place.state);
  }

  /** Who may read names now, and what is told. @param what when more happened than that the place changed */
  private async settle(
    tx: Tx,
    actor: Actor,
    place: PlaceRow,
    before: PlaceState | null,
    what: PlaceState | 'formed' | `lead-${'offered' | 'taken' | 'declined'}` = place.state,
  ): Promise<string> {
    const places = await placeRows(tx, place.teamId);
    const team = { lead: place.lead, contractor: place.contractor };
    await setAudiences(
      tx,
      places.map((one) => ({ id: one.id, audience: audienceOf(one, places, team) })),
    );
    const at = this.clock.now();
    const organisationId = actor.organisationId ?? place.lead ?? place.contractor;
    await audit(tx, { organisationId, action: `team.${what}`, subjectId: place.id, at });
    const { tenderId, packageId, teamId } = place;
    const isComplete = teamStanding(places.map(({ state }) => state)) === 'complete';
    const isCalled = place.lead === null;
    const payload = { tenderId, packageId, teamId, what, before, isComplete, isCalled };
    return emit(tx, { type: 'team.changed', organisationId, subjectId: place.id, payload, at });
  }
}
