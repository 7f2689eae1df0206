import { Client } from 'pg';
import { distributionStatements, placementOf } from '../../../src/distribution.js';
import { policiesOf, spreadTables, tablesOf } from '../../../src/spread-tables.query.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

interface Constraint {
  readonly table: string;
  readonly name: string;
  /** Its columns that are compared for equality; of an index, those that are plain columns. */
  readonly columns: readonly string[];
}
interface ForeignKey {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly pairs: readonly (readonly [string, string])[];
}

const QUALIFIED = (oid: string): string =>
  `(SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${oid})`;

const UNIQUE = `
  SELECT ${QUALIFIED('i.indrelid')} AS "table", i.indexrelid::regclass::text AS name,
         ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int[]) WITH ORDINALITY k (attnum, at)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
               WHERE k.at <= i.indnkeyatts
                 AND (x.conexclop IS NULL OR (SELECT oprname FROM pg_operator WHERE oid = x.conexclop[k.at]) = '=')) AS columns
  FROM pg_index i LEFT JOIN pg_constraint x ON x.conindid = i.indexrelid AND x.contype = 'x'
  WHERE i.indisunique OR i.indisexclusion`;

const FOREIGN_KEYS = `
  SELECT ${QUALIFIED('k.conrelid')} AS "from", ${QUALIFIED('k.confrelid')} AS "to", k.conname AS name,
         ARRAY(SELECT ARRAY[a.attname::text, b.attname::text] FROM unnest(k.conkey, k.confkey) AS p (one, other)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.one
                JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = p.other) AS pairs
  FROM pg_constraint k WHERE k.contype = 'f'`;

const TRIGGERS = `SELECT ${QUALIFIED('t.tgrelid')} AS "table", tgname AS name FROM pg_trigger t WHERE NOT tgisinternal`;

const columnOf = (table: string): string | null => {
  const placement = placementOf(table);
  return typeof placement === 'object' && placement !== null ? placement.by : null;
};
const isMoved = (table: string): boolean => placementOf(table) === 'everywhere' || columnOf(table) !== null;

/** What Citus would refuse or could not keep, one line each. */
const FAULTS: Readonly<Record<string, (client: Client) => Promise<string[]>>> = {
  'every table is placed': async (client) =>
    (await tablesOf(client)).filter((table) => placementOf(table) === null),
  'each key of a spread table names the column it is spread by': async (client) => {
    const { rows } = await client.query<Constraint>(UNIQUE);
    return rows.flatMap(({ table, name, columns }) => {
      const column = columnOf(table);
      return column === null || columns.includes(column) ? [] : [name];
    });
  },
  'no foreign key leaves a machine': async (client) => {
    const { rows } = await client.query<ForeignKey>(FOREIGN_KEYS);
    return rows.flatMap(({ from, to, name, pairs }) => {
      const [own, other] = [columnOf(from), columnOf(to)];
      const isBeside = own !== null && other !== null && pairs.some(([a, b]) => a === own && b === other);
      const isKept = (isMoved(from) && placementOf(to) === 'everywhere') || isBeside;
      return (isMoved(from) || isMoved(to)) && !isKept ? [name] : [];
    });
  },
  'no trigger stands on what is moved': async (client) => {
    const { rows } = await client.query<{ table: string; name: string }>(TRIGGERS);
    return rows.filter(({ table }) => isMoved(table)).map(({ name }) => name);
  },
  'no policy of what is moved asks a subquery, once the statements have run': async (client) => {
    for (const statement of distributionStatements(await tablesOf(client), await policiesOf(client)))
      if (statement.startsWith('ALTER POLICY')) await client.query(statement);
    return (await policiesOf(client))
      .filter(({ table, using, check }) => isMoved(table) && /\bSELECT\b/i.test(`${using} ${check}`))
      .map(({ name }) => name);
  },
};

const PLANTED: Readonly<Record<keyof typeof FAULTS, readonly [sql: string, fault: string]>> = {
  'every table is placed': ['CREATE TABLE matching.forgotten (n int)', 'matching.forgotten'],
  'each key of a spread table names the column it is spread by': [
    'CREATE UNIQUE INDEX planted ON matching.posting (zone, node, activity) WHERE zone < 0',
    'matching.planted',
  ],
  'no foreign key leaves a machine': [
    `ALTER TABLE matching.merit ADD planted uuid, ADD CONSTRAINT planted_fkey FOREIGN KEY (planted) REFERENCES tenders.tender (id)`,
    'planted_fkey',
  ],
  'no trigger stands on what is moved': [
    `CREATE TRIGGER planted BEFORE UPDATE ON registry.approval FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    'planted',
  ],
  'no policy of what is moved asks a subquery, once the statements have run': [
    `CREATE POLICY planted ON matching.merit FOR SELECT USING (EXISTS (SELECT FROM matching.open_package))`,
    'planted',
  ],
};

describe('the tables, spread over several machines', () => {
  let db: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    db = await cloneDatabase();
    client = new Client({ connectionString: db.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await db.drop();
  });
  const inUndone = async <T>(work: () => Promise<T>): Promise<T> => {
    await client.query('BEGIN');
    try {
      return await work();
    } finally {
      await client.query('ROLLBACK');
    }
  };

  it.each(Object.entries(FAULTS))('keep to it that %s', async (_, faults) => {
    expect(await inUndone(() => faults(client))).toEqual([]);
  });

  it.each(Object.entries(PLANTED))(
    'are noticed where it does not hold that %s',
    async (rule, [sql, fault]) => {
      const found = await inUndone(async () => {
        await client.query(sql);
        return FAULTS[rule]!(client);
      });
      expect(found).toContain(fault);
    },
  );

  it('are spread in an order that their keys allow, from the catalogue as it stands', async () => {
    expect(distributionStatements(await tablesOf(client), await policiesOf(client))).toEqual([
      `ALTER POLICY merit_read ON matching.merit USING ((platform.actor_role() <> 'anonymous'::text))`,
      `ALTER POLICY posting_read ON matching.posting USING ((platform.actor_role() <> 'anonymous'::text))`,
      `SELECT create_reference_table('registry.enterprise')`,
      `SELECT create_distributed_table('registry.enterprise_version', 'enterprise_id', colocate_with => 'none')`,
      ...['matching.merit', 'matching.posting', 'registry.approval', 'registry.approval_document'].map(
        (table) =>
          `SELECT create_distributed_table('${table}', 'enterprise_id', colocate_with => 'registry.enterprise_version')`,
      ),
    ]);
  });

  it('stay where they are without Citus', async () => {
    expect(await spreadTables(db.url)).toBe(0);
  });
});
