import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Nest names every module and every route it wires: worth reading only when looking for that. */
const WIRING: readonly unknown[] = [
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
];
/** Pages and queue share one process, each with a data source of its own: nothing to warn of. */
const TWO_DATA_SOURCES = 'DataSourceNameRegistry';

/** Lets what Nest and `new Logger(context)` say go through our logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING.includes(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write(rest.at(-1) === TWO_DATA_SOURCES ? 'debug' : 'warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest hands over the context last and, for errors, a stack before it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const extra = rest.slice(0, context === undefined ? rest.length : -1);
    const err = [message, ...extra].find((part) => part instanceof Error);
    const stack = err ? undefined : extra.find((part) => typeof part === 'string');
    const fields = Object.assign({}, ...[message, ...extra].filter(isPlainObject)) as object;
    const text = typeof message === 'string' ? message : err?.message;
    this.logger[level]({ ...fields, context, err, stack }, text);
  }
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Error) && !Array.isArray(value);
}
