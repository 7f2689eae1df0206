import type { Client } from 'pg';
import { APP_ROLE } from '../../../src/platform/db/index.js';

/** What stands in the database beside its rows, one line each; two databases with the same lines are the same. */
export async function describeSchema(client: Client): Promise<string[]> {
  const lines: string[] = [];
  for (const sql of DESCRIPTIONS) {
    const { rows } = await client.query<{ line: string }>(sql);
    lines.push(...rows.map(({ line }) => line));
  }
  return lines.sort();
}

const OURS = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;
/** Not what an extension brought along. */
const OWN_OBJECT = (catalogue: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e' AND d.classid = '${catalogue}'::regclass AND d.objid = o.oid)`;

const DESCRIPTIONS = [
  `SELECT 'schema ' || n.nspname || ' ' || coalesce(n.nspacl::text, '') AS line FROM pg_namespace n WHERE ${OURS}`,
  `SELECT 'extension ' || extname AS line FROM pg_extension`,
  `SELECT concat_ws(' ', 'relation', o.relkind, n.nspname, o.relname, 'rls', o.relrowsecurity, o.relforcerowsecurity,
                    o.relacl::text, CASE WHEN o.relkind IN ('v', 'm') THEN pg_get_viewdef(o.oid) END) AS line
     FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace WHERE ${OURS} AND ${OWN_OBJECT('pg_class')}`,
  `SELECT concat_ws(' ', 'column', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid), a.attacl::text,
                    a.attidentity, a.attgenerated) AS line
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${OURS} AND a.attnum > 0 AND NOT a.attisdropped`,
  `SELECT concat_ws(' ', 'constraint', n.nspname, o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid)) AS line
     FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${OURS}`,
  `SELECT 'index ' || pg_get_indexdef(i.indexrelid) AS line
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS}`,
  `SELECT concat_ws(' ', 'policy', schemaname, tablename, policyname, permissive, roles::text, cmd, qual, with_check) AS line
     FROM pg_policies`,
  `SELECT 'trigger ' || pg_get_triggerdef(o.oid) AS line FROM pg_trigger o WHERE NOT tgisinternal`,
  `SELECT concat_ws(' ', 'routine', pg_get_functiondef(o.oid), o.proacl::text) AS line
     FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
    WHERE ${OURS} AND o.prokind IN ('f', 'p') AND ${OWN_OBJECT('pg_proc')}`,
  `SELECT concat_ws(' ', 'type', n.nspname, o.typname, o.typtype) AS line
     FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
    WHERE ${OURS} AND o.typtype IN ('e', 'd', 'r') AND ${OWN_OBJECT('pg_type')}`,
];

const TABLE = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${OURS} AND c.relkind IN ('r', 'p')`;
const COLUMN = `${TABLE} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;
/** The tables of the job engine hold no business of ours; ours are all others. */
const NOT_ENGINE = `n.nspname <> 'queue'`;

/**
 * Coordinates, and bounds rounded as the values they are compared with: only narrows a search, is rebuilt from the
 * exact values, and the domain decides on these.
 */
const NOT_PROJECTION = `c.oid <> ALL (ARRAY[to_regclass('matching.posting'), to_regclass('matching.demand')]::oid[])`;

/** Days, layouts, numbers of migrations and identifiers of what changed: bookkeeping that says nothing of anybody. */
const OF_NOBODY = `c.oid <> ALL (ARRAY[to_regclass('public.schema_migration'), to_regclass('matching.day_taken'),
  to_regclass('matching.posting_change'), to_regclass('matching.projection')]::oid[])`;

/** One query per sentence; each answers with the objects that break it. */
export const RULES: Readonly<Record<string, string>> = {
  'an owned row names its owner': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${COLUMN}
     WHERE a.attname = 'organisation_id' AND NOT (a.attnotnull AND a.atttypid = 'uuid'::regtype)`,
  'an owned row is behind row-level security, for the owner of the table too': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${COLUMN}
     WHERE a.attname = 'organisation_id' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  'row-level security is never enabled without being forced': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${TABLE}
     WHERE c.relrowsecurity AND NOT c.relforcerowsecurity`,
  'what the service may touch is behind row-level security': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${TABLE}
     WHERE NOT c.relforcerowsecurity AND ${NOT_ENGINE} AND ${OF_NOBODY}
       AND (has_table_privilege('${APP_ROLE}', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
            OR has_any_column_privilege('${APP_ROLE}', c.oid, 'SELECT, INSERT, UPDATE'))`,
  'what the service may do to a guarded table, a policy decides': `
    SELECT format('%I.%I %s', n.nspname, c.relname, may.verb) AS fault
      FROM ${TABLE}, (VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) may (verb, letter)
     WHERE c.relrowsecurity
       AND (has_table_privilege('${APP_ROLE}', c.oid, may.verb)
            OR may.verb <> 'DELETE' AND has_any_column_privilege('${APP_ROLE}', c.oid, may.verb))
       AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', may.letter::"char"))`,
  'the service cannot empty, reference or watch a table': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${TABLE}
     WHERE has_table_privilege('${APP_ROLE}', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')`,
  'nobody but the service and the owner may touch a table': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${TABLE}, aclexplode(c.relacl) g
     WHERE g.grantee <> c.relowner AND g.grantee <> '${APP_ROLE}'::regrole`,
  'the service owns nothing': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relowner = '${APP_ROLE}'::regrole
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = '${APP_ROLE}'::regrole
    UNION ALL SELECT proname FROM pg_proc WHERE proowner = '${APP_ROLE}'::regrole`,
  'the service has no power of its own': `
    SELECT rolname AS fault FROM pg_roles WHERE rolname = '${APP_ROLE}'
       AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin)
    UNION ALL SELECT 'creates in ' || n.nspname FROM pg_namespace n
     WHERE ${OURS} AND has_schema_privilege('${APP_ROLE}', n.oid, 'CREATE')
    UNION ALL SELECT 'is a member of ' || roleid::regrole FROM pg_auth_members WHERE member = '${APP_ROLE}'::regrole`,
  'no amount is a float, no instant lacks its time zone': `
    SELECT format('%I.%I.%I %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)) AS fault FROM ${COLUMN}
     WHERE ${NOT_ENGINE} AND ${NOT_PROJECTION} AND format_type(a.atttypid, NULL)
           ~ '^(real|double precision|money|timestamp without time zone|time (with|without) time zone|json|tsrange)(\\[\\])?$'`,
  'a range is never empty': `
    SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) AS fault FROM ${COLUMN} JOIN pg_range r ON r.rngtypid = a.atttypid
     WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'
                         AND pg_get_constraintdef(k.oid) ~ format('isempty\\(%s\\)', a.attname))`,
  // A backup brings rows back, not the next number of a sequence.
  'an identifier comes from us, not from a sequence': `
    SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) AS fault FROM ${COLUMN}
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE ${NOT_ENGINE} AND c.relname <> 'schema_migration'
       AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')`,
  'a check is named by us': `
    SELECT format('%I.%I %s', n.nspname, c.relname, k.conname) AS fault FROM ${TABLE} JOIN pg_constraint k ON k.conrelid = c.oid
     WHERE ${NOT_ENGINE} AND k.contype = 'c' AND (k.conname ~ '_check\\d*$')`,
  // Organisations are never deleted: nothing looks for what belongs to one that goes.
  'a foreign key is served by an index': `
    SELECT format('%s (%s)', k.conrelid::regclass, k.conname) AS fault
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.confrelid IS DISTINCT FROM to_regclass('accounts.organisation') AND ${NOT_ENGINE} AND ${OURS} AND NOT EXISTS (
       SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = ANY (k.conkey))`,
  // Pages that are not all visible are read a second time.
  'what candidates are looked up in is vacuumed when a fiftieth of it has changed': `
    SELECT format('%I.%I', n.nspname, c.relname) AS fault FROM ${TABLE}
     WHERE n.nspname = 'matching' AND c.relname IN ('posting', 'demand')
       AND NOT coalesce(c.reloptions, '{}') @> '{autovacuum_vacuum_scale_factor=0.02,autovacuum_vacuum_insert_scale_factor=0.02}'`,
};

/** @returns what breaks a rule, sorted */
export async function faultsOf(client: Client, rule: string): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(RULES[rule]!);
  return [...new Set(rows.map(({ fault }) => fault))].sort();
}
