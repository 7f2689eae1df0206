import type { Place, Problem } from '../../kernel/index.js';
import type { BillLine, Lot } from '../domain/index.js';

/**
 * Gives every line the name packages call it by: its number when that is unique in the document, else where it
 * stands. Tells numbers that occur more than once, because an answer may be about the wrong line.
 */
export function keyLines(lots: readonly Lot[], problems: Problem[]): readonly Lot[] {
  const counts = new Map<string, number>();
  for (const line of lots.flatMap((lot) => lot.lines)) counts.set(line.ref, (counts.get(line.ref) ?? 0) + 1);
  const told = new Set<string>();
  const taken = new Set<string>();
  return lots.map((lot) => ({
    ...lot,
    lines: lot.lines.map((line) => {
      const unique = line.ref !== '' && counts.get(line.ref) === 1;
      if (!unique && line.ref !== '' && !told.has(line.ref)) {
        told.add(line.ref);
        problems.push(repeated(line, counts.get(line.ref) ?? 0));
      }
      return { ...line, key: free(unique ? line.ref : placeKey(line.place), taken) };
    }),
  }));
}

function repeated(line: BillLine, count: number): Problem {
  return {
    code: 'bill.ref.repeated',
    severity: 'info',
    place: line.place,
    found: line.ref.slice(0, 200),
    expected: null,
    params: { count },
  };
}

function placeKey(place: Place): string {
  if ('sheet' in place) return `@${place.sheet}!${place.row ?? ''}`;
  if ('page' in place) return `@page ${place.page}!${place.position ?? ''}`;
  if ('line' in place) return `@!${place.line}`;
  return `@${'xpath' in place ? place.xpath : place.pointer}`;
}

/** A place may hold two lines, and a number may look like a place: the second gets a count. */
function free(key: string, taken: Set<string>): string {
  let candidate = key;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${key}#${count}`;
  taken.add(candidate);
  return candidate;
}
