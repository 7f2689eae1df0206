import type { Tx } from '../platform/db/index.js';
import { linesOf } from '../tenders/index.js';
import type { Asked } from './domain/index.js';
import type { Opportunity } from './opportunities.query.js';

/** What an answer to this package replies to, and which lines it can name. */
export async function askedBy(
  tx: Tx,
  { packageId, questions, asksPrice }: Pick<Opportunity, 'packageId' | 'questions' | 'asksPrice'>,
): Promise<Asked> {
  const lines = await linesOf(tx, packageId);
  return { questions, price: asksPrice, lines: new Set(lines.map(({ id }) => id)) };
}
