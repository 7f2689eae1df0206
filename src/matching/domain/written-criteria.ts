import type { Because, ChangeableBy, Criterion, CriterionKey } from './criterion.js';

/**
 * A criterion as a row holds it: what is usual is left out at the end, and the key is the first word of the code. Half the
 * size of the object, and PostgreSQL reads it in half the time. Rows of before hold the object itself.
 */
export type WrittenCriterion = readonly [
  code: Criterion['because']['code'],
  result: Criterion['result'],
  required: string,
  actual: string,
  params?: Because['params'],
  extent?: Criterion['extent'],
  changeableBy?: ChangeableBy,
  warning?: Because,
];

function writeCriterion({ because, result, extent, required, actual, ...rest }: Criterion): WrittenCriterion {
  const { changeableBy, warning } = rest;
  if (warning) return [because.code, result, required, actual, because.params, extent, changeableBy, warning];
  if (changeableBy !== 'enterprise')
    return [because.code, result, required, actual, because.params, extent, changeableBy];
  if (extent !== 'full') return [because.code, result, required, actual, because.params, extent];
  for (const _ in because.params) return [because.code, result, required, actual, because.params];
  return [because.code, result, required, actual];
}

function readCriterion(written: WrittenCriterion | Criterion): Criterion {
  if ('key' in written) return written;
  const [code, result, required, actual, params = {}, extent = 'full', ...rest] = written;
  const [changeableBy = 'enterprise', warning] = rest;
  const key = code.slice(0, code.indexOf('.')) as CriterionKey;
  const criterion = { key, result, extent, required, actual, because: { code, params }, changeableBy };
  return warning ? { ...criterion, warning } : criterion;
}

/** What `matching.match.criteria` is to hold. */
export function writeCriteria(criteria: readonly Criterion[]): readonly WrittenCriterion[] {
  return criteria.map(writeCriterion);
}

/** What was written in `matching.match.criteria`, lately or before. */
export function readCriteria(written: readonly (WrittenCriterion | Criterion)[]): readonly Criterion[] {
  return written.map(readCriterion);
}

/** A row as it comes from the database. */
export type AsWritten<Row extends WithCriteria> = Omit<Row, 'criteria'> & {
  readonly criteria: readonly (WrittenCriterion | Criterion)[] | null;
};

interface WithCriteria {
  readonly criteria: readonly Criterion[] | null;
}

/** Rows with their criteria read. */
export function withCriteria<Row extends WithCriteria>(rows: readonly AsWritten<Row>[]): Row[] {
  return rows.map(({ criteria, ...row }) => {
    return { ...row, criteria: criteria && readCriteria(criteria) } as unknown as Row;
  });
}
