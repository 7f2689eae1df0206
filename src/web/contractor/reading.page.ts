import { deadlineInstant, type Place, type ProblemInWords, type SheetPlace } from '../../kernel/index.js';
import {
  ambiguitiesOf,
  COLUMN_ROLES,
  isAsked,
  type ColumnRole,
  type FactSources,
  type FirstRows,
  type Import,
  type ParsedTender,
  type ProcessInFile,
} from '../../tenders/index.js';
import { resolvePlace } from '../../registry/index.js';
import { paged, type Pages } from '../shared/paging.js';
import { contractorPaths } from './paths.js';

const PROBLEMS_PER_PAGE = 25;

export interface ReadingPage {
  readonly state: Import['state'];
  readonly fileName: string;
  readonly receivedAt: Date;
  readonly scanned: boolean;
  readonly href: string;
  /** The draft it became. */
  readonly tenderHref: string | null;
  /** Null while the file is being read, or when it was refused. */
  readonly understood: Understood | null;
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number };
  readonly problemsRead: readonly ProblemInWords[];
  /** What the document says in two ways. */
  readonly asked: readonly Asked[];
  readonly answersHref: string;
  readonly roles: readonly ColumnRole[];
  readonly pages: Pages;
  /** How the sheets begin in which no table was found. */
  readonly untold: readonly UntoldSheet[];
}

/** A sheet whose header and columns a person can tell. */
export interface UntoldSheet {
  readonly href: string;
  readonly sheet: string;
  readonly at: SheetPlace;
  readonly letters: readonly string[];
  readonly rows: readonly {
    readonly row: number;
    readonly cells: readonly string[];
    readonly canBeHeader: boolean;
  }[];
}

export interface Understood {
  readonly format: ParsedTender['format'];
  /** What the format is read by: our own schema, a published standard in its version, or nothing but its headings. */
  readonly schema: { readonly key: 'own' | 'standard' | 'none'; readonly name: string };
  /** Two letters. */
  readonly language: string | null;
  /** The catalogue whose numbers the articles carry, with its edition. */
  readonly catalogue: string | null;
  readonly title: string | null;
  readonly buyer: string | null;
  readonly place: string | null;
  /** When the words fit several places: none is taken, a person chooses on the packages. */
  readonly placeCandidates: readonly string[];
  readonly deadline: Date | null;
  readonly value: { readonly amount: string; readonly currency: string } | null;
  /** Where the document says these things. */
  readonly sources: FactSources;
  readonly lots: readonly { readonly ref: string; readonly title: string | null; readonly lines: number }[];
  readonly lines: number;
  /** The procedures of the file, where it holds several: each can be read alone. */
  readonly processes: readonly ProcessInFile[];
  readonly processesHref: string;
  /** Tables whose columns a person can correct, one of each header. */
  readonly tables: readonly TableShown[];
}

export interface TableShown {
  readonly href: string;
  readonly sheet: string;
  readonly at: SheetPlace;
  readonly headerRow: number;
  /** How many tables have this header. */
  readonly count: number;
  readonly remembered: boolean;
  readonly columns: readonly ColumnShown[];
}

export interface ColumnShown {
  readonly letter: string;
  readonly header: string;
  readonly role: string;
  /** It plays no role alone: it is added to others of its kind. */
  readonly isPart: boolean;
}

/** A question with the two answers there are. */
export interface Asked {
  readonly question: string;
  readonly problem: number;
  readonly message: string;
  readonly place: ProblemInWords['place'];
  /** Numbers of the column that the answer settles. */
  readonly count: number;
  readonly readings: readonly { readonly number: string | null; readonly moment: Date | null }[];
}

function askedOf(parsed: ParsedTender, problems: readonly ProblemInWords[]): readonly Asked[] {
  return ambiguitiesOf(parsed).map(({ question, problem, what, readings, count }) => {
    const { code, found, place } = parsed.problems[problem]!;
    const words = problems.find(
      (one) =>
        one.code === code && one.found === found && JSON.stringify(one.place) === JSON.stringify(place),
    );
    return {
      question,
      problem,
      message: words?.message ?? '',
      place,
      count,
      readings: readings.map((reading) =>
        what === 'deadline'
          ? { number: null, moment: deadlineInstant(reading) }
          : { number: reading, moment: null },
      ),
    };
  });
}

export function readingPage(
  opened: Omit<Import, 'organisationId' | 'sourceFileId' | 'problems'>,
  problems: readonly ProblemInWords[],
  asked: unknown,
  href = contractorPaths.reading(opened.id),
): ReadingPage {
  const staged = opened.state === 'staged';
  const told = staged ? problems.filter((problem) => !isAsked(problem)) : problems;
  const count = (severity: ProblemInWords['severity']): number =>
    told.filter((problem) => problem.severity === severity).length;
  const { items, pages } = paged(told, PROBLEMS_PER_PAGE, asked, (page) => `${href}?page=${page}`);
  return {
    state: opened.state,
    fileName: opened.fileName,
    receivedAt: opened.receivedAt,
    scanned: opened.scanned,
    href,
    tenderHref: opened.tenderId ? contractorPaths.tender(opened.tenderId) : null,
    understood: opened.parsed ? understood(opened.parsed, opened.id) : null,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    problemsRead: items,
    asked: opened.parsed && staged ? askedOf(opened.parsed, problems) : [],
    answersHref: contractorPaths.answers(opened.id),
    roles: COLUMN_ROLES,
    pages,
    untold: (opened.firstRows ?? []).map((sheet, index) =>
      untoldSheet(sheet, contractorPaths.columns(opened.id, index)),
    ),
  };
}

/** A table as a whole, by the number that people see in a text document. */
function wholeTable(sheet: string, at: Place | null | undefined): SheetPlace {
  const table = at && 'sheet' in at ? at.table : undefined;
  return table === undefined ? { sheet } : { sheet, table };
}

function untoldSheet({ sheet, rows, at }: FirstRows, href: string): UntoldSheet {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const letters = Array.from({ length: width }, (_, index) => String.fromCharCode(65 + index));
  return {
    href,
    sheet,
    at: wholeTable(sheet, at),
    letters,
    rows: rows.map(({ row, cells, fingerprint }) => ({
      row,
      cells: letters.map((_, index) => cells[index] ?? ''),
      canBeHeader: fingerprint !== null,
    })),
  };
}

/** Columns without a heading that the reader asks about. */
function askedColumns({ problems }: ParsedTender, sheet: string): string[] {
  return problems.flatMap(({ code, place }) => {
    if (code !== 'bill.column.unclear' || !place || !('sheet' in place)) return [];
    return place.sheet === sheet ? (place.column ?? []) : [];
  });
}

function tablesShown(parsed: ParsedTender, importId: string): TableShown[] {
  const { layout } = parsed;
  const byHeader = Map.groupBy(layout.keys(), (index) => layout[index]!.fingerprint);
  return [...byHeader].flatMap(([fingerprint, [first, ...others]]) => {
    if (!fingerprint || first === undefined) return [];
    const { sheet, at, headerRow, remembered, headers, columns, parts = [] } = layout[first]!;
    const roleAt = new Map(Object.entries(columns).map(([role, letter]) => [letter, role]));
    const letters = [...new Set([...Object.keys(headers), ...roleAt.keys(), ...askedColumns(parsed, sheet)])];
    return [
      {
        href: contractorPaths.columns(importId, first),
        sheet,
        at: wholeTable(sheet, at),
        headerRow,
        remembered,
        count: others.length + 1,
        columns: letters.toSorted(byColumn).map((letter) => ({
          letter,
          header: headers[letter] ?? '',
          role: roleAt.get(letter) ?? '',
          isPart: parts.includes(letter),
        })),
      },
    ];
  });
}

function byColumn(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** Standards by the name that everybody knows them by. */
const STANDARDS: Readonly<Partial<Record<ParsedTender['format'], string>>> = {
  eforms: 'eForms SDK',
  'ted-export': 'TED',
  ocds: 'OCDS',
  decp: 'DECP',
  gaeb: 'GAEB DA XML',
};

function schemaOf({ format, formatVersion }: ParsedTender): Understood['schema'] {
  if (format === 'json') return { key: 'own', name: formatVersion ?? '' };
  const standard = STANDARDS[format];
  if (standard === undefined) return { key: 'none', name: '' };
  return { key: 'standard', name: [standard, formatVersion].filter(Boolean).join(' ') };
}

function understood(parsed: ParsedTender, importId: string): Understood {
  const { tender, lots } = parsed;
  const { postalCode, municipality, nuts } = tender.place;
  const place = [postalCode, municipality].filter((part) => part !== null).join(' ');
  return {
    format: parsed.format,
    schema: schemaOf(parsed),
    language: /^[a-z]{2}$/.test(parsed.language ?? '') ? parsed.language : null,
    catalogue: parsed.numbering ? `${parsed.numbering.system} ${parsed.numbering.edition}` : null,
    title: tender.title,
    buyer: tender.buyer?.name ?? null,
    place: place || nuts,
    placeCandidates: resolvePlace(tender.place).candidates.map(({ label }) => label),
    deadline: tender.deadline === null ? null : deadlineInstant(tender.deadline),
    value: tender.value,
    sources: parsed.sources ?? {},
    processes: parsed.processes ?? [],
    processesHref: contractorPaths.processes(importId),
    tables: tablesShown(parsed, importId),
    lots: lots.map((lot) => ({ ref: lot.ref, title: lot.title, lines: lot.lines.length })),
    lines: lots.reduce((sum, lot) => sum + lot.lines.length, 0),
  };
}
