import { teamStanding, type Team, type TeamStanding } from '../../answers/index.js';
import type { PartnerProposal } from '../../pipeline/index.js';
import { enterprisePaths } from './paths.js';

/** A gap that a partner would fill, without its name. */
export interface ProposalShown {
  /** What the form sends. */
  readonly value: string;
  readonly trades: readonly string[];
  readonly sites: readonly string[];
  /** Credentials, in the words of the package. */
  readonly others: readonly string[];
}

export interface TeamPage {
  readonly title: string;
  readonly contractor: string;
  readonly deadline: Date | null;
  readonly standing: TeamStanding;
  readonly leadPart: string | null;
  readonly places: readonly (Omit<Team['places'][number], 'id'> & { readonly removeHref: string | null })[];
  readonly proposals: readonly ProposalShown[];
  /** The package still takes answers, and the lead answered as a team. */
  readonly canInvite: boolean;
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
  { canInvite, canChange }: { readonly canInvite: boolean; readonly canChange: boolean },
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
    })),
    proposals: proposals.map(({ covers }) => proposalShown(covers)),
    canInvite,
    href: enterprisePaths.team(about.packageId),
    answerHref: `${enterprisePaths.answer(about.packageId)}?kind=team`,
    backHref: enterprisePaths.opportunity(about.packageId),
  };
}

function proposalShown(covers: readonly string[]): ProposalShown {
  const isTrade = (one: string): boolean => /^\d{8}$/.test(one);
  const isSite = (one: string): boolean => /^[a-z]+:/.test(one);
  return {
    value: `covers ${covers.join(' ')}`,
    trades: covers.filter(isTrade),
    sites: covers.filter((one) => !isTrade(one) && isSite(one)),
    others: covers.filter((one) => !isTrade(one) && !isSite(one)),
  };
}
