import { resolve } from 'node:path';
import { CannotStart } from '../cannot-start.js';
import type { Config } from './config.types.js';
import { Unreadable, VARIABLES, type Variable, type VariableName } from './variables.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Values = {
  readonly [Name in VariableName]: (typeof VARIABLES)[Name] extends Variable<infer T> ? T | null : never;
};

/** The start is refused: says everything that is wrong at once. */
export class ConfigurationInvalid extends CannotStart {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Marks what is still to come from the embedded database (see boot.ts). */
const NOT_YET = '';
const TEST_SECRET = 'a secret that only tests know, 32+';

function readAll(environment: Environment, faults: string[]): Values {
  const entries = (Object.keys(VARIABLES) as VariableName[]).map((name) => {
    const { read, standard } = VARIABLES[name] as Variable<unknown>;
    const text = environment[name]?.trim() ?? '';
    if (text === '') return [name, standard] as const;
    const value = read(text);
    if (value instanceof Unreadable) faults.push(`${name}: expected ${value.expected}`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Values;
}

function demandTogether(values: Values, faults: string[]): void {
  if (values.DATABASE_URL !== null && values.SECRET === null && values.NODE_ENV !== 'test')
    faults.push('SECRET: needed with DATABASE_URL (several processes must know the same one)');
  if (values.DATABASE_REPLICA_URL !== null && values.DATABASE_URL === null)
    faults.push('DATABASE_URL: needed with DATABASE_REPLICA_URL (a copy follows a database of yours)');
  if (values.SMTP_URL !== null && values.PUBLIC_URL === null && values.NODE_ENV !== 'test')
    faults.push('PUBLIC_URL: needed with SMTP_URL (links in mails start with it)');
}

/**
 * Reads an environment without touching the process's own. The value of a variable never appears in a fault:
 * it may be a secret.
 * @throws ConfigurationInvalid with every fault
 */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const values = readAll(environment, faults);
  demandTogether(values, faults);
  if (faults.length > 0) throw new ConfigurationInvalid(faults);
  const host = values.HOST!;
  const port = values.PORT!;
  const isTest = values.NODE_ENV === 'test';
  const isSet = (name: VariableName): boolean => (environment[name]?.trim() ?? '') !== '';
  return Object.freeze({
    environment: values.NODE_ENV!,
    databaseUrl: values.DATABASE_URL ?? NOT_YET,
    databaseReplicaUrl: values.DATABASE_REPLICA_URL,
    dataDir: resolve(values.DATA_DIR!),
    host,
    port,
    portIsNamed: isSet('PORT'),
    publicUrl: values.PUBLIC_URL ?? localAddress(host, port),
    trustProxy: values.TRUST_PROXY!,
    secret: values.SECRET ?? (isTest ? TEST_SECRET : NOT_YET),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM!,
    clamdAddress: values.CLAMD_ADDRESS,
    logLevel: isTest && !isSet('LOG_LEVEL') ? 'error' : values.LOG_LEVEL!,
    role: values.ROLE!,
    webPool: values.WEB_POOL!,
    workerPool: values.WORKER_POOL!,
    statementTimeoutMs: values.STATEMENT_TIMEOUT_MS!,
    memoryIndexFrom: values.MEMORY_INDEX_FROM!,
    failPoints: Object.freeze(isTest ? [...values.FAIL_POINTS!] : []),
  });
}

/** `http://localhost:3000` for what listens on this machine alone or on every address. */
export function localAddress(host: string, port: number): string {
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

let current: Config | null = null;

/** The configuration of this process: read once, frozen. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/** Puts in what only the start can know (the embedded database, a free port), before anything else reads. */
export function completeConfig(known: Partial<Config>): Config {
  current = Object.freeze({ ...config(), ...known });
  return current;
}
