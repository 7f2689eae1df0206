/** One criterion of a match as it is shown, the same on every page, in mails and over the API. */
export interface CriterionShown {
  readonly key: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly required: string | null;
  readonly actual: string | null;
  readonly evidence: string | null;
}

export type MatchVerdict = 'match' | 'partial' | 'near-miss';
