import { createHmac } from 'node:crypto';
import { daysOf } from './period.js';
import type { Territory, UptakePeriod } from '../../monitoring/index.js';

/**
 * Names the state of the data that figures were made from: the same question, asked of the same state, has the same
 * number; where anything that is counted changed, another one. What small cells hide is counted too: without the
 * secret nobody could find it by trying.
 * @param told what the figures of the question are made of; the order of lists says nothing
 * @param secret of the service
 */
export function snapshotOf(
  told: unknown,
  period: UptakePeriod,
  territory: Territory | null,
  today: string,
  secret: string,
): string {
  const { from, to } = daysOf(period);
  const question = { from, to, known: period.known ?? today, territory };
  const digest = createHmac('sha256', secret).update(`figures\n${orderless({ question, told })}`);
  // A letter first: no spreadsheet takes it for a number.
  return `M${digest.digest('hex').slice(0, 16)}`;
}

function orderless(value: unknown): string {
  if (value === null || typeof value !== 'object' || value instanceof Date)
    return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(orderless).sort().join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${orderless(member)}`,
  );
  return `{${members.sort().join(',')}}`;
}
