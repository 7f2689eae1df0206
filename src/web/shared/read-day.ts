import { isDay, type Day } from '../../kernel/index.js';

const WRITTEN = /^(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})$/;

/** A day as a date field sends it (`2026-04-03`) or as people write it here (`3/4/2026`, `03.04.2026`). */
export function readDay(text: unknown): Day | null {
  if (typeof text !== 'string') return null;
  const plain = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim();
  if (isDay(plain)) return plain;
  const [, date, month, year] = WRITTEN.exec(plain) ?? [];
  if (!date || !month || !year) return null;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** A time of day as a time field sends it or as people write it (`12:00`, `9h30`, `9.30`). @returns `HH:MM` */
export function readTime(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const [, hours, minutes = '00'] = /^(\d{1,2})\s*(?:[:h.]\s*(\d{2})?)?(?::\d{2})?$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
