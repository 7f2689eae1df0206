import type { ParseArgsConfig } from 'node:util';
import type { Language } from '../kernel/index.js';
import type { Block } from './blocks.js';

/** 0 done, 1 a fault of ours, 2 the input was refused. */
export type ExitCode = 0 | 1 | 2;

/** How a verb reads and writes: standard output carries JSON only, the rest goes to standard error. */
export interface Terminal {
  /** @param path `-` is standard input. @throws Refusal file-unreadable */
  read(path: string): Promise<Buffer>;
  /** Its lines, in constant memory; gunzips `.gz`. @throws Refusal file-unreadable */
  blocks(path: string): AsyncIterable<Block>;
  /** Each value as JSON on a line of its own. */
  print(...values: readonly unknown[]): Promise<void>;
  /** Lines that are written already, as UTF-8; resolves when they are taken. */
  write(lines: Uint8Array): Promise<void>;
  /** For people: progress, tables. */
  note(text: string): void;
}

export interface Call {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly language: Language;
  readonly terminal: Terminal;
}

/** One word of the command line. It has no logic of its own: it calls what the service calls. */
export interface Verb {
  readonly usage: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  run(call: Call): Promise<ExitCode>;
}
