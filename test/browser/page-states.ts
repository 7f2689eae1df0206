import type { Language } from '../../src/kernel/index.js';
import type { FieldProblem } from '../../src/web/shared/render/page-context.js';
import { renderSample, SAMPLES, type Sample } from './sample-pages.js';
import { stretched } from './stretched.js';

/** Why a page is never empty. */
const NEVER_EMPTY = {
  form: 'it opens with nothing entered',
  one: 'it shows one thing, which is there, or is answered with "not found"',
  ours: 'its words and rules come with the service',
  viewer: 'whoever looks is on it',
} as const;
type NeverEmpty = keyof typeof NEVER_EMPTY;

export const EMPTY = 'has-an-empty-state';

/** Each page of the router: its template, and whether there may be nothing on it. */
export const PAGES_OF_ROUTES: Readonly<
  Record<string, readonly [template: string, NeverEmpty | typeof EMPTY]>
> = {
  'GET /': ['public/views/home.njk', 'ours'],
  'GET /help': ['public/views/help.njk', 'ours'],
  'GET /law': ['law/views/law.njk', 'ours'],
  'GET /law/:key': ['law/views/basis.njk', 'one'],
  'GET /accessibility': ['public/views/accessibility.njk', 'ours'],
  'GET /ranking': ['public/views/ranking.njk', 'ours'],
  'GET /tenders': ['public/views/tenders.njk', EMPTY],
  'GET /tenders/:id': ['public/views/tender.njk', 'one'],
  'GET /privacy': ['public/views/privacy.njk', 'ours'],
  'GET /status': ['public/views/status.njk', 'ours'],
  'GET /try': ['contractor/views/try.njk', 'form'],
  'GET /try/:token': ['contractor/views/trial.njk', 'one'],
  'GET /try/:token/packages': ['contractor/views/trial-packages.njk', EMPTY],
  'GET /sign-in': ['account/views/sign-in.njk', 'form'],
  'GET /invitation/:token': ['account/views/invitation.njk', 'one'],
  'GET /register': ['account/views/registration-ask.njk', 'form'],
  'GET /register/:token': ['account/views/registration-confirm.njk', 'one'],
  'GET /password': ['account/views/password-ask.njk', 'form'],
  'GET /password/:token': ['account/views/password-choose.njk', 'one'],
  'GET /account': ['account/views/account.njk', 'viewer'],
  'GET /account/password': ['account/views/password-change.njk', 'form'],
  'GET /account/mails': ['account/views/mails.njk', EMPTY],
  'GET /account/members': ['account/views/members.njk', 'viewer'],
  'GET /account/tokens': ['account/views/tokens.njk', EMPTY],
  'GET /account/data': ['account/views/personal-data.njk', 'viewer'],
  'GET /account/erasure': ['account/views/erasure.njk', 'form'],
  'GET /news': ['news/views/news.njk', EMPTY],
  'GET /mail/stop/:token': ['news/views/stop.njk', 'one'],
  'GET /contractor/tenders': ['contractor/views/tenders.njk', EMPTY],
  'GET /contractor/tenders/new': ['contractor/views/bring.njk', 'form'],
  'GET /contractor/tenders/new/description/:id': ['contractor/views/description.njk', 'form'],
  'GET /contractor/readings/:id': ['contractor/views/reading.njk', 'one'],
  'GET /contractor/layouts': ['contractor/views/layouts.njk', EMPTY],
  'GET /contractor/tag-rules': ['contractor/views/tag-rules.njk', EMPTY],
  'GET /contractor/tenders/:id/packages/:packageId/rule': ['contractor/views/teach.njk', 'form'],
  'GET /contractor/tenders/:id': ['contractor/views/tender.njk', EMPTY],
  'GET /contractor/tenders/:id/packages/:packageId': ['contractor/views/package.njk', 'one'],
  'GET /contractor/tenders/:id/packages/:packageId/what-if': ['contractor/views/what-if.njk', 'form'],
  'GET /contractor/tenders/:id/packages/:packageId/team': ['contractor/views/team-call.njk', EMPTY],
  'GET /contractor/tenders/:id/packages/:packageId/terms': ['contractor/views/terms.njk', 'form'],
  'GET /contractor/tenders/:id/packages/:packageId/lines': ['contractor/views/lines.njk', EMPTY],
  'GET /contractor/tenders/:id/corrections': ['contractor/views/correction-bring.njk', 'form'],
  'GET /contractor/tenders/:id/corrections/:readingId': ['contractor/views/correction.njk', EMPTY],
  'GET /contractor/tenders/:id/history': ['contractor/views/history.njk', EMPTY],
  'GET /contractor/tenders/:id/buyer/:question': ['contractor/views/buyer.njk', 'form'],
  'GET /contractor/tenders/:id/buyer/check': ['contractor/views/buyer-check.njk', 'one'],
  'GET /contractor/tenders/:id/clauses': ['contractor/views/clauses.njk', EMPTY],
  'GET /contractor/tenders/:id/publish': ['contractor/views/publish.njk', EMPTY],
  'GET /contractor/tenders/:id/publish/mail': ['contractor/views/mail-preview.njk', EMPTY],
  'GET /contractor/tenders/:id/withdraw': ['contractor/views/withdraw.njk', 'form'],
  'GET /contractor/tenders/:id/additions': ['contractor/views/additions.njk', EMPTY],
  'GET /contractor/tenders/:id/extension': ['contractor/views/extension.njk', 'form'],
  'GET /contractor/tenders/:id/packages/:packageId/withdrawal': [
    'contractor/views/package-withdrawal.njk',
    'form',
  ],
  'GET /contractor/tenders/:id/files': ['contractor/views/files.njk', EMPTY],
  'GET /contractor/tenders/:id/board': ['contractor/views/board.njk', EMPTY],
  'GET /contractor/tenders/:id/packages/:packageId/answers': ['contractor/views/answers.njk', EMPTY],
  'GET /contractor/tenders/:id/answers/:answerId/decision': ['contractor/views/decision.njk', 'one'],
  'GET /contractor/tenders/:id/questions/:questionId': ['contractor/views/reply.njk', 'one'],
  'GET /contractor/tenders/:id/packages/:packageId/clause': ['contractor/views/why.njk', EMPTY],
  'GET /contractor/tenders/:id/packages/:packageId/matches/:enterpriseId': [
    'contractor/views/match.njk',
    'one',
  ],
  'GET /contractor/obligations': ['contractor/views/obligations.njk', EMPTY],
  'GET /contractor/obligations/new': ['contractor/views/debt.njk', 'form'],
  'GET /contractor/obligations/:id': ['contractor/views/obligation.njk', EMPTY],
  'GET /contractor/obligations/:id/debt': ['contractor/views/debt.njk', 'form'],
  'GET /contractor/obligations/:id/entries/:stage': ['contractor/views/entry.njk', 'form'],
  'GET /contractor/obligations/:id/ended/:entryId': ['contractor/views/entry-end.njk', 'one'],
  'GET /contractor/obligations/:id/attempts': ['contractor/views/attempts.njk', EMPTY],
  'GET /contractor/obligations/:id/attempts/new': ['contractor/views/attempt.njk', 'form'],
  'GET /enterprise/opportunities': ['enterprise/views/opportunities.njk', EMPTY],
  'GET /enterprise/opportunities/:packageId': ['enterprise/views/opportunity.njk', 'one'],
  'GET /enterprise/opportunities/:packageId/answer': ['enterprise/views/answer.njk', 'form'],
  'GET /enterprise/opportunities/:packageId/team': ['enterprise/views/team.njk', EMPTY],
  'GET /enterprise/teams/:placeId': ['enterprise/views/team-request.njk', 'one'],
  'GET /enterprise/opportunities/:packageId/question': ['enterprise/views/ask.njk', 'form'],
  'GET /enterprise/opportunities/:packageId/award': ['enterprise/views/award.njk', 'one'],
  'GET /enterprise/performances': ['enterprise/views/performances.njk', EMPTY],
  'GET /enterprise/performances/:id': ['enterprise/views/performance.njk', 'one'],
  'GET /enterprise/profile': ['enterprise/views/profile.njk', EMPTY],
  'GET /enterprise/profile/about': ['enterprise/views/profile-about.njk', 'form'],
  'GET /enterprise/profile/activities/new': ['enterprise/views/activity.njk', 'form'],
  'GET /enterprise/profile/activities/:index': ['enterprise/views/activity.njk', 'form'],
  'GET /enterprise/profile/approvals/new': ['enterprise/views/approval.njk', 'form'],
  'GET /enterprise/what-if': ['enterprise/views/what-if.njk', 'form'],
  'GET /working-group': ['working-group/views/figures.njk', EMPTY],
  'GET /working-group/packages': ['working-group/views/packages.njk', EMPTY],
  'GET /working-group/losses': ['working-group/views/losses.njk', EMPTY],
  'GET /working-group/governance': ['working-group/views/governance.njk', EMPTY],
  'GET /working-group/losses/packages': ['working-group/views/lost.njk', EMPTY],
  'GET /administrator/rules': ['law/views/rules.njk', EMPTY],
  'GET /administrator/rules/:set/:key': ['law/views/rule.njk', 'one'],
  'GET /administrator/proposals': ['law/views/proposals.njk', EMPTY],
  'GET /administrator/proposals/:id': ['law/views/proposal.njk', 'one'],
  'GET /administrator/approvals': ['administrator/views/approvals.njk', EMPTY],
  'GET /administrator/tag-rules': ['administrator/views/tag-rules.njk', EMPTY],
  'GET /administrator/outbox': ['administrator/views/outbox.njk', EMPTY],
  'GET /administrator/outbox/:id': ['administrator/views/mail.njk', 'one'],
};

/** What else is got: a file, the mail in its frame, or the next step of something. */
export const NO_PAGES: readonly string[] = [
  'GET /account/data/file',
  'GET /tenders.atom',
  'GET /feeds/:token/news.atom',
  'GET /feeds/:token/calendar.ics',
  'GET /enterprise/profile/documents/:id',
  'GET /enterprise/opportunities/:packageId/attachments/:attachmentId',
  'GET /contractor/tenders/:id/answers/:answerId/attachments/:attachmentId',
  'GET /contractor/tenders/:id/files/:fileId',
  'GET /enterprise/opportunities/:packageId/files/:fileId',
  'GET /administrator/approvals/documents/:id',
  'GET /administrator/outbox/:id/html',
  'GET /working-group/exports/:file',
  'GET /contractor/tenders/new/description',
  'GET /contractor/tenders/:id/buyer',
  'GET /contractor/tenders/:id/review',
];

/** Pages on which everything that can be sent is right: a list to tick, a text that may be left out, a choice that stands. */
export const NEVER_WRONG: readonly string[] = [
  'administrator/views/approvals.njk',
  'contractor/views/reading.njk',
];

const wrong = (of: string, ...problems: readonly FieldProblem[]): Sample => {
  const sample = SAMPLES.find(({ path }) => path === of)!;
  return { ...sample, path: `${of}-problem`, context: { ...sample.context, problems } };
};

/** What comes back with a problem, of pages whose samples have none. */
const WRONG: readonly Sample[] = [
  wrong('/sign-in', { field: 'email', key: 'signIn.email.invalid' }),
  wrong('/register-confirm', { field: 'password', key: 'refusal.password-too-short' }),
  wrong('/password-choose', { field: 'password', key: 'refusal.password-too-short' }),
  wrong(
    '/mails',
    { field: 'weekly', key: 'mails.weekly.problem', params: { max: 50 } },
    { field: 'chosen', key: 'mails.colleagues.problem' },
  ),
  wrong('/clauses', { field: 'clause', key: 'clauses.problem.choose' }),
  wrong(
    '/publish',
    { field: 'deadlineDay', key: 'publish.problem.past' },
    { field: 'deadlineTime', key: 'publish.problem.time' },
  ),
  wrong('/withdraw', { field: 'reason', key: 'withdraw.problem.reason' }),
  wrong('/package-withdrawal', { field: 'reason', key: 'problem.withdrawal.reason.missing' }),
  wrong(
    '/attempt',
    { field: 'contacted', key: 'problem.obligation.missing.contacted' },
    { field: 'outcome', key: 'problem.obligation.missing.outcome' },
  ),
  wrong('/entry-end', { field: 'reason', key: 'problem.obligation.missing.reason' }),
  wrong('/award', { field: 'act', key: 'problem.decision.act.unknown' }),
];

export const isWrong = ({ context }: Sample): boolean => (context?.problems?.length ?? 0) > 0;
export const isEmpty = ({ path }: Sample): boolean => path.endsWith('-empty');

/** Of a page that has samples with problems alone: as it opens. */
function opened(samples: readonly Sample[]): readonly Sample[] {
  return [...Map.groupBy(samples, ({ template }) => template).values()]
    .filter((same) => same.every((sample) => isWrong(sample) || isEmpty(sample)))
    .map(([first]) => {
      const { path, context, ...sample } = first!;
      const { problems: _, entries: __, ...rest } = context ?? {};
      return { ...sample, path: `${path}-opened`, context: rest };
    });
}

/** Of each page one with much more in it and longer words than anybody foresees. */
function long(samples: readonly Sample[]): readonly Sample[] {
  return [...Map.groupBy(samples, ({ template }) => template).values()].map((same) => {
    const { context: _, ...sample } = same.find((one) => !isWrong(one) && !isEmpty(one))!;
    return { ...sample, path: `${sample.path}${LONG}`, model: stretched(sample.model) };
  });
}

const LONG = '-stretched';
export const isLong = (path: string): boolean => path.endsWith(LONG);

const USUAL = [...SAMPLES, ...WRONG];
export const ALL_SAMPLES: readonly Sample[] = [
  ...USUAL,
  ...opened(USUAL),
  ...long([...USUAL, ...opened(USUAL)]),
];

/** @returns the pages by their address below a language: `/fr/tenders` */
export function samplePages(languages: readonly Language[]): Map<string, () => string> {
  return new Map(
    languages.flatMap((language) =>
      ALL_SAMPLES.map(
        (sample) => [`/${language}${sample.path}`, () => renderSample(sample, language)] as const,
      ),
    ),
  );
}
