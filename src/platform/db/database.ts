import { escapeLiteral } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MigrationInterface,
  type ObjectLiteral,
} from 'typeorm';
import type { Actor } from '../../kernel/index.js';

/**
 * An open transaction, always the first argument of whatever touches the database. It carries the actor's
 * organisation, which row-level security reads.
 */
export type Tx = EntityManager;

/** The role the service runs as: it owns no table and cannot pass by row-level security. */
export const APP_ROLE = 'maillon_app';

export interface DatabaseOptions {
  readonly url: string;
  /** A copy that follows `url`; what only reads may be asked of it. */
  readonly replicaUrl?: string | null;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const ADMIN_SHUTDOWN = '57P01';
const RETRIES = 3;
const BATCH = 1000;

/** Options of TypeORM for the service: never synchronises, never migrates by itself. */
export function appDataSourceOptions(options: DatabaseOptions) {
  return {
    type: 'postgres' as const,
    ...(options.replicaUrl
      ? { replication: { master: { url: options.url }, slaves: [{ url: options.replicaUrl }] } }
      : { url: options.url }),
    entities: options.entities as never,
    synchronize: false,
    migrationsRun: false,
    poolSize: options.poolSize,
    extra: {
      options: [
        `-c role=${APP_ROLE}`,
        `-c statement_timeout=${options.statementTimeoutMs}`,
        '-c lock_timeout=10000',
        '-c idle_in_transaction_session_timeout=60000',
        '-c timezone=UTC',
        // Our questions run for milliseconds; compiling one first takes up to seconds.
        '-c jit=off',
      ].join(' '),
      connectionTimeoutMillis: 5000,
    },
  };
}

export function appDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(appDataSourceOptions(options));
}

/** Runs as the owner of the schema (the URL's own role). */
export function ownerDataSource(
  url: string,
  migrations: readonly (new () => MigrationInterface)[],
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    migrations: migrations as never,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: 2,
    extra: { connectionTimeoutMillis: 5000 },
  });
}

/** The single way into a transaction. */
export class Database {
  constructor(readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction in the actor's name. A serialisation failure or a deadlock is tried again
   * up to three times, so `work` must have no effect outside the database.
   */
  async transaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.source.transaction(async (tx) => {
          await actAs(tx, actor);
          return await work(tx);
        });
      } catch (error) {
        if (attempt >= RETRIES || !isWorthRetrying(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * (1 + Math.random())));
      }
    }
  }

  /**
   * Runs `work`, which only reads, in the actor's name, all of it as of one instant: on the replica where the operator
   * named one, which follows within moments and may not know yet what was just changed; else, or while it is away, where
   * all is written.
   */
  async reading<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner('slave');
    let hasBegun = false;
    try {
      await runner.startTransaction('REPEATABLE READ');
      hasBegun = true;
      await runner.query('SET TRANSACTION READ ONLY');
      await actAs(runner.manager, actor);
      return await work(runner.manager);
    } catch (error) {
      const isAway = !hasBegun || runner.isReleased || isCancelledByCopy(error);
      if (!isAway || !this.source.driver.isReplicated) throw error;
      return await this.source.transaction('REPEATABLE READ', async (tx) => {
        await actAs(tx, actor);
        return await work(tx);
      });
    } finally {
      if (hasBegun && !runner.isReleased) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }

  /**
   * What `work` finds, handed over while it reads, all of it as of one instant: for answers too large to be held. Whoever
   * takes it may stop before the end; until then a connection is theirs, so no client is to set the pace (`writtenAhead`).
   */
  async *handingOver<T>(actor: Actor, work: (tx: Tx) => AsyncIterable<T>): AsyncGenerator<T> {
    const runner = this.source.createQueryRunner('master');
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SET TRANSACTION READ ONLY');
      await actAs(runner.manager, actor);
      yield* work(runner.manager);
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }
}

/**
 * Runs a question and hands over its rows a thousand at a time: of a large answer, no more is ever held at once. It goes
 * on as fast as they are taken, and lasts as long.
 */
export async function* inBatches<Row>(
  tx: Tx,
  sql: string,
  params: readonly unknown[] = [],
): AsyncGenerator<Row[]> {
  await rows(tx, `DECLARE batches NO SCROLL CURSOR FOR ${sql}`, params);
  for (let count = BATCH; count === BATCH;) {
    const batch = await rows<Row>(tx, `FETCH ${BATCH} FROM batches`);
    count = batch.length;
    if (count > 0) yield batch;
  }
  await rows(tx, 'CLOSE batches');
}

/**
 * From here on row-level security sees the actor. A statement and not `set_config`: where tables are spread over
 * machines, only a statement is passed on to those that hold the rows. It takes no parameters.
 */
async function actAs(tx: Tx, actor: Actor): Promise<void> {
  const settings = {
    role: actor.role,
    organisation_id: actor.organisationId ?? '',
    person_id: actor.personId ?? '',
    request_id: actor.requestId,
  };
  await tx.query(
    Object.entries(settings)
      .map(([name, value]) => `SET LOCAL maillon.${name} = ${escapeLiteral(value)}`)
      .join(';'),
  );
}

/** What a replica answers when what it follows removes what is being read, or when it stops. */
function isCancelledByCopy(error: unknown): boolean {
  const code = sqlState(error);
  return code === SERIALIZATION_FAILURE || code === ADMIN_SHUTDOWN;
}

function isWorthRetrying(error: unknown): boolean {
  const code = sqlState(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}

/** The SQLSTATE of a database error, or null for any other error. */
export function sqlState(error: unknown): string | null {
  const driver = (error as { driverError?: { code?: unknown } } | null)?.driverError ?? error;
  const code = (driver as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/**
 * Runs one SQL text and gives its rows, whatever the verb (TypeORM answers `[rows, count]` for some).
 * `date`, `numeric` and `bigint` columns come back as text; `timestamptz` as `Date`.
 */
export async function rows<Row>(tx: Tx, sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('rows() needs an open transaction');
  const result = (await runner.query(sql, params as unknown[], true)) as unknown as { records?: Row[] };
  return result.records ?? [];
}

/**
 * @see rows; the server keeps the statement of this name on the connection, and parses and plans it once. For
 * statements that take longer to plan than to run.
 */
export async function prepared<Row>(
  tx: Tx,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('prepared() needs an open transaction');
  const client = (await runner.connect()) as { query(query: object): Promise<{ rows: Row[] }> };
  return (await client.query({ name, text, values })).rows;
}

/** The one row of a query that answers at most one. */
export async function maybeRow<Row>(
  tx: Tx,
  sql: string,
  params: readonly unknown[] = [],
): Promise<Row | null> {
  return (await rows<Row>(tx, sql, params))[0] ?? null;
}

/** Number of rows an INSERT, UPDATE or DELETE touched. */
export async function affected(tx: Tx, sql: string, params: readonly unknown[] = []): Promise<number> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('affected() needs an open transaction');
  const result = (await runner.query(sql, params as unknown[], true)) as unknown as { affected?: number };
  return result.affected ?? 0;
}
