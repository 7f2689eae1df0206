export const ENVIRONMENTS = ['production', 'development', 'test'] as const;
export type NodeEnvironment = (typeof ENVIRONMENTS)[number];

export const PROCESS_ROLES = ['all', 'web', 'worker'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything the environment decides, read once at the start. */
export interface Config {
  readonly environment: NodeEnvironment;
  /** Empty only between the reading and the start of the embedded database. */
  readonly databaseUrl: string;
  /** `null`: everything is read where it is written. */
  readonly databaseReplicaUrl: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** True when the operator named the port: no other will do. */
  readonly portIsNamed: boolean;
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly trustProxy: boolean;
  /** For HMACs; at least 32 characters. */
  readonly secret: string;
  /** `null`: mails stay in the outbox page. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** `host:port` or the path of a socket; `null`: documents are not scanned. */
  readonly clamdAddress: string | null;
  readonly logLevel: LogLevel;
  readonly role: ProcessRole;
  readonly webPool: number;
  readonly workerPool: number;
  readonly statementTimeoutMs: number;
  /** Number of enterprises from which on candidates are looked up in memory. */
  readonly memoryIndexFrom: number;
  /** Always empty outside tests. */
  readonly failPoints: readonly string[];
}
