import type { PackageReview } from '../../pipeline/index.js';
import type { PlaceableLabel } from '../../tagging/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';

const LABELS: readonly PlaceableLabel[] = ['yes', 'part', 'no'];

/** What the form of a package says, or what is wrong with it. */
export type PackageForm = { readonly review: PackageReview } | { readonly problems: readonly FieldProblem[] };

/**
 * Reads the form of a package as a browser sends it: one ticked trade is a text, several are a list.
 * @param hasTrade whether a code is in the vocabulary
 */
export function readPackageForm(
  body: Readonly<Record<string, unknown>>,
  hasTrade: (code: string) => boolean,
): PackageForm {
  const problems: FieldProblem[] = [];
  const placeable = LABELS.find((label) => label === body['placeable']);
  if (!placeable) problems.push({ field: 'placeable', key: 'package.problem.placeable' });

  const typed = text(body['trade']).replace(/\s/g, '').replace(/-\d$/, '');
  if (typed !== '' && !hasTrade(typed)) {
    problems.push({ field: 'trade', key: 'package.problem.trade', params: { found: typed } });
  }
  const trades = [...new Set([...[body['trades'] ?? []].flat().filter(isText), ...(typed ? [typed] : [])])];
  const isOffered = body['offer'] === 'yes';
  if (isOffered && trades.length === 0) problems.push({ field: 'trade', key: 'package.problem.trades' });
  if (problems.length > 0 || !placeable) return { problems };

  const postalCode = text(body['postalCode']);
  return {
    review: {
      version: Number(body['version']) || 0,
      decision: { trades, placeable },
      correction: { offered: isOffered },
      place: postalCode === '' ? null : { postalCode, country: 'BE' },
    },
  };
}

function text(value: unknown): string {
  return isText(value) ? value.trim() : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
