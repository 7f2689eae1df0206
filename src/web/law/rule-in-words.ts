import { isDay, type Day, type Decimal } from '../../kernel/index.js';

/** A code that may break after its signs, where a narrow screen needs it. */
export function breakable(code: string): string {
  return code.replace(/[:_/]/g, '$&\u200b');
}

/** How a value of a rule is put into the reader's words. A code may have a sentence below `rules.value`. */
export type SaidAs =
  | { readonly as: 'message'; readonly key: string }
  | { readonly as: 'number'; readonly number: number }
  | { readonly as: 'share'; readonly share: number }
  | { readonly as: 'amount'; readonly amount: Decimal }
  | { readonly as: 'day'; readonly day: Day }
  | { readonly as: 'groups' | 'instruments'; readonly codes: readonly string[] }
  | { readonly as: 'kind' | 'trade' | 'code'; readonly code: string }
  /** Names in several languages. */
  | { readonly as: 'names'; readonly names: Readonly<Record<string, string>> }
  /** What the files say in English. */
  | { readonly as: 'english'; readonly text: string }
  | { readonly as: 'facts'; readonly facts: readonly RuleFact[] };

/** One thing that a rule says; its name is a key below `rules.field`. */
export interface RuleFact {
  readonly field: string;
  readonly said: readonly SaidAs[];
}

const ANSWERS: Readonly<Record<string, string>> = {
  Y: 'yes',
  N: 'no',
  C: 'condition',
  '-': 'beside',
  '?': 'unsettled',
};
const LIMITS: Readonly<Record<string, string>> = { none: 'none', 'below-eu-threshold': 'below' };
const OF_KINDS = new Set(['kind', 'successor', 'suggestion']);
const OF_TRADES = new Set(['cpv', 'codes']);
const IN_ENGLISH = new Set(['what', 'notes', 'formality', 'repeat_ban', 'derogations', 'target_groups']);
const OF_GROUPS = new Set(['groups', 'uncertain_groups']);
const IS_SHARE = /(^share_|_share$|_rate$|^penalty$)/;
const IS_AMOUNT = /(^amount$|^above$|^from$|_above$|_below$|^from_value$)/;

/** What a rule says, field by field, in the order of its file. How sure single fields are stands beside it. */
export function ruleInWords(body: Readonly<Record<string, unknown>>): RuleFact[] {
  return Object.entries(body)
    .filter(([field]) => field !== 'marks')
    .map(([field, value]) => ({ field, said: saidOf(field, value) }));
}

/** Fields that are less sure than the rule itself, each with how sure it is. */
export function lessSure(body: Readonly<Record<string, unknown>>): { field: string; sureness: string }[] {
  const marks = body['marks'];
  if (typeof marks !== 'object' || marks === null) return [];
  return Object.entries(marks).map(([field, sureness]) => ({ field, sureness: String(sureness) }));
}

function saidOf(field: string, value: unknown): SaidAs[] {
  if (OF_GROUPS.has(field) && Array.isArray(value)) return [{ as: 'groups', codes: value.map(String) }];
  if (field === 'instruments' && Array.isArray(value))
    return value.length === 0 ? [] : [{ as: 'instruments', codes: value.map(String) }];
  if (field === 'names') return [{ as: 'names', names: value as Record<string, string> }];
  if (Array.isArray(value)) return value.flatMap((one) => saidOf(field, one));
  if (value === null) return field === 'region' ? [{ as: 'message', key: 'rules.everywhere' }] : [];
  if (typeof value === 'object')
    return [{ as: 'facts', facts: ruleInWords(value as Record<string, unknown>) }];
  if (typeof value === 'boolean') return [{ as: 'message', key: `rules.value.${value ? 'yes' : 'no'}` }];
  return [saidOne(field, value as string | number)];
}

function saidOne(field: string, value: string | number): SaidAs {
  const text = String(value);
  if (field === 'answer' && ANSWERS[text]) return { as: 'message', key: `rules.value.${ANSWERS[text]}` };
  if (field === 'duty') return { as: 'message', key: `law.duty.${text}` };
  if (field === 'value_limit' && LIMITS[text]) return { as: 'message', key: `law.limit.${LIMITS[text]}` };
  if (IN_ENGLISH.has(field)) return { as: 'english', text };
  if (OF_KINDS.has(field)) return { as: 'kind', code: text };
  if (OF_TRADES.has(field)) return { as: 'trade', code: text };
  if (IS_SHARE.test(field)) return { as: 'share', share: Number(text) };
  if (IS_AMOUNT.test(field) && typeof value === 'number') return { as: 'amount', amount: text };
  if (typeof value === 'number') return { as: 'number', number: value };
  if (isDay(text)) return { as: 'day', day: text };
  return { as: 'code', code: text };
}
