import type { Problem } from '../../kernel/index.js';

/** What the documents of a contract ask of whoever takes a package. Null: nobody has said. */
export interface PackageTerms {
  /** Category (`D`) or sub-category (`D13`) of contractor approval. */
  readonly approval: string | null;
  /** Lowest class of that approval, 1 to 8; null lets it follow from the value. */
  readonly approvalClass: number | null;
  /** How asbestos is removed, by the names of the law. */
  readonly asbestosTechnique: string | null;
  /** Days within which an invoice is paid. */
  readonly paymentDays: number | null;
  /** 1 for who contracts with the main contractor, 2 for the subcontractor of one ... */
  readonly chainLevel: number | null;
}

export const NO_TERMS: PackageTerms = {
  approval: null,
  approvalClass: null,
  asbestosTechnique: null,
  paymentDays: null,
  chainLevel: null,
};
export type TermName = keyof PackageTerms;

/** Names that the law of the day knows. */
export interface TermsKnown {
  readonly categories: readonly string[];
  readonly classes: readonly number[];
  readonly techniques: readonly string[];
}

const LONGEST_PAYMENT_DAYS = 365;
const DEEPEST_CHAIN = 9;

/**
 * Reads what somebody states of a package. A field that is left out keeps what was said before; an empty one or null says
 * that it is not known any more.
 * @returns all terms, or what is wrong with each field and what is allowed
 */
export function checkTerms(
  given: Readonly<Record<string, unknown>>,
  before: PackageTerms,
  known: TermsKnown,
): PackageTerms | Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: string, name: TermName, expected: string): null => {
    const found = wordOf(given[name]).slice(0, 200);
    const place = { pointer: `/${name}` };
    problems.push({ code: `terms.${code}`, severity: 'error', place, found, expected });
    return null;
  };
  const read = <Name extends TermName>(name: Name, of: (word: string) => PackageTerms[Name]) => {
    if (given[name] === undefined) return before[name];
    const word = wordOf(given[name]);
    return word === '' ? null : of(word);
  };
  const whole = (name: TermName, code: string, lowest: number, highest: number) => (word: string) =>
    /^\d{1,3}$/.test(word) && Number(word) >= lowest && Number(word) <= highest
      ? Number(word)
      : refuse(code, name, `${lowest} - ${highest}`);
  const terms: PackageTerms = {
    approval: read('approval', (word) => {
      const name = word.toUpperCase().replace(/[\s.]/g, '');
      const isKnown = /^[A-Z]\d{0,2}$/.test(name) && known.categories.includes(name[0]!);
      return isKnown ? name : refuse('approval.unknown', 'approval', known.categories.join(', '));
    }),
    approvalClass: read('approvalClass', (word) =>
      known.classes.map(String).includes(word)
        ? Number(word)
        : refuse('class.unknown', 'approvalClass', known.classes.join(', ')),
    ),
    asbestosTechnique: read('asbestosTechnique', (word) =>
      known.techniques.includes(word)
        ? word
        : refuse('technique.unknown', 'asbestosTechnique', known.techniques.join(', ')),
    ),
    paymentDays: read('paymentDays', whole('paymentDays', 'days.unreadable', 1, LONGEST_PAYMENT_DAYS)),
    chainLevel: read('chainLevel', whole('chainLevel', 'level.unreadable', 1, DEEPEST_CHAIN)),
  };
  if (problems.length === 0 && terms.approvalClass !== null && terms.approval === null)
    refuse('class.of-nothing', 'approvalClass', 'approval');
  return problems.length > 0 ? problems : terms;
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
