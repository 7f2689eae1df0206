/** What an HTTP answer says about a refusal: its status; title and sentence come from the message catalogue. */
export interface ProblemKind {
  readonly status: number;
  /** Seconds after which it is worth trying again, when that is known beforehand. */
  readonly retryAfter?: number;
}

const kinds = (status: number, codes: readonly string[]): Record<string, ProblemKind> =>
  Object.fromEntries(codes.map((code) => [code, { status }]));

/**
 * The single table from the code of a `Refusal` to the status of its answer. Titles are the keys
 * `http.title.<status>`, sentences `refusal.<code>`. A test refuses a code that is thrown but not listed.
 */
export const PROBLEMS: Readonly<Record<string, ProblemKind>> = {
  ...kinds(400, ['request-unreadable']),
  ...kinds(401, ['sign-in-needed', 'session-ended', 'sign-in-failed', 'token-refused']),
  ...kinds(403, [
    'not-allowed',
    'request-from-elsewhere',
    'form-expired',
    'manager-needed',
    'second-person-needed',
    'scope-needed',
  ]),
  ...kinds(404, [
    'not-found',
    'invitation-unknown',
    'reset-unknown',
    'registration-unknown',
    'enterprise-not-found',
  ]),
  ...kinds(405, ['method-not-allowed']),
  ...kinds(409, [
    'request-in-flight',
    'request-outcome-unknown',
    'form-already-sent',
    'email-taken',
    'last-manager',
    'proposal-decided',
    'proposal-unfit',
    'profile-missing',
    'approval-verified-already',
    'enterprise-number-taken',
    'tender-not-draft',
    'tender-not-published',
    'answer-too-late',
    'no-longer-a-match',
    'package-withdrawn',
    'package-not-offered',
    'package-promised',
    'deadline-not-later',
    'team-act-not-possible',
    'team-called-already',
    'team-needs-answer',
    'team-not-complete',
    'team-proposal-gone',
    'partner-invited-already',
    'question-answered-already',
    'decision-not-possible',
    'package-awarded-already',
    'answer-awarded',
    'answer-outdated',
    'award-lapsed',
    'import-not-staged',
    'reading-not-asked',
    'clause-not-offered',
    'lines-moved-meanwhile',
    'nothing-to-undo',
    'main-contract-known',
    'package-serves-another',
    'answer-engaged-already',
    'performance-proven-already',
    'document-counted-already',
    'entry-leant-on',
    'tender-closed',
    'tag-rule-decided',
    'attachments-too-many',
    'shared-too-many',
  ]),
  ...kinds(412, ['version-changed']),
  ...kinds(413, ['request-too-large']),
  ...kinds(415, ['media-type-not-supported']),
  ...kinds(422, [
    'request-invalid',
    'key-used-for-another-request',
    'organisation-unknown',
    'partner-unknown',
    'cpv-unknown',
    'package-dates-reversed',
    'lines-not-chosen',
    'lots-differ',
    'split-takes-all',
    'layout-reads-nothing',
    'layout-without-header',
    'tag-rule-without-words',
    'tag-rule-says-nothing',
    'tag-rule-breaks',
    'layout-role-twice',
    'layout-without-label',
    'layout-without-measure',
    'file-missing',
    'file-infected',
    'document-unfit',
    'document-too-large',
    'password-too-short',
    'password-too-long',
    'password-too-common',
    'password-about-you',
    'password-wrong',
    'scope-not-yours',
    'token-too-long',
  ]),
  ...kinds(428, ['version-needed']),
  ...kinds(429, ['too-many-attempts', 'too-many-requests', 'trials-too-many']),
  ...kinds(500, ['unexpected']),
  'figures-being-counted': { status: 503, retryAfter: 60 },
  'trials-full': { status: 503, retryAfter: 300 },
  'too-busy': { status: 503, retryAfter: 2 },
  'scan-unavailable': { status: 503, retryAfter: 60 },
  'database-unavailable': { status: 503, retryAfter: 5 },
};

/** A refusal nobody listed still is one: the request was understood and refused. */
export const UNLISTED: ProblemKind = { status: 422 };

export function problemKind(code: string): ProblemKind {
  return PROBLEMS[code] ?? UNLISTED;
}
