import { deadlineInstant, isLanguage, type Language } from '../../kernel/index.js';
import {
  changesNothing,
  fieldOf,
  isLateToAmend,
  packageOf,
  type CorrectionSeen,
  type FactDifference,
  type LineField,
  type LineName,
} from '../../tenders/index.js';
import { pagesOf, type Pages } from '../shared/paging.js';
import { contractorPaths } from './paths.js';

const ROWS_PER_PAGE = 50;

export interface CorrectionRow {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly ref: string | null;
  readonly label: string;
  readonly package: string | null;
  /** Of a changed line: what differs, as it was and as it is. */
  readonly fields: readonly {
    readonly field: LineField;
    readonly before: string | boolean | null;
    readonly after: string | boolean | null;
  }[];
  readonly unit: string | null;
  readonly quantity: string | null;
}

type FactRow = Omit<FactDifference, 'before' | 'after'> & {
  readonly before: string | Date | null;
  readonly after: string | Date | null;
};

/** So many names are read one by one. */
export const NAMES_SHOWN = 50;

/** The first of many names, and how many there are. */
export interface NamesShown {
  readonly count: number;
  readonly names: readonly string[];
}

export interface CorrectionPage {
  readonly tenderTitle: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly fileName: string;
  readonly comparedWith: string;
  readonly isPublished: boolean;
  readonly isSame: boolean;
  /** Where more time can be given, when the change comes late; else null. */
  readonly extendHref: string | null;
  readonly counts: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly same: number;
  };
  readonly changedPackages: NamesShown;
  readonly emptiedPackages: NamesShown;
  readonly newPackages: NamesShown;
  /** What the documents say of the whole differently. */
  readonly differingFacts: readonly FactRow[];
  readonly rows: readonly CorrectionRow[];
  readonly pages: Pages;
  readonly documentLanguage: Language | null;
}

/** Where the differences of a page begin, of all there are. */
export function differencesShown(all: number, asked: unknown): { from: number; size: number } {
  const { current } = pagesOf(all, ROWS_PER_PAGE, asked, () => '');
  return { from: (current - 1) * ROWS_PER_PAGE, size: ROWS_PER_PAGE };
}

/** What a corrected file would change, before anybody accepts it: what is added or changed first, then what is removed. */
export function correctionPage(
  { tender, opened, proposal, plan, facts, comparedWith, titles: title, removed }: CorrectionSeen,
  asked: unknown,
  now: Date,
): CorrectionPage {
  const titles = (ids: ReadonlySet<string>): NamesShown => namesShown([...ids], (id) => title.get(id) ?? id);
  const named = (id: string | null): string | null => (id === null ? null : (title.get(id) ?? null));
  const changed = plan.diff.pairs.filter((pair) => pair.fields.length > 0);
  // Of thousands a page is read: each is put into words when it is on it.
  const rows: (() => CorrectionRow)[] = [
    ...plan.homes.map((home) => () => {
      const made = 'proposal' in home ? proposal.packages[home.proposal]?.title : undefined;
      return lineRow('added', home.line, 'packageId' in home ? named(home.packageId) : (made ?? null));
    }),
    ...changed.map(({ before, after, fields }) => () => ({
      ...lineRow('changed', after, named(packageOf(before))),
      fields: fields.map((field) => ({
        field,
        before: fieldOf(before, field),
        after: fieldOf(after, field),
      })),
    })),
  ];
  const href = contractorPaths.correction(tender.id, opened.id);
  const all = rows.length + removed.count;
  const { from } = differencesShown(all, asked);
  const gone = removed.shown.map((line) => lineRow('removed', line, named(line.packageId)));
  return {
    tenderTitle: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href,
    fileName: opened.fileName,
    comparedWith,
    isPublished: tender.status === 'published',
    isSame: removed.count === 0 && changesNothing(plan),
    extendHref:
      tender.status === 'published' && isLateToAmend(tender.deadline, now)
        ? contractorPaths.extension(tender.id)
        : null,
    counts: {
      added: plan.diff.added.length,
      removed: removed.count,
      changed: changed.length,
      same: plan.diff.pairs.length - changed.length,
    },
    changedPackages: titles(plan.changed),
    emptiedPackages: titles(plan.emptied),
    newPackages: namesShown(plan.newPackages, (index) => proposal.packages[index]!.title),
    differingFacts: facts.map(factRow),
    rows: [...rows.slice(from, from + ROWS_PER_PAGE).map((row) => row()), ...gone],
    pages: pagesOf(all, ROWS_PER_PAGE, asked, (page) => `${href}?page=${page}`),
    documentLanguage: isLanguage(opened.parsed.language) ? opened.parsed.language : null,
  };
}

function factRow({ fact, lot, before, after }: FactDifference): FactRow {
  const shown = (value: string | null): string | Date | null =>
    value === null || fact !== 'deadline' ? value : deadlineInstant(value);
  return { fact, lot, before: shown(before), after: shown(after) };
}

function namesShown<Item>(items: readonly Item[], name: (item: Item) => string): NamesShown {
  return { count: items.length, names: items.slice(0, NAMES_SHOWN).map(name) };
}

function lineRow(kind: CorrectionRow['kind'], line: LineName, item: string | null): CorrectionRow {
  const { ref, label, unit, quantity } = line;
  return { kind, ref, label, package: item, fields: [], unit, quantity };
}
