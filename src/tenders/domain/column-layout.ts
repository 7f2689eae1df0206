/** What a column of a bill holds. */
export const COLUMN_ROLES = [
  'lot',
  'ref',
  'catalogue',
  'label',
  'unit',
  'nature',
  'option',
  'quantity',
  'otherQuantity',
  'bidderQuantity',
  'unitPrice',
  'total',
  'zone',
  'remark',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Which column plays which role, by position from 0, as a person said it of one header. */
export interface ColumnLayout {
  /** Of the words of the header: the same header is read the same way. */
  readonly fingerprint: string;
  readonly columns: Readonly<Partial<Record<ColumnRole, number>>>;
}

export type LayoutRefused = 'layout-role-twice' | 'layout-without-label' | 'layout-without-measure';

const LETTERS = /^[A-Z]{1,2}$/;

/**
 * The columns a person assigned, by letter. Two columns cannot play one role; without descriptions there are no
 * lines, without quantities, units or prices nothing is measured.
 */
export function columnsFrom(
  assigned: Readonly<Record<string, string>>,
): Pick<ColumnLayout, 'columns'> | { refused: LayoutRefused } {
  const columns: Partial<Record<ColumnRole, number>> = {};
  for (const [letters, wanted] of Object.entries(assigned)) {
    const role = COLUMN_ROLES.find((known) => known === wanted);
    if (role === undefined || !LETTERS.test(letters)) continue;
    if (columns[role] !== undefined) return { refused: 'layout-role-twice' };
    columns[role] = positionOf(letters);
  }
  if (columns.label === undefined) return { refused: 'layout-without-label' };
  const measures = [columns.quantity, columns.unit, columns.unitPrice, columns.total];
  if (measures.every((at) => at === undefined)) return { refused: 'layout-without-measure' };
  return { columns };
}

/** Position from 0 of `A`, `B` … `AA`. */
function positionOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
