import { multiplyDecimals, type Decimal } from '../../kernel/index.js';
import { readAmount } from '../shared/read-amount.js';
import { readDay } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';

type Entries = Readonly<Record<string, unknown>>;

const NUMBERS = ['hours', 'offer', 'quantity'];
const DAYS = ['noticeDate', 'onDay', 'triedOn'];

/** What a form of the ledger says, with numbers and days as the domain reads them; what cannot be read stays as it is. */
export function readLedgerForm(body: Entries): Entries {
  const { sharePercent, ...fields } = body;
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, readField(name, value)])),
    share: readShare(sharePercent),
  };
}

function readField(name: string, value: unknown): unknown {
  if (DAYS.includes(name)) return readDay(value) ?? value;
  return NUMBERS.includes(name) ? readNumber(value) : value;
}

function readNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const read = readAmount(value);
  return typeof read === 'object' ? read.amount : value;
}

/** A percentage (`5`, `5,5`, `5.25 %`) as a fraction. Nobody writes thousands of per cent: a comma or a point is a decimal. */
function readShare(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const [, whole, part = '0'] = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(value.replace(/[\s%]/g, '')) ?? [];
  return whole === undefined ? value : multiplyDecimals(`${whole}.${part}`, '0.01');
}

/** A fraction as the percentage a form shows: `0.055` is `5.5`. */
export function shareInForm(share: Decimal): string {
  const [whole = '', part = ''] = multiplyDecimals(share, '100').split('.');
  const decimals = part.replace(/0+$/, '');
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** Where a refusal of the ledger is said. */
const FIELD_OF_REFUSAL: Readonly<Record<string, string>> = {
  'main-contract-known': 'mainContract',
  'package-serves-another': 'packageId',
  'answer-engaged-already': 'answerId',
  'performance-proven-already': 'parentId',
  'document-counted-already': 'document',
  'entry-leant-on': 'reason',
};

/** The field a refusal is about, or null when the form cannot mend it. */
export function problemOfRefusal(code: string): FieldProblem | null {
  const field = FIELD_OF_REFUSAL[code];
  return field === undefined ? null : { field, key: `refusal.${code}` };
}
