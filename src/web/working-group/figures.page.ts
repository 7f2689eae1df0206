import { addDays, isDay, type Day } from '../../kernel/index.js';
import type { Ledger } from '../../obligations/index.js';
import {
  addCounts,
  clauseProgress,
  uptakeFigures,
  type ClauseProgress,
  type Figure,
  type UptakeCounts,
  type UptakeRow,
} from '../../monitoring/index.js';

export interface FiguresRow {
  /** Null for what names no municipality. */
  readonly name: string | null;
  readonly figures: readonly Figure[];
}

export interface FiguresPage {
  readonly from: Day;
  /** Last day, inside. */
  readonly to: Day;
  readonly figures: readonly Figure[];
  readonly byContractor: readonly FiguresRow[];
  readonly byMunicipality: readonly FiguresRow[];
  readonly isEmpty: boolean;
  /** Null while no debt of a main contract was entered. */
  readonly clauses: (ClauseProgress & { readonly share: number }) | null;
}

export interface Period {
  readonly from: Day;
  /** First day after. */
  readonly until: Day;
}

/** The period asked for, or the year up to today. @param asked `from` and `to`, both inside */
export function readPeriod(asked: { readonly from?: unknown; readonly to?: unknown }, today: Day): Period {
  const to = isDay(asked.to) ? asked.to : today;
  const from = isDay(asked.from) ? asked.from : `${to.slice(0, 4)}-01-01`;
  return from <= to ? { from, until: addDays(to, 1) } : { from: to, until: addDays(from, 1) };
}

export function figuresPage(
  rows: readonly UptakeRow[],
  period: Period,
  ledgers: readonly Ledger[],
): FiguresPage {
  const clauses = clauseProgress(ledgers);
  return {
    from: period.from,
    to: addDays(period.until, -1),
    figures: uptakeFigures(addCounts(rows)),
    byContractor: breakdown(rows, (row) => row.contractor),
    byMunicipality: breakdown(rows, (row) => row.municipality),
    isEmpty: rows.length === 0,
    clauses: clauses.debts === 0 ? null : { ...clauses, share: clauses.honoured / clauses.debts },
  };
}

function breakdown(rows: readonly UptakeRow[], nameOf: (row: UptakeRow) => string | null): FiguresRow[] {
  const groups = Map.groupBy<string | null, UptakeCounts>(rows, (row) => nameOf(row as UptakeRow));
  return [...groups]
    .map(([name, counts]) => ({ name, figures: uptakeFigures(addCounts(counts)) }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name, 'fr')));
}
