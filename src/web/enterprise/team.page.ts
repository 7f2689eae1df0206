import { teamStanding, type Team, type TeamStanding } from '../../answers/index.js';
import type { PartnerProposal } from '../../pipeline/index.js';
import { coversShown, type CoversShown } from '../shared/covers.js';
import { enterprisePaths } from './paths.js';

/** A gap that a partner would fill, without its name. */
export interface ProposalShown extends CoversShown {
  /** What the form sends. */
  readonly value: string;
}

export interface TeamPage {
  readonly title: string;
  readonly contractor: string;
  readonly deadline: Date | null;
  readonly standing: TeamStanding;
  readonly leadPart: string | null;
  readonly places: readonly (Omit<Team['places'][number], 'id'> & {
    readonly removeHref: string | null;
    /** Where the lead is offered to it, or that is taken back; null for who is not in the team yet. */
    readonly leadHref: string | null;
    readonly isOfferedLead: boolean;
  })[];
  readonly proposals: readonly ProposalShown[];
  /** The package still takes answers, and the lead answered as a team. */
  readonly canInvite: boolean;
  /** Its contractor asked for it, and all agreed. */
  readonly isFormed: boolean;
  readonly href: string;
  readonly answerHref: string;
  readonly backHref: string;
}

/** The team that an enterprise leads for a package. */
export function teamPage(
  about: {
    readonly packageId: string;
    readonly title: string;
    readonly contractor: string;
    readonly deadline: Date | null;
  },
  team: Team | null,
  proposals: readonly PartnerProposal[],
  {
    canInvite,
    canChange,
    canHandOver,
  }: { readonly canInvite: boolean; readonly canChange: boolean; readonly canHandOver: boolean },
): TeamPage {
  const places = (team?.places ?? []).filter(({ state }) => state !== 'dropped');
  return {
    title: about.title,
    contractor: about.contractor,
    deadline: about.deadline,
    standing: teamStanding(places.map(({ state }) => state)),
    leadPart: team?.leadPart ?? null,
    places: places.map(({ id, ...place }) => ({
      ...place,
      removeHref: canChange ? enterprisePaths.teamRemoval(about.packageId, id) : null,
      leadHref:
        canHandOver && place.state === 'accepted' ? enterprisePaths.teamLead(about.packageId, id) : null,
      isOfferedLead: team?.offeredTo === id,
    })),
    proposals: proposals.map(({ covers }) => ({
      value: `covers ${covers.join(' ')}`,
      ...coversShown(covers),
    })),
    canInvite,
    isFormed: team?.isCalled ?? false,
    href: enterprisePaths.team(about.packageId),
    answerHref: `${enterprisePaths.answer(about.packageId)}?kind=team`,
    backHref: enterprisePaths.opportunity(about.packageId),
  };
}
