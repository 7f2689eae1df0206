import type { MailWish, Rhythm } from '../../notifications/index.js';
import { isUuid } from '../../platform/http/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';

/** The most that `invitation_wish` takes. */
export const MOST_A_WEEK = 50;

/** As it was entered. */
export interface MailEntries {
  readonly lists: readonly string[];
  readonly rhythm: string;
  readonly weekly: string;
  readonly quietFrom: string;
  readonly quietUntil: string;
  /** The colleagues that the form offered, and those of them who hear. */
  readonly shown: readonly string[];
  readonly chosen: readonly string[];
}

export interface MailWishes {
  readonly wish: MailWish;
  readonly weekly: number;
}

type Body = Readonly<Record<string, unknown>> | null;

export function mailEntries(body: Body): MailEntries {
  const text = (name: string): string => (typeof body?.[name] === 'string' ? body[name].trim() : '');
  const texts = (name: string): string[] =>
    [body?.[name] ?? []].flat().filter((value): value is string => typeof value === 'string');
  return {
    lists: texts('lists'),
    rhythm: text('rhythm'),
    weekly: text('weekly'),
    quietFrom: text('quietFrom'),
    quietUntil: text('quietUntil'),
    shown: texts('shown').filter(isUuid),
    chosen: texts('chosen').filter(isUuid),
  };
}

/**
 * What was entered, read; or what is wrong with it, by field.
 * @param isEnterprise whether offers are asked about
 * @param rhythms those to choose from, the usual one first
 */
export function readMailEntries(
  entries: MailEntries,
  isEnterprise: boolean,
  rhythms: readonly Rhythm[],
): { readonly wishes: MailWishes; readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  if (isEnterprise && !(/^\d{1,2}$/.test(entries.weekly) && Number(entries.weekly) <= MOST_A_WEEK))
    problems.push({ field: 'weekly', key: 'mails.weekly.problem', params: { max: MOST_A_WEEK } });
  if (entries.shown.length > 0 && entries.chosen.length === 0)
    problems.push({ field: 'chosen', key: 'mails.colleagues.problem' });
  const [from, until] = [timeOf(entries.quietFrom), timeOf(entries.quietUntil)];
  if (from === null) problems.push({ field: 'quietFrom', key: 'mails.quiet.problem' });
  if (until === null) problems.push({ field: 'quietUntil', key: 'mails.quiet.problem' });
  if (from !== null && until !== null && (from === '') !== (until === ''))
    problems.push({ field: from === '' ? 'quietFrom' : 'quietUntil', key: 'mails.quiet.half' });
  if (from !== null && from !== '' && from === until)
    problems.push({ field: 'quietUntil', key: 'mails.quiet.same' });
  const rhythm = rhythms.find((one) => one === entries.rhythm) ?? rhythms[0]!;
  const quiet = from && until ? { from, until } : null;
  return { wishes: { wish: { rhythm, quiet }, weekly: Number(entries.weekly) }, problems };
}

/** A time as people write it (`7:30`, `7h30`, `22`), as `HH:MM`; empty stays empty; null: no time. */
function timeOf(entered: string): string | null {
  if (entered === '') return '';
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:\s*[:.hH]\s*(\d{2})?(?::00)?)?$/.exec(entered) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
