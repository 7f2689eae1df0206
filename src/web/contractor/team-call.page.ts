import { teamStanding, type PlaceState, type Team, type TeamStanding } from '../../answers/index.js';
import type { TeamProposal } from '../../pipeline/index.js';
import { coversShown, type CoversShown } from '../shared/covers.js';
import { contractorPaths } from './paths.js';

export interface MemberShown extends CoversShown {
  /** Of the work, that it can take at most. */
  readonly percent: number;
}

export interface ProposalShown {
  readonly href: string;
  readonly members: readonly MemberShown[];
  /** Of the work, that they cover together. */
  readonly percent: number;
}

/** What a contractor sees of a team it called: how many agreed, and names once all did. */
export interface CallShown {
  readonly standing: TeamStanding;
  readonly agreed: number;
  readonly asked: number;
  /** Who leads; null before all agreed. */
  readonly lead: string | null;
}

export interface TeamCallPage {
  readonly title: string;
  readonly deadline: Date | null;
  readonly href: string;
  readonly boardHref: string;
  readonly call: CallShown | null;
  readonly members: readonly {
    readonly name: string | null;
    readonly part: string;
    readonly state: PlaceState;
    /** Asks somebody else for a part that is free; null where there is nobody, or no need. */
    readonly fillHref: string | null;
  }[];
  /** Null once it has formed. */
  readonly endHref: string | null;
  readonly proposals: readonly ProposalShown[];
  /** The team whose members are about to be asked. */
  readonly chosen: { readonly key: string; readonly members: readonly MemberShown[] } | null;
}

/** The team that a contractor called for a package and that goes on; null without one. */
export function callOf(teams: readonly Team[], packageId: string): Team | null {
  const called = teams.filter((team) => team.isCalled && team.packageId === packageId);
  return called.findLast(({ places }) => places.some(({ state }) => state !== 'dropped')) ?? null;
}

export function callShown({ places, lead }: Team): CallShown {
  const states = places.map(({ state }) => state).filter((state) => state !== 'dropped');
  const leading = lead === null ? 0 : 1;
  return {
    standing: teamStanding(states),
    agreed: states.filter((state) => state === 'accepted').length + leading,
    asked: states.length + leading,
    lead,
  };
}

export function teamCallPage(
  about: {
    readonly tenderId: string;
    readonly packageId: string;
    readonly title: string;
    readonly deadline: Date | null;
  },
  call: Team | null,
  given: {
    /** Of its places, those that somebody else could fill. */
    readonly fillable: readonly string[];
    readonly proposals: readonly TeamProposal[];
    readonly chosen: TeamProposal | null;
  },
): TeamCallPage {
  const { tenderId, packageId, title, deadline } = about;
  const href = contractorPaths.teamCall(tenderId, packageId);
  const places = (call?.places ?? []).filter(({ state }) => state !== 'dropped');
  return {
    title,
    deadline,
    href,
    boardHref: contractorPaths.boardAt(tenderId, packageId),
    call: call && callShown(call),
    members: [
      ...(call?.lead
        ? [{ name: call.lead, part: call.leadPart, state: 'accepted' as const, fillHref: null }]
        : []),
      ...places.map(({ id, part, partner, state }) => ({
        name: partner,
        part,
        state,
        fillHref: given.fillable.includes(id) ? contractorPaths.teamCallFill(tenderId, packageId, id) : null,
      })),
    ],
    endHref: call && call.lead === null ? contractorPaths.teamCallEnd(tenderId, packageId) : null,
    proposals: given.proposals.map(({ key, members, coverage }) => ({
      href: `${href}?${new URLSearchParams({ team: key })}`,
      members: members.map(memberShown),
      percent: Math.round(coverage * 100),
    })),
    chosen: given.chosen && { key: given.chosen.key, members: given.chosen.members.map(memberShown) },
  };
}

function memberShown({ covers, share }: TeamProposal['members'][number]): MemberShown {
  return { ...coversShown(covers), percent: Math.round(share * 100) };
}
