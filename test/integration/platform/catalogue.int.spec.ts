import { Client } from 'pg';
import { cloneDatabase, type TestDatabase } from '../../database.js';
import { faultsOf, RULES } from './catalogue.js';

/** A statement that breaks the rule, and what is then found. */
const PLANTED: Readonly<Record<keyof typeof RULES, readonly [sql: string, fault: string]>> = {
  'an owned row names its owner': ['CREATE TABLE planted.t (organisation_id uuid)', 'planted.t'],
  'an owned row is behind row-level security, for the owner of the table too': [
    'CREATE TABLE planted.t (organisation_id uuid NOT NULL)',
    'planted.t',
  ],
  'row-level security is never enabled without being forced': [
    'CREATE TABLE planted.t (n int); ALTER TABLE planted.t ENABLE ROW LEVEL SECURITY',
    'planted.t',
  ],
  'what the service may touch is behind row-level security': [
    'CREATE TABLE planted.t (n int); GRANT SELECT ON planted.t TO maillon_app',
    'planted.t',
  ],
  'what the service may do to a guarded table, a policy decides': [
    `CREATE TABLE planted.t (n int);
     ALTER TABLE planted.t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
     CREATE POLICY t_read ON planted.t FOR SELECT USING (true);
     GRANT SELECT, UPDATE (n) ON planted.t TO maillon_app`,
    'planted.t UPDATE',
  ],
  'the service cannot empty, reference or watch a table': [
    'CREATE TABLE planted.t (n int); GRANT TRUNCATE ON planted.t TO maillon_app',
    'planted.t',
  ],
  'nobody but the service and the owner may touch a table': [
    'CREATE TABLE planted.t (n int); GRANT SELECT ON planted.t TO PUBLIC',
    'planted.t',
  ],
  'the service owns nothing': [
    'CREATE TABLE planted.t (n int); ALTER TABLE planted.t OWNER TO maillon_app',
    'planted.t',
  ],
  'the service has no power of its own': [
    'GRANT CREATE ON SCHEMA planted TO maillon_app',
    'creates in planted',
  ],
  'no amount is a float, no instant lacks its time zone': [
    'CREATE TABLE planted.t (at timestamp)',
    'planted.t.at timestamp without time zone',
  ],
  'a range is never empty': ['CREATE TABLE planted.t (valid daterange NOT NULL)', 'planted.t.valid'],
  'an identifier comes from us, not from a sequence': [
    'CREATE TABLE planted.t (id bigint GENERATED ALWAYS AS IDENTITY)',
    'planted.t.id',
  ],
  'a check is named by us': ['CREATE TABLE planted.t (n int CHECK (n > 0))', 'planted.t t_n_check'],
  'a foreign key is served by an index': [
    `CREATE TABLE planted.parent (id int PRIMARY KEY);
     CREATE TABLE planted.t (parent_id int CONSTRAINT t_parent REFERENCES planted.parent)`,
    'planted.t (t_parent)',
  ],
  'what candidates are looked up in is vacuumed when a fiftieth of it has changed': [
    'ALTER TABLE matching.demand RESET (autovacuum_vacuum_scale_factor)',
    'matching.demand',
  ],
};

describe('the catalogue of the database', () => {
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

  it.each(Object.keys(RULES))('keeps to: %s', async (rule) => {
    expect(await faultsOf(client, rule)).toEqual([]);
  });

  it.each(Object.entries(PLANTED))('notices when broken: %s', async (rule, [sql, fault]) => {
    await client.query(`BEGIN; CREATE SCHEMA planted; ${sql}`);
    const faults = await faultsOf(client, rule);
    await client.query('ROLLBACK');
    expect(faults).toContain(fault);
  });

  it('has a planted fault for every rule', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(Object.keys(RULES).sort());
  });
});
