const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * What a document may ask of us. One table: the code enforces it, pages show it. A document over a limit is
 * refused with `file.limit.<id>`.
 */
export const LIMITS = Object.freeze({
  upload: { value: 20 * MIB, unit: 'bytes' },
  inflated: { value: 200 * MIB, unit: 'bytes' },
  entries: { value: 2_000, unit: 'entries' },
  sheets: { value: 60, unit: 'sheets' },
  rows: { value: 60_000, unit: 'rows' },
  columns: { value: 200, unit: 'columns' },
  cell: { value: 32_767, unit: 'characters' },
  'xml-depth': { value: 64, unit: 'levels' },
  'xml-nodes': { value: 500_000, unit: 'elements' },
  json: { value: 2 * MIB, unit: 'bytes' },
  'json-depth': { value: 32, unit: 'levels' },
  pages: { value: 500, unit: 'pages' },
  seconds: { value: 20, unit: 'seconds' },
  memory: { value: 512 * MIB, unit: 'bytes' },
  /** Documents read at the same time; the others wait. */
  parallel: { value: 2, unit: 'documents' },
} as const);

export type LimitId = keyof typeof LIMITS;

/** The limit as people read it: `20 MiB`, `60000`. */
export function limitInWords(id: LimitId): string {
  const { value, unit } = LIMITS[id];
  return unit === 'bytes' ? `${value / MIB} MiB` : String(value);
}

/** So many procedures of one file are listed for a person to choose from. */
export const MOST_PROCESSES = 200;
