// One PostgreSQL for the run, with a migrated template that each test file clones (test/database.ts).
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export default async function globalSetup() {
  execFileSync(process.execPath, ['bin/build.mjs', '--despite-type-errors'], { stdio: 'inherit' });
  let server = process.env.TEST_DATABASE_URL;
  if (!server) {
    const { startEmbedded } = await import('../dist/src/platform/db/embedded.js');
    // Each campaign of test/kill has some ten processes with connections of their own.
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
    const flags = settings.flatMap((setting) => ['-c', setting]);
    globalThis.postgresFolder = mkdtempSync(join(tmpdir(), 'maillon-test-'));
    globalThis.postgres = await startEmbedded(globalThis.postgresFolder, flags);
    server = globalThis.postgres.url;
  }
  const template = `maillon_template_${process.pid}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${template}`);
  await admin.query(`CREATE DATABASE ${template}`);
  process.env.MAILLON_TEST_CITUS = await citusOf(admin);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${template}`;
  const { prepareDatabase } = await import('../dist/src/prepare-database.js');
  await prepareDatabase(url.href, { sample: false });
  await enterLawBefore(url.href);
  process.env.MAILLON_TEST_SERVER = server;
  process.env.MAILLON_TEST_TEMPLATE = template;
}

/**
 * The law was entered today, and tests say what day it is: it is known before any of them, whenever they run. It never
 * changes again, which is why the guard of that steps aside.
 */
async function enterLawBefore(url) {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await owner.query(`
    ALTER TABLE legal_basis.rule_version DISABLE TRIGGER rule_version_kept;
    UPDATE legal_basis.rule_version SET recorded = '[2026-01-01,)' WHERE upper_inf(recorded);
    ALTER TABLE legal_basis.rule_version ENABLE TRIGGER rule_version_kept;`);
  await owner.end();
}

/** The version of Citus that the server's database has, or nothing: then what asks for a cluster is skipped. */
async function citusOf(admin) {
  const { rows } = await admin.query(
    "SELECT installed_version FROM pg_available_extensions WHERE name = 'citus'",
  );
  const found = rows[0]?.installed_version ?? '';
  const why = rows.length === 0 ? 'pg_available_extensions has none' : 'it is not created in this database';
  if (found === '') process.stderr.write(`no Citus (${why}): suites that need a cluster are skipped\n`);
  return found;
}
