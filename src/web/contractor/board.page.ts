import {
  ANSWER_KINDS,
  coveragePercent,
  standingState,
  teamStanding,
  type Answer,
  type AnswerKind,
  type Coverage,
  type Decision,
  type Question,
  type StandingState,
  type Team,
  type TeamStanding,
} from '../../answers/index.js';
import type { InvitationMoment } from '../../matching/index.js';
import type { PackageWithdrawal, Tender } from '../../tenders/index.js';
import type { MatchVerdict } from '../shared/criterion.js';
import { isUuid } from '../../platform/http/index.js';
import type { FileShown } from '../shared/file-shown.js';
import { pageNumber, pagesOf, type Pages } from '../shared/paging.js';
import { paths } from '../shared/paths.js';
import { readSearch } from '../shared/search-words.js';
import type { PackageLine } from './tender.page.js';
import { callOf, callShown, type CallShown } from './team-call.page.js';
import { contractorPaths } from './paths.js';

/** A standing verdict on one of the tender's packages. */
export interface BoardMatch {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly enterprise: string;
  readonly verdict: MatchVerdict;
  readonly rank: number;
  /** How far its mail came, that it found the package on its list, or does not hear of the tender; null while it waits for its turn. */
  readonly told: 'pending' | 'delivered' | 'failed' | 'suppressed' | 'list' | 'uninvited' | null;
  /** When somebody of it first opened the package; null while nobody has. */
  readonly viewedAt: Date | null;
}

/** Each has fifty enterprises or more, with what each said: more of them nobody reads on one page. */
export const BOARD_PACKAGES_A_PAGE = 10;

/** How many packages of the board there are in all, and how many of them the question finds. */
export interface BoardListed {
  readonly found: number;
  /** The number of the page that is shown. */
  readonly page: number;
  readonly packages: number;
  readonly matched: number;
  readonly told: number;
  readonly answered: number;
  /** Packages with a question that waits. */
  readonly asked: number;
  readonly questionsWaiting: number;
  /** Answers to packages that changed since. */
  readonly toReconfirm: number;
}

/** What somebody wants to see of it, as it stands in the address. */
export interface BoardQuestion {
  readonly only?: unknown;
  readonly q?: unknown;
  readonly page?: unknown;
  /** The page on which this one stands, instead of a number. */
  readonly package?: unknown;
}

/** What stands about a tender and the packages of a page. */
export interface BoardFacts extends BecameOf {
  readonly list: BoardListed;
  readonly question: BoardQuestion;
  readonly isMatching: boolean;
  readonly moments: readonly InvitationMoment[];
}

/** What became of packages. */
export interface BecameOf {
  readonly matches: readonly BoardMatch[];
  /** By package: who fits, too, and was neither invited nor answered. */
  readonly listed: ReadonlyMap<string, number>;
  readonly answers: readonly Answer[];
  readonly questions: readonly Question[];
  readonly decisions: readonly Decision[];
  readonly withdrawals: readonly PackageWithdrawal[];
  readonly teams: readonly Team[];
  readonly coverage: ReadonlyMap<string, Coverage>;
  readonly now: Date;
}

/** A joint answer: names and parts are shown when everybody has consented. */
export interface TeamShown {
  readonly standing: TeamStanding;
  readonly members: readonly { readonly name: string; readonly part: string }[];
}

export interface BoardRow {
  readonly enterprise: string;
  /** `ended`: it fitted when it answered, and no longer does. */
  readonly verdict: MatchVerdict | 'ended';
  readonly told: BoardMatch['told'];
  readonly viewedAt: Date | null;
  /** Null where no verdict stands. */
  readonly whyHref: string | null;
  readonly answer: Answer | null;
  /** What came with it. */
  readonly files: readonly FileShown[];
  /** Who does what, once all have consented; null for an answer of one alone. */
  readonly team: TeamShown | null;
  /** What became of the answer; null without one that asks for a decision. */
  readonly decision: { readonly state: StandingState; readonly href: string } | null;
}

export interface BoardPackage {
  readonly id: string;
  readonly title: string;
  readonly ref: string;
  readonly placeable: PackageLine['placeable'];
  readonly rows: readonly BoardRow[];
  readonly nearMisses: readonly { readonly enterprise: string; readonly whyHref: string }[];
  readonly whatIfHref: string;
  /** A team that was asked for an offer and has not given it. */
  readonly call: CallShown | null;
  /** Where one is asked; null where somebody fits alone, or nobody can answer any more. */
  readonly teamCallHref: string | null;
  /** That it was taken back. */
  readonly withdrawal: PackageWithdrawal | null;
  /** Null for what is taken back, or promised. */
  readonly withdrawHref: string | null;
  /** The answers side by side; null with fewer than two that say yes. */
  readonly answersHref: string | null;
  readonly told: number;
  /** Enterprises that have it on their list alone. */
  readonly listed: number;
  readonly answers: Readonly<Record<AnswerKind, number>>;
  /** How much of its lines the answers cover; null while nobody offers any of it. */
  readonly coverage: (Coverage & { readonly percent: number }) | null;
  /** What waits for a reply comes first. */
  readonly questions: readonly (Pick<Question, 'enterprise' | 'text' | 'askedAt' | 'reply'> & {
    readonly href: string;
  })[];
}

export interface BoardPage {
  readonly title: string;
  readonly status: Tender['status'];
  readonly deadline: Date | null;
  readonly publishedAt: Date | null;
  /** Who sees the tender. */
  readonly visibility: Tender['visibility'];
  /** What was asked of whoever answers. */
  readonly questions: readonly string[];
  readonly tenderHref: string;
  readonly boardHref: string;
  /** Of a tender that everybody sees, the address that does not change; null for others. */
  readonly publicHref: string | null;
  readonly withdrawHref: string | null;
  readonly extendHref: string | null;
  readonly packages: readonly BoardPackage[];
  /** Invitations that are still to go out. */
  readonly toCome: readonly InvitationMoment[];
  /** Matching runs right after publishing; until then there is nothing to show yet. */
  readonly isMatching: boolean;
  readonly totals: BoardListed;
  readonly pages: Pages;
  readonly question: string;
  /** Those with an answer, or with a question that waits, alone; null for all. */
  readonly only: 'answered' | 'asked' | null;
  readonly answeredHref: string;
  readonly askedHref: string;
}

/** @returns the words that are looked for, the packages that are looked at, and the page of them */
export function readBoardQuestion({ only, q, page, package: packageId }: BoardQuestion): {
  readonly question: string;
  readonly words: readonly string[];
  readonly only: BoardPage['only'];
  readonly page: number;
  readonly packageId: string | null;
} {
  return {
    ...readSearch(q),
    only: only === 'answered' || only === 'asked' ? only : null,
    page: pageNumber(page),
    packageId: isUuid(packageId) ? packageId : null,
  };
}

/** @param offered packages of the page */
export function boardPage(tender: Tender, offered: readonly PackageLine[], facts: BoardFacts): BoardPage {
  const { question, only } = readBoardQuestion(facts.question);
  const boardHref = contractorPaths.board(tender.id);
  const kept = { ...(only === null ? {} : { only }), ...(question === '' ? {} : { q: question }) };
  return {
    title: tender.title,
    status: tender.status,
    deadline: tender.deadline,
    publishedAt: tender.publishedAt,
    visibility: tender.visibility,
    questions: tender.questions,
    tenderHref: contractorPaths.tender(tender.id),
    boardHref,
    publicHref:
      tender.status === 'published' && tender.visibility === 'public' ? paths.publicTender(tender.id) : null,
    withdrawHref: tender.status === 'published' ? contractorPaths.withdraw(tender.id) : null,
    extendHref: tender.status === 'published' ? contractorPaths.extension(tender.id) : null,
    packages: offered.map((item) => boardPackage(tender, item, facts)),
    toCome: facts.moments.filter(({ state }) => state === 'planned'),
    isMatching: facts.isMatching,
    totals: facts.list,
    pages: pagesOf(
      facts.list.found,
      BOARD_PACKAGES_A_PAGE,
      facts.list.page,
      (number) => `${boardHref}?${new URLSearchParams({ ...kept, page: String(number) })}`,
    ),
    question,
    only,
    answeredHref: `${boardHref}?only=answered`,
    askedHref: `${boardHref}?only=asked`,
  };
}

function boardPackage(
  { id: tenderId, status }: Pick<Tender, 'id' | 'status'>,
  item: PackageLine,
  { matches, listed, answers, questions, decisions, withdrawals, teams, coverage, now }: BecameOf,
): BoardPackage {
  const withdrawal = withdrawals.find(({ packageId }) => packageId === item.id) ?? null;
  const here = matches.filter((match) => match.packageId === item.id).sort((a, b) => a.rank - b.rank);
  const given = answers.filter((answer) => answer.packageId === item.id);
  const why = (match: BoardMatch): string => contractorPaths.match(tenderId, item.id, match.enterpriseId);
  const decided = (answer: Answer | null): BoardRow['decision'] => {
    const decision = decisions.find(({ answerId }) => answerId === answer?.id);
    if (!answer || answer.kind === 'no' || !decision || withdrawal) return null;
    return {
      state: standingState(decision.state, decision.confirmBy, now),
      href: contractorPaths.decision(tenderId, answer.id),
    };
  };
  const answerOf = ({ enterpriseId }: BoardMatch): Answer | null =>
    given.find((answer) => answer.enterpriseId === enterpriseId) ?? null;
  const rows = here
    .filter((match) => match.verdict !== 'near-miss')
    .map((match) => ({
      enterprise: match.enterprise,
      verdict: match.verdict,
      told: match.told,
      viewedAt: match.viewedAt,
      whyHref: why(match),
      answer: answerOf(match),
      files: filesOfAnswer(answerOf(match)),
      team: teamShown(answerOf(match), teams),
      decision: decided(answerOf(match)),
    }));
  const fits = new Set(here.filter(({ verdict }) => verdict !== 'near-miss').map((one) => one.enterpriseId));
  const ended = given
    .filter(({ enterpriseId }) => !fits.has(enterpriseId))
    .map((answer) => ({
      enterprise: answer.enterpriseName,
      verdict: 'ended' as const,
      told: null,
      viewedAt: null,
      whyHref: null,
      answer,
      files: filesOfAnswer(answer),
      team: teamShown(answer, teams),
      decision: decided(answer),
    }));
  const isPromised = [...rows, ...ended].some(
    ({ decision }) => decision?.state === 'awarded' || decision?.state === 'confirmed',
  );
  const canWithdraw = status === 'published' && !withdrawal && !isPromised;
  const call = callOf(teams, item.id);
  const isAnswered = given.some(
    ({ kind, enterpriseName }) => kind === 'team' && enterpriseName === call?.lead,
  );
  const isAlone = here.some(({ verdict }) => verdict === 'match');
  const canCall = canWithdraw && (call !== null || (!isAlone && here.length > 1));
  const count = (kind: AnswerKind): number => given.filter((answer) => answer.kind === kind).length;
  const willing = given.length - count('no');
  return {
    id: item.id,
    title: item.title,
    ref: item.ref,
    placeable: item.placeable,
    rows: [...rows, ...ended],
    nearMisses: here
      .filter((match) => match.verdict === 'near-miss')
      .map((match) => ({ enterprise: match.enterprise, whyHref: why(match) })),
    whatIfHref: contractorPaths.whatIf(tenderId, item.id),
    call: call && !isAnswered ? callShown(call) : null,
    teamCallHref: canCall ? contractorPaths.teamCall(tenderId, item.id) : null,
    withdrawal,
    withdrawHref: canWithdraw ? contractorPaths.packageWithdrawal(tenderId, item.id) : null,
    answersHref: willing > 1 ? contractorPaths.packageAnswers(tenderId, item.id) : null,
    told: rows.filter((row) => row.told === 'delivered').length,
    listed: listed.get(item.id) ?? 0,
    coverage: coverageShown(coverage.get(item.id)),
    answers: { full: count('full'), part: count('part'), team: count('team'), no: count('no') },
    questions: questions
      .filter(({ packageId }) => packageId === item.id)
      .map(({ id, enterprise, text, askedAt, reply }) => {
        return { enterprise, text, askedAt, reply, href: contractorPaths.question(tenderId, id) };
      }),
  };
}

/** The answers to one package that say yes, side by side. */
export interface AnswersPage {
  readonly title: string;
  readonly tenderTitle: string;
  readonly questions: readonly string[];
  readonly asksPrice: boolean;
  readonly coverage: BoardPackage['coverage'];
  /** All of it first, then parts, then teams; among those the lowest price. */
  readonly rows: readonly (BoardRow & { readonly answer: Answer })[];
  /** How many said no. */
  readonly declined: number;
  readonly boardHref: string;
}

export function answersPage(tender: Tender, item: PackageLine, facts: BecameOf): AnswersPage {
  const { rows, coverage, answers } = boardPackage(tender, item, facts);
  const order = (row: AnswersPage['rows'][number]): number => ANSWER_KINDS.indexOf(row.answer.kind);
  return {
    title: item.title,
    tenderTitle: tender.title,
    questions: tender.questions,
    asksPrice: tender.asksPrice,
    coverage,
    rows: rows
      .flatMap((row) => (row.answer && row.answer.kind !== 'no' ? [{ ...row, answer: row.answer }] : []))
      .toSorted(
        (a, b) =>
          order(a) - order(b) || Number(a.answer.price ?? Infinity) - Number(b.answer.price ?? Infinity) || 0,
      ),
    declined: answers.no,
    boardHref: contractorPaths.boardAt(tender.id, item.id),
  };
}

/** What came with an answer, and where it is got. */
export function filesOfAnswer(answer: Answer | null): FileShown[] {
  return (answer?.files ?? []).map(({ id, name, scanned }) => ({
    name,
    scanned,
    href: contractorPaths.attachment(answer!.tenderId, answer!.id, id),
  }));
}

function coverageShown(coverage: Coverage | undefined): BoardPackage['coverage'] {
  const percent = coverage ? coveragePercent(coverage) : null;
  return coverage && percent !== null ? { ...coverage, percent } : null;
}

function teamShown(answer: Answer | null, teams: readonly Team[]): TeamShown | null {
  if (answer?.kind !== 'team') return null;
  const team = teams.find(
    ({ packageId, lead }) => packageId === answer.packageId && lead === answer.enterpriseName,
  );
  const places = (team?.places ?? []).filter(({ state }) => state !== 'dropped');
  const standing = teamStanding(places.map(({ state }) => state));
  if (!team || standing !== 'complete') return { standing, members: [] };
  const partners = places.map(({ partner, part }) => ({ name: partner ?? '', part }));
  return { standing, members: [{ name: answer.enterpriseName, part: team.leadPart }, ...partners] };
}
