/**
 * SQL for `recorded`, the column that says since when and until when a row was held for true. Two acts fall on one
 * millisecond, or on machines whose clocks differ; a row that ended before it began would be lost, or refused.
 */

/** The range of a row that ends at an instant, and not before a millisecond after it began. */
export const endedAt = (at: string): string =>
  `tstzrange(lower(recorded), greatest(${at}::timestamptz, lower(recorded) + interval '1 millisecond'))`;

/**
 * The range of a new row that begins at an instant, and not before what was held of the same thing has ended.
 * @param same which rows of the table were about the same thing
 */
export const beginningAt = (at: string, table: string, same: string): string =>
  `tstzrange(greatest(${at}::timestamptz, (SELECT max(upper(recorded)) FROM ${table} WHERE ${same})), NULL)`;
