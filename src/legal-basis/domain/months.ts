import type { Day } from '../../kernel/index.js';

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** @returns the day that many months later, or the last one of a shorter month */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const total = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(total / 12), (total % 12) + 1];
  const leap = (newYear % 4 === 0 && newYear % 100 !== 0) || newYear % 400 === 0;
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][newMonth - 1]!;
  return `${padded(newYear, 4)}-${padded(newMonth, 2)}-${padded(Math.min(date, last), 2)}`;
}
