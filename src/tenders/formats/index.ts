import type { Problem } from '../../kernel/index.js';
import type { ColumnLayout, ParsedTender, RefusedTender } from '../domain/index.js';
import { detectFormat } from './detect.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS, type LimitId } from './limits.js';

export { placesIn } from './bill/gazetteer.js';
export { oneProcess } from './one-process.js';
export { LIMITS, limitInWords, type LimitId } from './limits.js';

/**
 * Reads one tender document of any supported format. The format is told by the content; a name that says otherwise
 * leaves a warning. No database, no network, no clock. Never throws.
 * @param name file name as given, only compared with the content
 * @param layouts headers of bills whose columns a person has told
 * @returns the tender, with problems by place; or why the document is refused (codes `file.*`, `json.*`, `bill.*`).
 * `file.reader.fault` is a fault of ours, not of the document.
 */
export async function parseTender(
  bytes: Uint8Array,
  name: string,
  layouts: readonly ColumnLayout[] = [],
): Promise<ParsedTender | RefusedTender> {
  try {
    if (bytes.length === 0) throw new FormatRefusal('file.empty', { found: '0', expected: '> 0' });
    if (bytes.length > LIMITS.upload.value) throw limitRefusal('upload', bytes.length);
    const { read, mismatch } = detectFormat(bytes, name, layouts);
    const tender = await read();
    return mismatch ? { ...tender, problems: [mismatch, ...tender.problems] } : tender;
  } catch (error) {
    if (error instanceof FormatRefusal) {
      const { problem: refused, firstRows } = error;
      return firstRows.length > 0 ? { refused, firstRows } : { refused };
    }
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { refused: new FormatRefusal('file.reader.fault', { found }).problem };
  }
}

/** The problem of a document over a limit. @param found the size met, when it is known */
export function limitRefusalOf(id: LimitId, found: number | null): Problem {
  return limitRefusal(id, found).problem;
}
