import { ENVIRONMENTS, LOG_LEVELS, PROCESS_ROLES } from './config.types.js';
import type { LogLevel, NodeEnvironment, ProcessRole } from './config.types.js';

/** One environment variable: how its text is read, and what stands when it is absent. */
export interface Variable<T> {
  readonly read: (text: string) => T | Unreadable;
  readonly standard: T | null;
  readonly help: string;
}

/** What was expected instead of the text that was found. */
export class Unreadable {
  constructor(readonly expected: string) {}
}

function oneOf<T extends string>(values: readonly T[]) {
  return (text: string): T | Unreadable =>
    values.find((value) => value === text) ?? new Unreadable(`one of ${values.join(', ')}`);
}

function whole(min: number, max: number) {
  return (text: string): number | Unreadable => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : new Unreadable(`a whole number between ${min} and ${max}`);
  };
}

function url(...protocols: readonly string[]) {
  return (text: string): string | Unreadable => {
    const ok = URL.canParse(text) && protocols.includes(new URL(text).protocol);
    return ok
      ? text.replace(/\/$/, '')
      : new Unreadable(`a URL that starts with ${protocols.join(' or ')}//`);
  };
}

function secret(text: string): string | Unreadable {
  return text.length >= 32
    ? text
    : new Unreadable('32 characters or more, for instance of `openssl rand -base64 32`');
}

function mailbox(text: string): string | Unreadable {
  return /^[^<>@\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(text)
    ? text
    : new Unreadable('an e-mail address, `Name <name@example.org>`');
}

function daemon(text: string): string | Unreadable {
  return /^([^/\s:]+:\d{1,5}|\/\S+)$/.test(text)
    ? text
    : new Unreadable('`host:port`, or the path of a socket');
}

function yesOrNo(text: string): boolean | Unreadable {
  if (text === 'yes' || text === 'true' || text === '1') return true;
  if (text === 'no' || text === 'false' || text === '0') return false;
  return new Unreadable('yes or no');
}

const anything = (text: string): string => text;
const names = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const variable = <T>(read: Variable<T>['read'], standard: T | null, help: string): Variable<T> => ({
  read,
  standard,
  help,
});

/** Every variable Maillon reads, in the order of `.env.example`. There are no others. */
export const VARIABLES = {
  NODE_ENV: variable<NodeEnvironment>(oneOf(ENVIRONMENTS), 'production', 'production, development or test'),
  DATABASE_URL: variable<string>(
    url('postgres:', 'postgresql:'),
    null,
    'a PostgreSQL 15 to 18 of your own; absent, Maillon starts the one it brings along',
  ),
  DATABASE_REPLICA_URL: variable<string>(
    url('postgres:', 'postgresql:'),
    null,
    'a copy that follows DATABASE_URL: figures and pages of the law are read there',
  ),
  DATA_DIR: variable<string>(anything, '.data', 'where the embedded database and the secret live'),
  HOST: variable<string>(anything, '127.0.0.1', 'the address to listen on; 0.0.0.0 is every one'),
  PORT: variable(whole(1, 65_535), 3000, 'the port to listen on; set, it is that one or none'),
  PUBLIC_URL: variable<string>(
    url('http:', 'https:'),
    null,
    'where people reach Maillon: the links in mails start with it',
  ),
  TRUST_PROXY: variable(
    yesOrNo,
    false,
    'yes when a proxy of yours sets X-Forwarded-For and X-Forwarded-Proto',
  ),
  SECRET: variable(
    secret,
    null,
    'signs tokens; with the embedded database it is made once and kept in DATA_DIR',
  ),
  SMTP_URL: variable<string>(
    url('smtp:', 'smtps:'),
    null,
    'the mail server; absent, mails stay in the outbox page',
  ),
  MAIL_FROM: variable(mailbox, 'Maillon <maillon@localhost.localdomain>', 'the sender of every mail'),
  CLAMD_ADDRESS: variable(
    daemon,
    null,
    'a ClamAV daemon that sees every document before it is kept, `host:port` or the path of its socket',
  ),
  LOG_LEVEL: variable<LogLevel>(oneOf(LOG_LEVELS), 'info', 'what the log keeps'),
  ROLE: variable<ProcessRole>(
    oneOf(PROCESS_ROLES),
    'all',
    'what this process does: pages and API, the queue, or both',
  ),
  WEB_POOL: variable(whole(1, 200), 10, 'connections to the database for pages and API'),
  WORKER_POOL: variable(whole(1, 200), 5, 'connections to the database for the queue'),
  STATEMENT_TIMEOUT_MS: variable(whole(100, 600_000), 15_000, 'the longest a statement may run'),
  MEMORY_INDEX_FROM: variable(
    whole(0, 100_000_000),
    50_000,
    'from so many enterprises on, a process that matches keeps what they are looked up by in memory',
  ),
  FAIL_POINTS: variable<readonly string[]>(
    names,
    [],
    'names of points that fail on purpose; read only when NODE_ENV is test',
  ),
} as const;

export type VariableName = keyof typeof VARIABLES;
