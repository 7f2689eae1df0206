import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { restoreBackup, writeBackup, type Sums } from '../../../src/platform/backup/index.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const NOW = new Date('2026-11-24T10:00:00Z');
const ID = '01890a5d-ac96-774b-bcce-b302099a805';

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, options: '-c maillon.role=system' });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function backUp(url: string): Promise<{ file: Buffer; sums: Sums }> {
  const to = new PassThrough();
  const [sums, file] = await Promise.all([writeBackup(url, to, NOW), buffer(to)]);
  return { file, sums };
}

const nothing = (): Promise<void> => Promise.resolve();
const restore = (url: string, file: Buffer, afterwards = nothing): ReturnType<typeof restoreBackup> =>
  restoreBackup(url, Readable.from([file]), afterwards);

/** Counted and summed by other means than the backup's own. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') AND schemaname <> 'queue' ORDER BY 1`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(url, `SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    const digest = createHash('sha256').update(rows.map(({ row }) => row).join('\n'));
    content[name] = `${rows.length} ${digest.digest('hex')}`;
  }
  return content;
}

describe('the restore drill', () => {
  let full: TestDatabase;
  let file: Buffer;
  let sums: Sums;
  const targets: TestDatabase[] = [];

  async function emptyTarget(): Promise<TestDatabase> {
    const target = await cloneDatabase();
    targets.push(target);
    return target;
  }

  beforeAll(async () => {
    full = await cloneDatabase();
    await prepareDatabase(full.url, { sample: true });
    // Rows that a careless copy would change: digits, bytes, ranges, quotes, the line break of another system.
    await ask(
      full.url,
      `INSERT INTO accounts.organisation VALUES ('${ID}1', 'contractor', E'Établissements "Ça \\\\ va"\\r\\n👷', NULL, 'fr', NULL, '2026-03-29T01:30:00.123456Z');
       INSERT INTO tenders.source_file (id, organisation_id, sha256, name, size_bytes, content, received_by, received_at)
       VALUES ('${ID}2', '${ID}1', repeat('a', 64), 'métré.xlsx', 4, '\\x00ff0a0d', '${ID}3', now());
       INSERT INTO tenders.import (id, organisation_id, source_file_id, state, problems, received_at)
       SELECT '${ID}4', '${ID}1', '${ID}2', 'received', '[{"n": 1.10, "big": 123456789012345678901234567890}]', now()`,
    );
    ({ file, sums } = await backUp(full.url));
  });
  afterAll(async () => {
    await full.drop();
    for (const target of targets) await target.drop();
  });

  it('brings back every row as it was', async () => {
    const target = await emptyTarget();
    const restored = await restore(target.url, file);
    expect(restored.sums).toEqual(sums);
    expect(restored.madeAt).toBe(NOW.toISOString());
    expect(Object.values(sums).some(({ rows }) => rows > 0)).toBe(true);
    expect(await contentOf(target.url)).toEqual(await contentOf(full.url));
  });

  it('carries nothing of what somebody tries without an account', async () => {
    await ask(
      full.url,
      `INSERT INTO tenders.trial (id, token_hash, browser_hash, network_hash, sha256, name, size_bytes, content, scanned, state, made_at)
       VALUES ('${ID}5', 'x', 'x', 'x', 'x', 'essai-de-passage.csv', 0, '', false, 'received', now())`,
    );
    const text = gunzipSync((await backUp(full.url)).file).toString();
    await ask(full.url, 'DELETE FROM tenders.trial');
    expect(text).toContain('métré.xlsx');
    expect(text).not.toContain('essai-de-passage.csv');
  });

  it('needs no superuser: row-level security shows the system every row', async () => {
    const [granted] = await ask<{ tables: string[] }>(
      full.url,
      `SELECT array_agg(name) AS tables FROM unnest('{${Object.keys(sums).join()}}'::text[]) name
        WHERE has_table_privilege('maillon_app', name, 'SELECT')`,
    );
    const seen = await full.database.transaction(SYSTEM, async (tx) => {
      const counts: [string, number][] = [];
      for (const table of granted!.tables) {
        const [row] = (await tx.query(`SELECT count(*)::int AS n FROM ${table}`)) as { n: number }[];
        counts.push([table, row!.n]);
      }
      return counts;
    });
    expect(seen).toEqual(granted!.tables.map((table) => [table, sums[table]!.rows]));
    expect(seen.length).toBeGreaterThan(20);
  });

  it('holds back, in the same transaction, what must not leave again', async () => {
    const target = await emptyTarget();
    await restoreBackup(target.url, Readable.from([file]), async (tx) => {
      await tx.query(`INSERT INTO notifications.quarantine (id, declared_at) VALUES ('${ID}9', now())`);
    });
    expect(await ask(target.url, 'SELECT id FROM notifications.quarantine')).toEqual([{ id: `${ID}9` }]);
  });

  it('is whole or nothing', async () => {
    const target = await emptyTarget();
    const failing = restore(target.url, file, () => Promise.reject(new Error('the last step failed')));
    await expect(failing).rejects.toThrow('the last step failed');
    expect(await ask(target.url, 'SELECT id FROM accounts.organisation')).toEqual([]);
  });

  it('refuses a database that holds somebody’s rows', async () => {
    await expect(restore(full.url, file)).rejects.toMatchObject({ code: 'database-not-empty' });
  });

  it.each<[string, (whole: Buffer) => Buffer, string]>([
    ['cut off in the middle', (whole) => whole.subarray(0, whole.length / 2), 'backup-cut-off'],
    [
      'without its last line',
      (whole) => gzipSync(gunzipSync(whole).toString().split('\n').slice(0, -2).join('\n')),
      'backup-cut-off',
    ],
    ['that is something else', () => Buffer.from('PK\u0003\u0004 not a backup'), 'backup-unreadable'],
    ['that is empty', () => gzipSync(''), 'backup-unreadable'],
    [
      'with one character changed',
      (whole) => gzipSync(gunzipSync(whole).toString().replace('métré.xlsx', 'metré.xlsx')),
      'backup-differs',
    ],
    [
      'of another schema',
      (whole) => gzipSync(gunzipSync(whole).toString().replace('CreatePlatform', 'CreateOther')),
      'backup-of-another-schema',
    ],
  ])('refuses a file %s', async (_what, damage, code) => {
    const target = await emptyTarget();
    await expect(restore(target.url, damage(file))).rejects.toMatchObject({ code });
    expect(await ask(target.url, 'SELECT id FROM accounts.organisation')).toEqual([]);
  });
});
