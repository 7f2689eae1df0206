import { destination, pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/index.js';
import { redactLine } from './redact.js';

export type { Logger } from 'pino';

interface Told {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: unknown;
  readonly constraint: unknown;
  readonly table: unknown;
  readonly cause: Told | undefined;
}

const STANDARD_ERROR = 2;
const CAUSES = 5;

/** What an error may say of itself: not the statement, nor the values, that a database error carries along. */
function tellError(error: unknown, depth = 0): Told | undefined {
  if (!(error instanceof Error) || depth > CAUSES) return undefined;
  const driver = (error as { driverError?: object }).driverError ?? error;
  const { code, constraint, table } = driver as Record<string, unknown>;
  const { name: type, message, stack, cause } = error;
  return { type, message, stack, code, constraint, table, cause: tellError(cause, depth + 1) };
}

function tellErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? tellError(value) : value]),
  );
}

/**
 * The one logger of a process: a JSON object per line on standard error, which leaves standard output to the
 * command line. `logger.child({ requestId })` names the request in every line.
 * @param to where lines go; tests catch them
 */
export function createLogger(
  level: LogLevel,
  to: DestinationStream = destination({ fd: STANDARD_ERROR, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: tellErrors },
    },
    { write: (line: string) => to.write(redactLine(line)) },
  );
}
