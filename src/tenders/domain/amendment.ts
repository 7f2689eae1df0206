import { asksAgain, fieldOf, type LineField, type LineWords } from './compare-readings.js';
import { packageOf } from './package-algebra.js';
import type { CorrectionPlan } from './plan-correction.js';

/** Estimated prices are the contractor's own: an enterprise reads what work changed. */
const SHOWN_FIELDS = [
  'ref',
  'label',
  'unit',
  'quantity',
  'nature',
  'variant',
  'zone',
  'section',
] as const satisfies LineField[];

/** One line of a package that a corrected document changed, as an enterprise reads it. */
export interface LineDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly ref: string | null;
  readonly label: string;
  readonly unit: string | null;
  readonly quantity: string | null;
  /** Of a changed line: what differs, as it was and as it is. */
  readonly fields: readonly {
    readonly field: (typeof SHOWN_FIELDS)[number];
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** What was changed in one package after it was published. */
export interface PackageAmendment {
  /** Empty when only the contractor's estimates changed. */
  readonly differences: readonly LineDifference[];
  readonly reconfirmBy: Date;
  readonly amendedAt: Date;
}

/** How long who answered has to confirm, in days; never longer than the deadline. */
export const RECONFIRM_DAYS = 7;
const DAY_MS = 86_400_000;

export function reconfirmBy(deadline: Date | null, now: Date): Date {
  const usual = new Date(now.getTime() + RECONFIRM_DAYS * DAY_MS);
  return deadline !== null && deadline < usual ? deadline : usual;
}

/** Whether the deadline leaves less than the usual time to confirm: then an extension is proposed. */
export function isLateToAmend(deadline: Date | null, now: Date): boolean {
  return deadline !== null && reconfirmBy(deadline, now) === deadline;
}

/** What a correction changes in each package that keeps lines, in the order added, removed, changed. */
export function differencesByPackage({
  diff,
  homes,
  changed,
}: CorrectionPlan): ReadonlyMap<string, readonly LineDifference[]> {
  const found = [
    ...homes.flatMap((home) =>
      'packageId' in home ? [{ of: home.packageId, line: difference('added', home.line) }] : [],
    ),
    ...diff.removed.map((line) => ({ of: packageOf(line), line: difference('removed', line) })),
    ...diff.pairs.filter(asksAgain).flatMap(({ before, after, fields }) => {
      const shown = SHOWN_FIELDS.filter((field) => fields.includes(field)).map((field) => ({
        field,
        before: words(before, field),
        after: words(after, field),
      }));
      const line = { ...difference('changed', after), fields: shown };
      return shown.length === 0 ? [] : [{ of: packageOf(before), line }];
    }),
  ];
  const byPackage = Map.groupBy(found, ({ of }) => of);
  return new Map([...changed].map((id) => [id, (byPackage.get(id) ?? []).map(({ line }) => line)]));
}

function words(line: LineWords, field: LineField): string | null {
  const said = fieldOf(line, field);
  return said === null ? null : String(said);
}

function difference(kind: LineDifference['kind'], line: LineWords): LineDifference {
  const { ref, label, unit, quantity } = line;
  return { kind, ref, label, unit, quantity, fields: [] };
}
