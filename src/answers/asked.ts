import type { Tx } from '../platform/db/index.js';
import { linesOf } from '../tenders/index.js';
import { attachmentsOf } from './attachment.repository.js';
import type { Asked } from './domain/index.js';
import type { Opportunity } from './opportunities.query.js';

/** What an answer of an enterprise to this package replies to, which lines it can name and which files it can bring. */
export async function askedBy(
  tx: Tx,
  organisationId: string,
  { packageId, questions, asksPrice }: Pick<Opportunity, 'packageId' | 'questions' | 'asksPrice'>,
): Promise<Asked> {
  const lines = await linesOf(tx, packageId);
  const files = await attachmentsOf(tx, packageId, organisationId);
  return {
    questions,
    price: asksPrice,
    lines: new Set(lines.map(({ id }) => id)),
    attachments: new Set(files.map(({ id }) => id)),
  };
}
