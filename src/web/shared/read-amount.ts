import type { Decimal } from '../../kernel/index.js';

/** What was read, or that it can be read two ways: `1.234` is twelve hundred to some and a bit over one to others. */
export type AmountRead = { readonly amount: Decimal } | 'ambiguous' | 'unreadable';

/**
 * An amount as people write or paste it in our four languages: spaces of any kind, points or commas for thousands, at
 * most two decimals, with or without a euro sign. Never guessed.
 */
export function readAmount(text: string): AmountRead {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s'’_\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/^(€|EUR)|(€|EUR)$/gi, '');
  if (/^\d{1,12}$/.test(plain)) return { amount: plain };
  const grouped = /^(\d{1,3}(?:([.,])\d{3})+)(?:([.,])(\d{1,2}))?$/.exec(plain);
  if (grouped) {
    const [, whole = '', group = '', separator, decimals] = grouped;
    if (separator === group) return 'unreadable';
    // One group and nothing after it may as well be three decimals.
    if (decimals === undefined && whole.split(group).length === 2) return 'ambiguous';
    return { amount: whole.replaceAll(group, '') + (decimals === undefined ? '' : `.${decimals}`) };
  }
  const simple = /^(\d{1,12})[.,](\d{1,2})$/.exec(plain);
  return simple ? { amount: `${simple[1]}.${simple[2]}` } : 'unreadable';
}

/** Three decimals may be thousands, but for those below one; a fourth decimal says that they are none: `12,3450`. */
const FINE = /^(0[.,]\d{3}|\d{1,12}[.,]\d{4,6})$/;

/** A quantity: as an amount, with up to six decimals, and less than nothing where something is left out of the works. */
export function readQuantity(text: string): AmountRead {
  const [, sign = '', digits = ''] = /^\s*([-−–]?)\s*(.*?)\s*$/s.exec(text) ?? [];
  const read = FINE.test(digits) ? { amount: digits.replace(',', '.') } : readAmount(digits);
  return typeof read === 'string' || sign === '' ? read : { amount: `-${read.amount}` };
}
