import { Inject, Injectable } from '@nestjs/common';
import {
  mayAnswer,
  notToAsk,
  openCall,
  placeRow,
  placeRows,
  TeamService,
  type PlaceState,
  type TeamCall,
} from '../answers/index.js';
import { Refusal, systemActor, type Actor } from '../kernel/index.js';
import { DecideService, type Team } from '../matching/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { Jobs } from '../platform/queue/index.js';
import { enterpriseOfOrganisation, RegistryService } from '../registry/index.js';
import { hears, mayChangePackage, packageById, tenderById } from '../tenders/index.js';
import { openPackages } from './open-packages.js';

/** A team that could do a package; who is in it, nobody learns before they consent. */
export interface TeamProposal {
  /** The same words find it again, as long as it is proposed. */
  readonly key: string;
  readonly members: readonly { readonly covers: readonly string[]; readonly share: number }[];
  readonly coverage: number;
  readonly gaps: readonly string[];
}

interface Composed extends TeamProposal {
  readonly organisationIds: readonly string[];
}

/** A contractor asks enterprises that the matcher puts together for one offer. Runs as system: it may not know who they are. */
@Injectable()
export class TeamCallPipeline {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly teams: TeamService,
    private readonly decisions: DecideService,
    private readonly registry: RegistryService,
  ) {}

  /** Teams of enterprises that are free to be asked for a package. */
  async proposals(actor: Actor, packageId: string): Promise<TeamProposal[]> {
    return this.asOwner(actor, packageId, async (tx) => {
      const composed = await this.composed(tx, actor, packageId);
      return composed.map(({ key, members, coverage, gaps }) => ({ key, members, coverage, gaps }));
    });
  }

  /** @throws Refusal team-proposal-gone when that team is not proposed any more, and those of `TeamService.call` */
  async call(actor: Actor, packageId: string, key: string, { parts, message }: TeamCall): Promise<void> {
    await this.asOwner(actor, packageId, async (tx) => {
      const found = (await this.composed(tx, actor, packageId)).find((one) => one.key === key);
      if (!found) throw new Refusal('team-proposal-gone');
      const members = found.members.map(({ covers }, at) => ({
        organisationId: found.organisationIds[at]!,
        part: parts[at]!,
        covers,
      }));
      await this.tell(tx, await this.teams.call(tx, actor, packageId, members, message));
    });
  }

  /** Of the gaps in the team that was called, those for which somebody else could be asked. */
  async fillable(actor: Actor, packageId: string): Promise<string[]> {
    return this.asOwner(actor, packageId, async (tx) => {
      const teamId = await openCall(tx, packageId);
      const places = teamId === null ? [] : await placeRows(tx, teamId);
      const found: string[] = [];
      for (const place of places.filter(isGap))
        if ((await this.standIn(tx, actor, place)) !== null) found.push(place.id);
      return found;
    });
  }

  /** Asks somebody else for a part that was declined. @throws Refusal partner-unknown when nobody could do it, and those of `TeamService.fill` */
  async fill(actor: Actor, packageId: string, placeId: string): Promise<void> {
    await this.asOwner(actor, packageId, async (tx) => {
      const place = await placeRow(tx, placeId);
      if (place?.packageId !== packageId) throw new Refusal('not-found');
      const organisationId = await this.standIn(tx, actor, place);
      if (organisationId === null)
        throw new Refusal(isGap(place) ? 'partner-unknown' : 'team-act-not-possible');
      await this.tell(tx, [await this.teams.fill(tx, actor, placeId, organisationId)]);
    });
  }

  /** Takes back what was asked. */
  async end(actor: Actor, packageId: string): Promise<void> {
    await this.asOwner(actor, packageId, async (tx) =>
      this.tell(tx, await this.teams.endCall(tx, actor, packageId)),
    );
  }

  private async composed(tx: Tx, actor: Actor, packageId: string): Promise<Composed[]> {
    const busy = await notToAsk(tx, packageId);
    const teams = await this.teamsFor(tx, actor, packageId, (id) => !busy.has(id));
    const organisationOf = await this.organisationsOf(
      tx,
      teams.flatMap(({ members }) => members.map((one) => one.enterpriseId)),
    );
    const leaders = await mayAnswer(tx, packageId);
    const led = teams.filter(({ members }) => members.some((one) => leaders.has(one.enterpriseId)));
    const seen = new Map<string, number>();
    return led.flatMap(({ members, coverage, gaps }) => {
      const organisationIds = members.flatMap((one) => organisationOf.get(one.enterpriseId) ?? []);
      if (organisationIds.length < members.length) return [];
      const words = members.map((one) => `${one.covers.join(' ')} ${one.share}`).join('; ');
      const before = seen.get(words) ?? 0;
      seen.set(words, before + 1);
      const parts = members.map(({ covers, share }) => ({ covers, share }));
      return [{ key: `${words}#${before}`, members: parts, coverage, gaps, organisationIds }];
    });
  }

  /** Who could take a part over: with those who stay it is a team, or it does the same. */
  private async standIn(
    tx: Tx,
    actor: Actor,
    gap: { readonly teamId: string; readonly packageId: string; readonly covers: readonly string[] },
  ): Promise<string | null> {
    const live = (await placeRows(tx, gap.teamId)).filter(
      ({ state }) => state === 'accepted' || state === 'invited',
    );
    const stays = new Set<string>();
    for (const { organisationId } of live)
      stays.add((await enterpriseOfOrganisation(tx, organisationId))?.id ?? '');
    const busy = await notToAsk(tx, gap.packageId);
    const mayJoin = (id: string): boolean => !busy.has(id) || stays.has(id);
    const teams = await this.teamsFor(tx, actor, gap.packageId, mayJoin);
    const sameWords = gap.covers.join(' ');
    const free = (team: Team) => team.members.filter(({ enterpriseId }) => !stays.has(enterpriseId));
    const [chosen] = teams
      .flatMap((team) =>
        free(team)
          .filter(({ covers }) => covers.join(' ') === sameWords || free(team).length === 1)
          .map(({ enterpriseId }) => ({ enterpriseId, known: team.members.length - free(team).length })),
      )
      .toSorted((a, b) => b.known - a.known);
    if (!chosen) return null;
    return (await this.organisationsOf(tx, [chosen.enterpriseId])).get(chosen.enterpriseId) ?? null;
  }

  /** @throws Refusal not-found for what is not the actor's */
  private async teamsFor(
    tx: Tx,
    actor: Actor,
    packageId: string,
    mayJoin: (enterpriseId: string) => boolean,
  ): Promise<readonly Team[]> {
    const item = await packageById(tx, packageId);
    const tender = item && (await tenderById(tx, item.tenderId));
    if (!tender || tender.organisationId !== actor.organisationId) throw new Refusal('not-found');
    if (tender.status !== 'published' || !item.offered) return [];
    const [open] = await openPackages(tx, tender, [packageId]);
    if (!open) return [];
    return this.decisions.teamsFor(
      tx,
      open,
      { on: this.clock.today() },
      (id) => hears(tender, id) && mayJoin(id),
    );
  }

  private async organisationsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const at = { on: this.clock.today(), knownAt: this.clock.now() };
    const found = await this.registry.asOf(tx, [...new Set(ids)], at);
    return new Map(
      found.flatMap(({ enterprise, organisationId }) =>
        organisationId ? [[enterprise.id, organisationId] as const] : [],
      ),
    );
  }

  /** As the system, once row security has said that the package is the actor's to change. @throws Refusal not-found */
  private async asOwner<T>(actor: Actor, packageId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!(await this.db.transaction(actor, (tx) => mayChangePackage(tx, packageId))))
      throw new Refusal('not-found');
    return this.db.transaction(systemActor(actor.requestId), work);
  }

  private async tell(tx: Tx, eventIds: readonly string[]): Promise<void> {
    for (const eventId of eventIds) await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }
}

function isGap({ state }: { readonly state: PlaceState }): boolean {
  return state === 'declined' || state === 'left';
}
