import type { Place, Problem } from '../../kernel/index.js';
import type { FirstRows } from '../domain/index.js';
import { LIMITS, limitInWords, type LimitId } from './limits.js';

interface RefusalDetails {
  readonly place?: Place | null;
  readonly found?: string | null;
  readonly expected?: string | null;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly firstRows?: readonly FirstRows[];
}

const WHOLE_FILE: Place = { line: 1 };
const FOUND_LENGTH = 200;

/** Ends the reading of a document from any depth; the front door turns it into `{ refused }`. */
export class FormatRefusal extends Error {
  readonly problem: Problem;
  readonly firstRows: readonly FirstRows[];

  constructor(code: string, { place, found, expected, params, firstRows = [] }: RefusalDetails = {}) {
    super(code);
    this.name = 'FormatRefusal';
    this.firstRows = firstRows;
    this.problem = {
      code,
      severity: 'error',
      place: place ?? WHOLE_FILE,
      found: found === undefined || found === null ? null : found.slice(0, FOUND_LENGTH),
      expected: expected ?? null,
      ...(params ? { params } : {}),
    };
  }
}

/** @param found the size met, in the unit of the limit */
export function limitRefusal(id: LimitId, found: number | null, place?: Place): FormatRefusal {
  return new FormatRefusal(`file.limit.${id}`, {
    place: place ?? null,
    found: found === null ? null : String(found),
    expected: String(LIMITS[id].value),
    params: { limit: limitInWords(id) },
  });
}
