import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  partnerByNumber,
  placeRows,
  teamOf,
  teamOfAnswer,
  teamRequest,
  TeamService,
  type PartnerAct,
  type TeamInvitation,
} from '../answers/index.js';
import { parseEnterpriseNumber, Refusal, systemActor, type Actor } from '../kernel/index.js';
import { DecideService } from '../matching/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { EventRelay, Jobs, type EventJob } from '../platform/queue/index.js';
import { enterpriseOfOrganisation, RegistryService } from '../registry/index.js';
import { hears, packageById, tenderById } from '../tenders/index.js';
import { openPackages } from './open-packages.js';

const DISSOLVE = 'team.dissolve';
const MOST_PROPOSED = 5;

/** A partner that would fill a gap; who it is, nobody learns before it consents. */
export interface PartnerProposal {
  /** What it would do: trades, sites, credentials. The same words find it again. */
  readonly covers: readonly string[];
}

/** Whom a lead wants: somebody for a part that was proposed, or an enterprise it knows by its number. */
export type WantedPartner = { readonly covers: string } | { readonly enterpriseNumber: string };

interface Candidate extends PartnerProposal {
  readonly organisationId: string;
}

/** Teams: partners are proposed by the matcher, asked by the lead, and everybody concerned is told. */
@Injectable()
export class TeamPipeline implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
    private readonly teams: TeamService,
    private readonly decisions: DecideService,
    private readonly registry: RegistryService,
  ) {}

  onModuleInit(): void {
    this.relay.on(['answer.given'], DISSOLVE);
    this.jobs.work<EventJob>(DISSOLVE, async (tx, { subjectId, payload }) => {
      if (payload['kind'] === 'team') return;
      const teamId = await teamOfAnswer(tx, subjectId);
      if (teamId === null) return;
      for (const eventId of await this.teams.dissolve(tx, systemActor(subjectId), teamId))
        await this.tell(tx, eventId);
    });
  }

  /** What partners could do with this enterprise, best first. */
  async proposals(actor: Actor, packageId: string): Promise<PartnerProposal[]> {
    return this.asSystem(actor, async (tx) =>
      (await this.candidates(tx, actor.organisationId ?? '', packageId)).map(({ covers }) => ({ covers })),
    );
  }

  /** @throws Refusal partner-unknown alike for a number that is not here, one that wants no teams and one that is not to hear of the tender */
  async invite(
    actor: Actor,
    packageId: string,
    wanted: WantedPartner,
    invitation: TeamInvitation,
  ): Promise<void> {
    await this.asSystem(actor, async (tx) => {
      const organisationId = await this.find(tx, actor, packageId, wanted);
      if (organisationId === null) throw new Refusal('partner-unknown');
      const partner = { organisationId, isNamed: 'enterpriseNumber' in wanted };
      await this.tell(tx, await this.teams.invite(tx, actor, packageId, partner, invitation));
    });
  }

  /** @returns the package of the team that the actor leads from now on; null when it does not */
  async respond(actor: Actor, placeId: string, act: PartnerAct): Promise<string | null> {
    return this.asSystem(actor, async (tx) => {
      const { eventId, packageId, leads } = await this.teams.respond(tx, actor, placeId, act);
      await this.tell(tx, eventId);
      return leads ? packageId : null;
    });
  }

  async drop(actor: Actor, packageId: string, placeId: string): Promise<void> {
    await this.asSystem(actor, async (tx) =>
      this.tell(tx, await this.teams.drop(tx, actor, packageId, placeId)),
    );
  }

  async offerLead(actor: Actor, packageId: string, placeId: string, isOffered: boolean): Promise<void> {
    const own = actor.organisationId ?? '';
    await this.requireRead(actor, (tx) => teamOf(tx, packageId, own));
    await this.asSystem(actor, async (tx) => {
      const eventId = await this.teams.offerLead(tx, actor, packageId, placeId, isOffered);
      if (eventId !== null) await this.tell(tx, eventId);
    });
  }

  /** @returns the package of the team */
  async answerLead(actor: Actor, placeId: string, takes: boolean): Promise<string> {
    const own = actor.organisationId ?? '';
    await this.requireRead(actor, (tx) => teamRequest(tx, own, placeId, this.clock.now()));
    return this.asSystem(actor, async (tx) => {
      const { packageId, eventIds } = await this.teams.answerLead(tx, actor, placeId, takes);
      for (const eventId of eventIds) await this.tell(tx, eventId);
      return packageId;
    });
  }

  private async find(tx: Tx, actor: Actor, packageId: string, wanted: WantedPartner): Promise<string | null> {
    if ('covers' in wanted) {
      const candidates = await this.candidates(tx, actor.organisationId ?? '', packageId);
      return candidates.find(({ covers }) => covers.join(' ') === wanted.covers)?.organisationId ?? null;
    }
    const number = parseEnterpriseNumber(wanted.enterpriseNumber);
    const found = number === null ? null : await partnerByNumber(tx, number);
    const item = found && (await packageById(tx, packageId));
    const tender = item && (await tenderById(tx, item.tenderId));
    if (!found || !tender || !hears(tender, found.enterpriseId)) return null;
    const [registered] = await this.asOfToday(tx, [found.enterpriseId]);
    // A pause keeps offers away; whom an enterprise works with is asked all the same.
    return registered?.enterprise.openToTeams ? found.organisationId : null;
  }

  /** Of the teams the matcher would compose with this enterprise: each other member once, who was not asked yet. */
  private async candidates(tx: Tx, lead: string, packageId: string): Promise<Candidate[]> {
    const item = await packageById(tx, packageId);
    const tender = item?.offered ? await tenderById(tx, item.tenderId) : null;
    const own = await enterpriseOfOrganisation(tx, lead);
    if (tender?.status !== 'published' || !own) return [];
    const [open] = await openPackages(tx, tender, [packageId]);
    const composed = open ? await this.decisions.teamsFor(tx, open, { on: this.clock.today() }) : [];
    const joint = composed.filter(({ members }) => members.some((one) => one.enterpriseId === own.id));
    const others = joint.flatMap(({ members }) =>
      members.filter((one) => one.enterpriseId !== own.id && hears(tender, one.enterpriseId)),
    );
    const registered = await this.asOfToday(tx, [...new Set(others.map((one) => one.enterpriseId))]);
    const organisationOf = new Map(
      registered.map(({ enterprise, organisationId }) => [enterprise.id, organisationId]),
    );
    const team = await teamOf(tx, packageId, lead);
    const asked = new Set(
      (team ? await placeRows(tx, team.id) : []).map(({ organisationId }) => organisationId),
    );
    const byPart = new Map<string, Candidate>();
    for (const { enterpriseId, covers } of others) {
      const organisationId = organisationOf.get(enterpriseId);
      const key = covers.join(' ');
      if (organisationId && !asked.has(organisationId) && !byPart.has(key))
        byPart.set(key, { covers, organisationId });
    }
    return [...byPart.values()].slice(0, MOST_PROPOSED);
  }

  private asOfToday(tx: Tx, ids: readonly string[]) {
    return this.registry.asOf(tx, ids, { on: this.clock.today(), knownAt: this.clock.now() });
  }

  /** What row security keeps from the actor is not there for it, whatever the room believes. @throws Refusal not-found */
  private async requireRead(actor: Actor, read: (tx: Tx) => Promise<unknown>): Promise<void> {
    if ((await this.db.transaction(actor, read)) === null) throw new Refusal('not-found');
  }

  private asSystem<T>({ requestId }: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.transaction(systemActor(requestId), work);
  }

  private async tell(tx: Tx, eventId: string): Promise<void> {
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }
}
