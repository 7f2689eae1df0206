import {
  ANSWER_FILES_MAX,
  ANSWER_KINDS,
  REFUSAL_REASONS,
  type Answer,
  type AnswerDraft,
  type AnswerKind,
  type AttachedFile,
  standingState,
  type Clarification,
  type Decision,
  type Question,
  type StandingState,
} from '../../answers/index.js';
import type { DeadlineChange, LineDifference, PackageTerms, StoredBillLine } from '../../tenders/index.js';
import type { DocumentRead } from '../../platform/documents/index.js';
import { lawPaths } from '../law/paths.js';
import type { GateShown } from '../shared/gates-in-words.js';
import type { FileShown } from '../shared/file-shown.js';
import { FILE_LIMIT } from '../shared/keep-files.js';
import { packageHistory, type HistoryEntry, type HistoryFacts } from './package-history.js';
import { isOpen, type OpportunityShown } from './opportunities.page.js';
import { enterprisePaths } from './paths.js';

const LINES_SHOWN = 200;

export interface OpportunityFacts extends HistoryFacts {
  readonly lines: readonly StoredBillLine[];
  readonly answer: Answer | null;
  /** That the contractor opened its files. */
  readonly reads: readonly DocumentRead[];
  /** What this enterprise asked and waits for. */
  readonly waiting: readonly Question[];
  /** What became of the answer; null without one. */
  readonly decision: Decision | null;
  readonly clauseLabel: string | null;
  /** Key of the legal basis of the clause. */
  readonly basis: string | null;
  readonly gates: readonly GateShown[];
  /** What the documents ask; null when the package is gone. */
  readonly terms: PackageTerms | null;
  /** Of the package, as it is shown. */
  readonly version: number;
  readonly now: Date;
}

export interface OpportunityPage extends OpportunityShown {
  readonly listHref: string;
  readonly canAnswer: boolean;
  /** What can be answered, each leading to a page with one button; who no longer fits can take its answer back. */
  readonly choices: readonly { readonly kind: AnswerKind; readonly href: string }[];
  readonly answer: Answer | null;
  /** What was sent with it, and whether the contractor opened it. */
  readonly files: readonly (FileShown & { readonly reads: readonly DocumentRead[] })[];
  /** What the contractor shares of the tender. */
  readonly documents: readonly FileShown[];
  readonly clarifications: readonly Clarification[];
  readonly waiting: readonly Question[];
  /** What the contractor decided on the answer; null while it decided nothing. */
  readonly decision: {
    readonly state: StandingState;
    readonly reason: Decision['reason'];
    readonly message: string | null;
    readonly confirmBy: Date | null;
    /** Where to confirm; null when there is nothing to confirm. */
    readonly awardHref: string | null;
  } | null;
  /** The team it leads, once it answered so. */
  readonly teamHref: string | null;
  /** Goes on with the answer that was begun; null without a draft, or when it is too late. */
  readonly draftHref: string | null;
  /** Null when it is too late to ask. */
  readonly askHref: string | null;
  readonly clauseLabel: string | null;
  /** The page anybody may read about its basis. */
  readonly basisHref: string | null;
  readonly lines: readonly StoredBillLine[];
  readonly moreLines: number;
  /** What must be in order before and during the works. */
  readonly gates: readonly GateShown[];
  readonly terms: PackageTerms | null;
  /** The last move of the deadline. */
  readonly deadlineChange: DeadlineChange | null;
  /** What happened to it, the newest first. */
  readonly history: readonly HistoryEntry[];
  /** That the answer is to be confirmed: until when, what changed, and where; null when nothing is asked. */
  readonly reconfirm: {
    readonly by: Date | null;
    readonly differences: readonly LineDifference[];
    readonly seen: number;
    readonly href: string;
    readonly changeHref: string;
    readonly takeBackHref: string;
  } | null;
}

/** All that an enterprise may know of a package before it answers. */
export function opportunityPage(shown: OpportunityShown, facts: OpportunityFacts): OpportunityPage {
  const { lines, answer, clarifications, waiting, decision, clauseLabel, basis } = facts;
  const { gates, terms, now } = facts;
  const decided = decisionShown(shown.packageId, decision, now);
  const isPromised = decided?.state === 'awarded' || decided?.state === 'confirmed';
  const canAnswer = isOpen(shown, now) && !isPromised;
  const answerHref = enterprisePaths.answer(shown.packageId);
  return {
    ...shown,
    answer,
    files: (answer?.files ?? []).map((file) => ({
      ...fileShown(shown.packageId, file),
      reads: facts.reads.filter(({ documentId }) => documentId === file.id),
    })),
    documents: facts.shared.map(({ id, name, scanned }) => ({
      name,
      scanned,
      href: enterprisePaths.file(shown.packageId, id),
    })),
    clarifications,
    waiting,
    decision: decided,
    teamHref: answer?.kind === 'team' ? enterprisePaths.team(shown.packageId) : null,
    draftHref: canAnswer && shown.draftedAt ? answerHref : null,
    askHref: canAnswer && shown.fitsNow ? enterprisePaths.question(shown.packageId) : null,
    gates,
    terms,
    deadlineChange: facts.deadlineChanges.at(-1) ?? null,
    history: packageHistory(facts),
    reconfirm:
      canAnswer && shown.fitsNow && answer?.isOutdated ? toReconfirm(shown.packageId, answer, facts) : null,
    clauseLabel,
    basisHref: basis === null ? null : lawPaths.basis(basis),
    listHref: enterprisePaths.opportunities(),
    canAnswer,
    choices: canAnswer
      ? ANSWER_KINDS.filter((kind) => shown.fitsNow || (kind === 'no' && shown.given !== 'no')).map(
          (kind) => ({
            kind,
            href: `${answerHref}?kind=${kind}`,
          }),
        )
      : [],
    lines: lines.slice(0, LINES_SHOWN),
    moreLines: Math.max(0, lines.length - LINES_SHOWN),
  };
}

function toReconfirm(
  packageId: string,
  { answeredAt }: Answer,
  { amendments, version }: OpportunityFacts,
): OpportunityPage['reconfirm'] {
  const since = amendments.filter(({ amendedAt }) => amendedAt > answeredAt);
  const answerHref = enterprisePaths.answer(packageId);
  return {
    by: since.at(-1)?.reconfirmBy ?? null,
    differences: since.flatMap(({ differences }) => differences),
    seen: version,
    href: enterprisePaths.confirmation(packageId),
    changeHref: answerHref,
    takeBackHref: `${answerHref}?kind=no`,
  };
}

function decisionShown(packageId: string, decision: Decision | null, now: Date): OpportunityPage['decision'] {
  if (!decision || decision.state === null) return null;
  const { reason, message, confirmBy } = decision;
  const state = standingState(decision.state, confirmBy, now);
  const awardHref = state === 'awarded' ? enterprisePaths.award(packageId) : null;
  return { state, reason, message, confirmBy, awardHref };
}

export interface AnswerPage {
  readonly title: string;
  readonly contractor: string;
  readonly deadline: Date | null;
  readonly href: string;
  readonly backHref: string;
  readonly kind: AnswerKind;
  readonly kinds: readonly AnswerKind[];
  readonly reasons: readonly string[];
  readonly questions: readonly string[];
  readonly asksPrice: boolean;
  /** Lines that can be named as a part; empty where there are too many to tick. */
  readonly lines: readonly StoredBillLine[];
  readonly documentLanguage: OpportunityShown['documentLanguage'];
  /** What stood before, to be changed. */
  readonly standing: Answer | null;
  /** What it said to another package last, once it is taken over. */
  readonly words: Pick<Answer, 'message' | 'conditions'> | null;
  /** Takes that over; null where there is nothing, or where it is taken over. */
  readonly wordsHref: string | null;
  /** What was begun and kept, by anybody of the enterprise; null without a draft. */
  readonly draft: AnswerDraft | null;
  /** What is brought already, sent or not. */
  readonly files: readonly (FileShown & { readonly id: string })[];
  readonly filesMax: number;
  readonly fileLimit: string;
  /** What the form was made for: whoever was faster is not overwritten unseen. */
  readonly packageVersion: number;
}

/** @param asked the answer a link in a mail or on the page stands for; a nonsensical one counts as `full` */
export function answerPage(
  about: Pick<
    OpportunityShown,
    'packageId' | 'title' | 'contractor' | 'deadline' | 'questions' | 'asksPrice' | 'documentLanguage'
  >,
  {
    standing,
    lines,
    packageVersion,
    words,
    files,
    draft,
  }: Pick<AnswerPage, 'standing' | 'lines' | 'packageVersion' | 'words' | 'draft'> & {
    readonly files: readonly AttachedFile[];
  },
  asked: { readonly kind: unknown; readonly takesWords: boolean },
): AnswerPage {
  const kind = ANSWER_KINDS.find((known) => known === asked.kind) ?? standing?.kind ?? 'full';
  const href = enterprisePaths.answer(about.packageId);
  return {
    title: about.title,
    contractor: about.contractor,
    deadline: about.deadline,
    href,
    backHref: enterprisePaths.opportunity(about.packageId),
    kind,
    kinds: ANSWER_KINDS,
    reasons: REFUSAL_REASONS,
    questions: about.questions,
    asksPrice: about.asksPrice,
    lines: lines.length <= LINES_SHOWN ? lines : [],
    documentLanguage: about.documentLanguage,
    standing,
    words: asked.takesWords ? words : null,
    wordsHref: words && !asked.takesWords ? `${href}?kind=${kind}&words=last` : null,
    files: files.map((file) => ({ id: file.id, ...fileShown(about.packageId, file) })),
    draft,
    filesMax: ANSWER_FILES_MAX,
    fileLimit: FILE_LIMIT,
    packageVersion,
  };
}

function fileShown(packageId: string, { id, name, scanned }: AttachedFile): FileShown {
  return { name, scanned, href: enterprisePaths.attachment(packageId, id) };
}
