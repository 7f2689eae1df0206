import { ANSWER_KINDS, REFUSAL_REASONS, type Answer, type AnswerKind } from '../../answers/index.js';
import type { Day, Language } from '../../kernel/index.js';
import type { StoredBillLine } from '../../tenders/index.js';
import type { Opportunity } from './opportunities.page.js';
import { enterprisePaths } from './paths.js';

const LINES_SHOWN = 200;

/** All that an enterprise may know of a package before it answers. */
export interface OpportunityDetail extends Opportunity {
  readonly description: string | null;
  readonly hours: { readonly min: string; readonly max: string } | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly postalCode: string | null;
  readonly clauseLabel: string | null;
  readonly documentLanguage: Language | null;
  readonly lines: readonly StoredBillLine[];
}

export interface OpportunityPage extends Omit<OpportunityDetail, 'answer'> {
  readonly listHref: string;
  readonly isOpen: boolean;
  /** What can be answered, each leading to a page with one button. */
  readonly choices: readonly { readonly kind: AnswerKind; readonly href: string }[];
  readonly answer: Answer | null;
  readonly moreLines: number;
}

export function opportunityPage(
  detail: OpportunityDetail,
  answer: Answer | null,
  now: Date,
): OpportunityPage {
  const isOpen = detail.status === 'published' && (detail.deadline === null || detail.deadline > now);
  return {
    ...detail,
    answer,
    listHref: enterprisePaths.opportunities(),
    isOpen,
    choices: isOpen
      ? ANSWER_KINDS.map((kind) => ({
          kind,
          href: `${enterprisePaths.answer(detail.packageId)}?kind=${kind}`,
        }))
      : [],
    lines: detail.lines.slice(0, LINES_SHOWN),
    moreLines: Math.max(0, detail.lines.length - LINES_SHOWN),
  };
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
  /** What stood before, to be changed. */
  readonly standing: Pick<Answer, 'kind' | 'reason' | 'part' | 'message'> | null;
}

/** @param asked the answer a link in a mail or on the page stands for; a nonsensical one counts as `full` */
export function answerPage(
  detail: Pick<OpportunityDetail, 'packageId' | 'title' | 'contractor' | 'deadline'>,
  standing: Answer | null,
  asked: unknown,
): AnswerPage {
  return {
    title: detail.title,
    contractor: detail.contractor,
    deadline: detail.deadline,
    href: enterprisePaths.answer(detail.packageId),
    backHref: enterprisePaths.opportunity(detail.packageId),
    kind: ANSWER_KINDS.find((kind) => kind === asked) ?? standing?.kind ?? 'full',
    kinds: ANSWER_KINDS,
    reasons: REFUSAL_REASONS,
    standing,
  };
}
