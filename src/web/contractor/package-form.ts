import type { PackageReview } from '../../pipeline/index.js';
import type { PlaceableLabel } from '../../tagging/index.js';
import { readAmount } from '../shared/read-amount.js';
import { readDay } from '../shared/read-day.js';
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

  const typed = askedWords(body) === '' ? text(body['trade']).replace(/\s/g, '').replace(/-\d$/, '') : '';
  if (typed !== '' && !hasTrade(typed)) {
    problems.push({ field: 'trade', key: 'package.problem.trade', params: { found: typed } });
  }
  const trades = [...new Set([...[body['trades'] ?? []].flat().filter(isText), ...(typed ? [typed] : [])])];
  const isOffered = body['offer'] === 'yes';
  if (isOffered && trades.length === 0) problems.push({ field: 'trade', key: 'package.problem.trades' });
  const facts = readFacts(body, problems);
  if (problems.length > 0 || !placeable) return { problems };

  const postalCode = text(body['postalCode']);
  return {
    review: {
      version: Number(body['version']) || 0,
      decision: { trades, placeable },
      correction: { offered: isOffered, ...facts },
      place: postalCode === '' ? null : { postalCode, country: 'BE' },
    },
  };
}

/** Plain words in the field of a trade ask for codes; a code is taken as it is. */
export function askedWords(body: Readonly<Record<string, unknown>>): string {
  const typed = text(body['trade']);
  return body['search'] === 'yes' || /\p{L}/u.test(typed) ? typed : '';
}

const VALUE_PROBLEM = {
  ambiguous: 'package.problem.value-ambiguous',
  unreadable: 'package.problem.value-unreadable',
} as const;

type Facts = Pick<PackageReview['correction'], 'value' | 'currency' | 'startsOn' | 'endsOn'>;

/** Value and dates. A field that is left out says nothing; an empty one says that it is not known. */
function readFacts(body: Readonly<Record<string, unknown>>, problems: FieldProblem[]): Facts {
  const day = (field: 'startsOn' | 'endsOn'): Facts => {
    if (!isText(body[field])) return {};
    const found = text(body[field]);
    const read = found === '' ? null : readDay(found);
    if (found !== '' && read === null)
      problems.push({ field, key: 'package.problem.day', params: { found } });
    return { [field]: read };
  };
  const facts = { ...readValue(body['value'], problems), ...day('startsOn'), ...day('endsOn') };
  if (facts.startsOn && facts.endsOn && facts.endsOn < facts.startsOn) {
    problems.push({ field: 'endsOn', key: 'package.problem.dates' });
  }
  return facts;
}

function readValue(value: unknown, problems: FieldProblem[]): Facts {
  if (!isText(value)) return {};
  const found = text(value);
  if (found === '') return { value: null, currency: null };
  const read = readAmount(found);
  if (typeof read === 'object') return { value: read.amount, currency: 'EUR' };
  problems.push({ field: 'value', key: VALUE_PROBLEM[read], params: { found } });
  return {};
}

function text(value: unknown): string {
  return isText(value) ? value.trim() : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
