import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../kernel/index.js';
import type { Terminal } from './verb.js';

/** Lines are gathered up to this size before they are written: one write per line would cost more than the work. */
const BLOCK_CHARS = 64 * 1024;

/** The process's own streams. `close` writes what is still gathered. */
export class ProcessTerminal implements Terminal {
  private gathered: string[] = [];
  private chars = 0;

  async read(path: string): Promise<Buffer> {
    try {
      return path === '-' ? await buffer(process.stdin) : await readFile(path);
    } catch {
      throw new Refusal('file-unreadable', { file: path });
    }
  }

  async *lines(path: string): AsyncIterable<string> {
    const file = path === '-' ? process.stdin : createReadStream(path);
    const failed = new Promise<never>((_, reject) => {
      file.once('error', () => reject(new Refusal('file-unreadable', { file: path })));
    });
    failed.catch(() => undefined);
    const lines = createInterface({
      input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file,
      crlfDelay: Infinity,
    });
    const iterator = lines[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([iterator.next(), failed]);
      if (next.done) return;
      if (next.value.trim() !== '') yield next.value;
    }
  }

  async print(value: unknown): Promise<void> {
    const line = `${JSON.stringify(value)}\n`;
    this.gathered.push(line);
    this.chars += line.length;
    if (this.chars >= BLOCK_CHARS) await this.close();
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  async close(): Promise<void> {
    const block = this.gathered.join('');
    this.gathered = [];
    this.chars = 0;
    if (block !== '')
      await new Promise<void>((resolve, reject) => {
        process.stdout.write(block, (error) => (error ? reject(error) : resolve()));
      });
  }
}
