import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CannotStart } from '../cannot-start.js';
import { ownerDataSource } from './database.js';

type MigrationClass = new () => MigrationInterface;

/** One migration runs at a time, however many processes start at once. */
const MIGRATION_LOCK = 7_201_504;

/** Every migration of the project, oldest first. */
export async function loadMigrations(): Promise<MigrationClass[]> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../migrations');
  const files = readdirSync(folder).filter((file) => /^\d{13}-[a-z0-9-]+\.[jt]s$/.test(file));
  const modules = await Promise.all(
    files
      .sort()
      .map(
        (file) => import(pathToFileURL(join(folder, file)).href) as Promise<Record<string, MigrationClass>>,
      ),
  );
  return modules.flatMap((module) => Object.values(module));
}

/**
 * Brings a database to the newest schema.
 * @returns names of the migrations that ran
 * @throws CannotStart when the owner lacks a right that the schema needs
 */
export async function migrate(url: string): Promise<string[]> {
  const source = await ownerDataSource(url, await loadMigrations()).initialize();
  try {
    const runner = source.createQueryRunner();
    await mustMakeFunctionsOfTheSystem(runner);
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return (await source.runMigrations()).map((migration) => migration.name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

/** Functions that read as the system (ADR 0022) carry a setting of ours, which PostgreSQL lets no plain owner write down. */
async function mustMakeFunctionsOfTheSystem(runner: QueryRunner): Promise<void> {
  const [owner] = (await runner.query(
    `SELECT quote_ident(current_user) AS name, has_parameter_privilege('maillon.role', 'SET') AS may`,
  )) as { name: string; may: boolean }[];
  if (!owner!.may)
    throw new CannotStart(
      `the role ${owner!.name} lacks a right: as a superuser run once GRANT SET ON PARAMETER maillon.role TO ${owner!.name};`,
    );
}
