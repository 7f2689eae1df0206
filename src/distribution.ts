/** Where the rows of a table are once several machines hold the database (docs/adr/0020). */
export type Placement =
  /** Spread by the hash of this column, beside the rows of other tables with the same value. */
  | { readonly by: string }
  /** A copy on each machine: small, and joined with what is spread. */
  | 'everywhere'
  /** On the first machine, as before. */
  | 'first';

/** What grows with the number of enterprises is spread by enterprise: its refresh and its reading stay on one machine. */
const SPREAD: Readonly<Record<string, Placement>> = {
  'registry.enterprise': 'everywhere',
  'registry.enterprise_version': { by: 'enterprise_id' },
  'registry.approval': { by: 'enterprise_id' },
  'registry.approval_document': { by: 'enterprise_id' },
  'matching.posting': { by: 'enterprise_id' },
  'matching.merit': { by: 'enterprise_id' },
  // By package, of which there are a tenth as many; their policies ask other tables, which no shard could.
  'matching.demand': 'first',
  'matching.open_package': 'first',
  'matching.asked': 'first',
  'matching.match': 'first',
  'matching.listed': 'first',
  'matching.invitation': 'first',
  'matching.invitation_wish': 'first',
  'matching.posting_change': 'first',
  'matching.projection': 'first',
  'matching.day_taken': 'first',
};

/** The table that the others are spread beside. */
const BESIDE = 'registry.enterprise_version';
const isFirst = ({ table }: { readonly table: string }): boolean => table === BESIDE;

/** Rooms whose tables stay where they are: they grow with contractors, or are read whole (the law), or are the queue. */
const FIRST_ROOMS: readonly string[] = [
  'accounts',
  'answers',
  'legal_basis',
  'monitoring',
  'notifications',
  'obligations',
  'platform',
  'public',
  'queue',
  'tagging',
  'tenders',
];

/** @param table with its schema @returns null for a table nobody has placed: a test refuses that */
export function placementOf(table: string): Placement | null {
  const room = table.slice(0, table.indexOf('.'));
  return SPREAD[table] ?? (FIRST_ROOMS.includes(room) ? 'first' : null);
}

/** A policy as the catalogue has it. */
export interface TablePolicy {
  readonly table: string;
  readonly name: string;
  readonly using: string | null;
  readonly check: string | null;
}

/** `( SELECT f() AS f)` keeps one machine from asking f for each row; a shard takes no subquery in a policy. */
function withoutSubqueries(expression: string): string {
  return expression.replace(/\(\s*SELECT (\w+\.\w+\(\)) AS \w+\)/g, '$1');
}

function policyStatement({ table, name, using, check }: TablePolicy): string[] {
  const parts = [
    ['USING', using],
    ['WITH CHECK', check],
  ] as const;
  const changed = parts.flatMap(([verb, text]) =>
    text !== null && withoutSubqueries(text) !== text ? [`${verb} (${withoutSubqueries(text)})`] : [],
  );
  return changed.length === 0 ? [] : [`ALTER POLICY ${name} ON ${table} ${changed.join(' ')}`];
}

/**
 * What spreads the tables that are not spread yet, in an order that foreign keys allow. All are values of our own
 * catalogue, none of a person.
 * @param tables with their schema @param policies of these tables
 */
export function distributionStatements(
  tables: readonly string[],
  policies: readonly TablePolicy[],
): readonly string[] {
  const placed = tables.map((table) => ({ table, placement: placementOf(table) }));
  const everywhere = placed.filter(({ placement }) => placement === 'everywhere');
  const spread = placed.flatMap(({ table, placement }) =>
    placement !== null && typeof placement === 'object' ? [{ table, by: placement.by }] : [],
  );
  const moved = new Set([...everywhere, ...spread].map(({ table }) => table));
  return [
    ...policies.filter(({ table }) => moved.has(table)).flatMap(policyStatement),
    ...everywhere.map(({ table }) => `SELECT create_reference_table('${table}')`),
    ...[...spread.filter(isFirst), ...spread.filter((one) => !isFirst(one))].map(({ table, by }) => {
      const beside = table === BESIDE ? 'none' : BESIDE;
      return `SELECT create_distributed_table('${table}', '${by}', colocate_with => '${beside}')`;
    }),
  ];
}
