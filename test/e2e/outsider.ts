import type { Client } from 'pg';
import type { Actor } from '../../src/kernel/index.js';
import { affected, rows, type Tx } from '../../src/platform/db/index.js';
import { APP_ROLE } from '../../src/platform/db/database.js';
import type { TestApp } from '../app.js';

/** What somebody may do to what others have in a table, asked of the database with no condition of ours in the way. */
export type Reach = 'read' | 'change' | 'delete' | 'write';

export interface RowPolicy {
  readonly table: string;
  readonly name: string;
  readonly verb: string;
  readonly using: string | null;
  readonly check: string | null;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly isKey: boolean;
  /** By the role the service runs as. */
  readonly changeable: boolean;
}

const REFUSED = '42501';

/** A value for each kind of column; what is not named here may be empty text. */
const VALUES: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  'timestamp with time zone': 'now()',
  date: 'current_date',
  tstzrange: `tstzrange(now(), NULL)`,
  daterange: `daterange(current_date, NULL)`,
  jsonb: `'{}'`,
  boolean: 'false',
  integer: '1',
  bigint: '1',
  smallint: '1',
  numeric: '1',
  bytea: `'x'`,
};

/** Tries the tables of one database; what it does to their constraints and triggers makes the database unfit for else. */
export class Outsider {
  private constructor(
    private readonly service: TestApp,
    private readonly owner: Client,
    readonly tables: readonly string[],
  ) {}

  /** @param organisationId whose the rows are that are put into tables without any */
  static async of(service: TestApp, owner: Client, organisationId: string): Promise<Outsider> {
    const { rows: found } = await owner.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relforcerowsecurity ORDER BY 1`,
    );
    const self = new Outsider(
      service,
      owner,
      found.map(({ name }) => name),
    );
    for (const table of self.tables) await self.leavePoliciesAlone(table);
    for (const table of self.tables) await self.fill(table, organisationId);
    return self;
  }

  /**
   * Those that are about something the service may do at all, and do not let everybody do it. Restrictive ones narrow
   * what people may do to their own.
   */
  async policies(): Promise<RowPolicy[]> {
    const { rows: found } = await this.owner.query<RowPolicy>(
      `SELECT format('%I.%I', schemaname, tablename)::regclass::text AS "table", quote_ident(policyname) AS name, cmd AS verb,
              qual AS using, with_check AS check
         FROM pg_policies
        WHERE permissive = 'PERMISSIVE' AND coalesce(qual, '') <> 'true' AND coalesce(with_check, '') <> 'true'
          AND (cmd = 'ALL' OR cmd = 'DELETE' AND has_table_privilege('${APP_ROLE}', format('%I.%I', schemaname, tablename), cmd)
               OR cmd <> 'DELETE' AND has_any_column_privilege('${APP_ROLE}', format('%I.%I', schemaname, tablename), cmd))
        ORDER BY 1, 2`,
    );
    return found;
  }

  /** With the policy letting everybody do what it is about. */
  async without<T>({ table, name, using, check }: RowPolicy, work: () => Promise<T>): Promise<T> {
    const alter = async (read: string | null, write: string | null): Promise<void> => {
      const clauses = [read && `USING (${read})`, write && `WITH CHECK (${write})`].filter(Boolean).join(' ');
      await this.owner.query(`ALTER POLICY ${name} ON ${table} ${clauses}`);
    };
    await alter(using && 'true', check && 'true');
    try {
      return await work();
    } finally {
      await alter(using, check);
    }
  }

  /** Nothing of what is tried stays. */
  async reach(actor: Actor, table: string): Promise<Reach[]> {
    const columns = await this.columns(table);
    const names = columns.map(({ name }) => name).join(', ');
    const whose = table === 'accounts.organisation' ? 'id' : 'organisation_id';
    const isOwn = columns.some(({ name }) => name === whose)
      ? `coalesce(t.${whose} = '${actor.organisationId ?? '00000000-0000-0000-0000-000000000000'}', false)`
      : 'false';
    const { rows: of } = await this.owner.query<{ own: number; foreign: object }>(
      `SELECT count(*) FILTER (WHERE ${isOwn})::int AS own, (array_agg(to_jsonb(t)) FILTER (WHERE NOT ${isOwn}))[1] AS foreign
         FROM ${table} t`,
    );
    const { own, foreign } = of[0]!;
    // Neither names a column to look at, so that the policy for reading is not asked, too.
    const changeable = columns.filter((column) => column.changeable);
    const { name } = changeable.find(({ isKey }) => !isKey) ?? changeable[0] ?? columns[0]!;
    const tries: Record<Reach, (tx: Tx) => Promise<boolean>> = {
      read: async (tx) => (await rows(tx, `SELECT 1 FROM ${table} t WHERE NOT ${isOwn} LIMIT 1`)).length > 0,
      change: async (tx) => (await affected(tx, `UPDATE ${table} SET ${name} = DEFAULT`)) > own,
      delete: async (tx) => (await affected(tx, `DELETE FROM ${table}`)) > own,
      write: async (tx) => {
        const again = `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::${table}, $1)`;
        return (await affected(tx, again, [foreign])) > 0;
      },
    };
    const found: Reach[] = [];
    for (const [reach, work] of Object.entries(tries) as [Reach, (typeof tries)[Reach]][])
      if (await this.isLetThrough(actor, work)) found.push(reach);
    return found;
  }

  private async isLetThrough(actor: Actor, work: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    let found = false;
    try {
      await this.service.database.transaction(actor, async (tx) => {
        found = await work(tx);
        throw new RolledBack();
      });
    } catch (error) {
      if (error instanceof RolledBack) return found;
      // Any other error than "you may not": the policies let it pass, and something else did not.
      return (error as { driverError?: { code?: string } }).driverError?.code !== REFUSED;
    }
    return found;
  }

  private async columns(table: string): Promise<Column[]> {
    const { rows: found } = await this.owner.query<Column>(
      `SELECT quote_ident(attname) AS name, format_type(atttypid, NULL) AS type, attnotnull AND NOT atthasdef AS required,
              has_column_privilege('${APP_ROLE}', attrelid, attnum, 'UPDATE') AS changeable,
              EXISTS (SELECT FROM pg_index i WHERE i.indrelid = attrelid AND i.indisprimary AND attnum = ANY (i.indkey)) AS "isKey"
         FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
        ORDER BY attnum`,
      [table],
    );
    return found;
  }

  /** Without the other things that would refuse: triggers, conditions on values, and references. */
  private async leavePoliciesAlone(table: string): Promise<void> {
    const { rows: conditions } = await this.owner.query<{ name: string }>(
      `SELECT quote_ident(conname) AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'f')`,
      [table],
    );
    const loosened = [
      'DISABLE TRIGGER ALL',
      ...conditions.map(({ name }) => `DROP CONSTRAINT ${name}`),
      ...(await this.columns(table))
        .filter(({ isKey }) => !isKey)
        .map(({ name }) => `ALTER ${name} DROP NOT NULL`),
    ];
    await this.owner.query(`ALTER TABLE ${table} ${loosened.join(', ')}`);
  }

  private async fill(table: string, organisationId: string): Promise<void> {
    if ((await this.owner.query(`SELECT 1 FROM ${table} LIMIT 1`)).rowCount !== 0) return;
    const needed = (await this.columns(table)).filter(
      ({ name, required }) => required || name === 'organisation_id',
    );
    const value = ({ name, type }: Column): string => {
      if (name === 'organisation_id') return `'${organisationId}'`;
      return VALUES[type] ?? (type.endsWith('[]') ? `'{}'` : `''`);
    };
    await this.owner.query(
      needed.length === 0
        ? `INSERT INTO ${table} DEFAULT VALUES`
        : `INSERT INTO ${table} (${needed.map(({ name }) => name).join(', ')}) VALUES (${needed.map(value).join(', ')})`,
    );
  }
}

class RolledBack extends Error {}
