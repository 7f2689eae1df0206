import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../kernel/index.js';
import { blocksOf, type Block } from './blocks.js';
import type { Terminal } from './verb.js';

/** Lines are gathered up to this size before they are written: one write per line would cost more than the work. */
const BLOCK_BYTES = 64 * 1024;

/** The process's own streams. `close` writes what is still gathered. */
export class ProcessTerminal implements Terminal {
  private gathered: string[] = [];
  private chars = 0;

  constructor() {
    // Who writes is told; an error that nobody listens to would end the process before it can clean up.
    process.stdout.on('error', () => undefined);
  }

  async read(path: string): Promise<Buffer> {
    try {
      return path === '-' ? await buffer(process.stdin) : await readFile(path);
    } catch {
      throw new Refusal('file-unreadable', { file: path });
    }
  }

  async *blocks(path: string): AsyncGenerator<Block> {
    const file: Readable = path === '-' ? process.stdin : createReadStream(path);
    const reads: Readable = path.endsWith('.gz')
      ? pipeline(file, createGunzip({ chunkSize: BLOCK_BYTES }), () => undefined)
      : file;
    try {
      yield* blocksOf(reads);
    } catch {
      throw new Refusal('file-unreadable', { file: path });
    }
  }

  async print(...values: readonly unknown[]): Promise<void> {
    for (const value of values) {
      const line = `${JSON.stringify(value)}\n`;
      this.gathered.push(line);
      this.chars += line.length;
    }
    if (this.chars >= BLOCK_BYTES) await this.close();
  }

  async write(lines: Uint8Array): Promise<void> {
    await this.close();
    await put(lines);
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  async close(): Promise<void> {
    const block = this.gathered.join('');
    this.gathered = [];
    this.chars = 0;
    if (block !== '') await put(block);
  }
}

/** Who was reading standard output has enough (`| head`). */
export class ReaderGone extends Error {}

function put(block: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(block, (error) => {
      if (!error) resolve();
      else reject('code' in error && error.code === 'EPIPE' ? new ReaderGone() : error);
    });
  });
}
