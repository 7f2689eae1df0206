import { addDays, dayInBrussels, plainText, type Day, type ProblemInWords } from '../../kernel/index.js';
import type { Candidate, InvitationForecast, Reach } from '../../pipeline/index.js';
import { VISIBILITIES, type SharedFile, type Tender, type Visibility } from '../../tenders/index.js';
import { paged } from '../shared/paging.js';
import { readSearch } from '../shared/search-words.js';
import { questionFields } from './publication-form.js';
import type { PackageLine } from './tender.page.js';
import { contractorPaths } from './paths.js';

/** Shorter, and an enterprise has no time to look at the site and to find a partner. */
export const RECOMMENDED_DAYS = 14;

export interface PublishPage {
  readonly title: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly deadline: { readonly day: Day | null; readonly time: string | null };
  readonly recommendedDay: Day;
  /** The first of it; the page of the tender has all. */
  readonly offered: readonly (PackageLine & { readonly reach: Reach | null })[];
  readonly offeredCount: number;
  /** Everything is there: it can be published. */
  readonly ready: boolean;
  readonly lacking: readonly (ProblemInWords & { readonly href: string })[];
  /** Other packages lack something, too. */
  readonly lacksMore: boolean;
  readonly clauseLabel: string | null;
  readonly forecast: InvitationForecast | null;
  readonly visibilities: readonly Visibility[];
  readonly visibility: Visibility;
  readonly candidates: CandidatesShown;
  readonly questions: readonly { readonly field: string; readonly text: string }[];
  readonly asksPrice: boolean;
  /** Whether its document is shared with enterprises, what else is, and where that is chosen. */
  readonly files: { readonly original: boolean; readonly added: number; readonly href: string };
  /** Where the mail can be read before it is sent; null while nobody would get one. */
  readonly mailHref: string | null;
}

/** More boxes than this nobody reads: the others are found by their name. */
export const CANDIDATES_A_PAGE = 50;

/** So many things that are missing are read one by one. */
export const LACKING_SHOWN = 50;

/** Who fits, and who is invited already, whether it fits today or was asked. */
export interface CandidatesShown {
  /** Null while nobody has looked for them: the tender is too large. */
  readonly count: number | null;
  /** Those invited, and of the others a page of those asked for. */
  readonly shown: readonly (Candidate & { readonly isInvited: boolean })[];
  /** Null when all are shown anyway. */
  readonly search: {
    readonly question: string;
    readonly found: number | null;
    readonly previous: number | null;
    readonly next: number | null;
  } | null;
  /** Somebody is looking through them. */
  readonly isLooking: boolean;
}

/** What the form that came back says of them; nothing on a page that is opened. */
export interface CandidatesAsked {
  readonly invited?: unknown;
  readonly candidate?: unknown;
  /** The page that is looked for. */
  readonly look?: unknown;
}

export interface PublishFacts {
  /** What enterprises will have beside the packages. */
  readonly shared: readonly Pick<SharedFile, 'isOriginal'>[];
  /** What those invited are called, by id. */
  readonly invitedNames: ReadonlyMap<string, string>;
  /** Null when it was not asked: the tender is too large. */
  readonly forecast: InvitationForecast | null;
  /** Where there is no forecast: those found for somebody who looks for them. */
  readonly candidates?: readonly Candidate[] | undefined;
  readonly tender: Tender;
  /** The first of what is offered. */
  readonly packages: readonly PackageLine[];
  readonly offeredCount: number;
  readonly lacking: readonly ProblemInWords[];
  /** Packages in which something may be missing. */
  readonly lackingIn: readonly { readonly id: string; readonly ref: string }[];
  readonly clauseLabel: string | null;
  readonly today: Day;
  readonly asked?: CandidatesAsked | undefined;
}

export function publishPage(facts: PublishFacts): PublishPage {
  const { tender, packages, lacking, clauseLabel, today, forecast } = facts;
  const deadline = tender.deadline;
  const lines = facts.lackingIn.map(({ id, ref }) => ({ ref, href: contractorPaths.package(tender.id, id) }));
  return {
    title: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href: contractorPaths.publish(tender.id),
    deadline: {
      day: deadline && dayInBrussels(deadline),
      time: deadline && timeInBrussels(deadline),
    },
    recommendedDay: forecast?.recommended ?? addDays(today, RECOMMENDED_DAYS),
    forecast,
    visibilities: VISIBILITIES,
    visibility: tender.visibility,
    candidates: candidatesShown(facts),
    asksPrice: tender.asksPrice,
    questions: questionFields().map((field, index) => ({ field, text: tender.questions[index] ?? '' })),
    files: {
      original: facts.shared.some(({ isOriginal }) => isOriginal),
      added: facts.shared.filter(({ isOriginal }) => !isOriginal).length,
      href: contractorPaths.files(tender.id),
    },
    mailHref: forecast?.enterprises ? contractorPaths.mailPreview(tender.id) : null,
    offered: packages.map((item) => ({ ...item, reach: forecast?.reach.get(item.id) ?? null })),
    offeredCount: facts.offeredCount,
    ready: tender.status === 'draft' && lacking.every(isOnThisPage),
    lacking: lacking
      .slice(0, LACKING_SHOWN)
      .map((problem) => ({ ...problem, href: whereToFix(tender.id, problem, lines) })),
    lacksMore: lacking.length > LACKING_SHOWN,
    clauseLabel,
  };
}

function candidatesShown({
  tender,
  candidates,
  forecast,
  offeredCount,
  invitedNames,
  asked,
}: PublishFacts): CandidatesShown {
  const fitting = forecast?.candidates ?? candidates ?? [];
  const known = new Set(fitting.map(({ enterpriseId }) => enterpriseId));
  const others = [...invitedNames]
    .filter(([enterpriseId]) => !known.has(enterpriseId))
    .map(([enterpriseId, name]) => ({ enterpriseId, name, packages: 0 }));
  const all = [...fitting, ...others];
  const invited = new Set(asked ? [asked.invited].flat() : tender.invited);
  const boxes = all.map((one) => ({ ...one, isInvited: invited.has(one.enterpriseId) }));
  const isLooking = asked?.look !== undefined;
  const { question, words } = readSearch(asked?.candidate);
  if (!forecast && !candidates && offeredCount > 0) {
    const shown = boxes.filter(({ isInvited }) => isInvited);
    return { count: null, shown, search: { question, found: null, previous: null, next: null }, isLooking };
  }
  // Who looks by name is looked for further than the first of each package.
  const isCut = forecast?.isCut ?? false;
  if (all.length <= CANDIDATES_A_PAGE && !isCut && !isLooking)
    return { count: all.length, shown: boxes, search: null, isLooking };
  const found = boxes.filter(
    ({ name, isInvited }) => !isInvited && words.every((word) => plainText(name).includes(word)),
  );
  const { items, pages } = paged(found, CANDIDATES_A_PAGE, asked?.look, String);
  const { current, total } = pages;
  return {
    count: all.length,
    shown: [...boxes.filter(({ isInvited }) => isInvited), ...items],
    search: {
      question,
      found: found.length,
      previous: current > 1 ? current - 1 : null,
      next: current < total ? current + 1 : null,
    },
    isLooking,
  };
}

/** The page on which what is missing can be given. */
export function whereToFix(
  tenderId: string,
  problem: ProblemInWords,
  packages: readonly Pick<PackageLine, 'ref' | 'href'>[],
): string {
  const pointer = problem.place && 'pointer' in problem.place ? problem.place.pointer : '';
  if (pointer === '/buyer') return contractorPaths.buyer(tenderId);
  if (pointer === '/clause') return contractorPaths.clauses(tenderId);
  if (pointer === '/deadline') return '#deadlineDay';
  if (pointer === '/visibility') return '#visibility';
  const ref = /^\/packages\/(.+)\/(?:trades|sites)$/.exec(pointer)?.[1];
  return packages.find((item) => item.ref === ref)?.href ?? contractorPaths.tender(tenderId);
}

function timeInBrussels(instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Brussels',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}

/** The deadline and those invited are on this very page: publishing sends them along. */
function isOnThisPage({ place }: ProblemInWords): boolean {
  return (
    place !== null && 'pointer' in place && (place.pointer === '/deadline' || place.pointer === '/visibility')
  );
}
