import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../kernel/index.js';
import type { Terminal } from './verb.js';

const LINE_END = /\r?\n/;
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

  async *lines(path: string): AsyncIterable<readonly string[]> {
    const file: Readable = path === '-' ? process.stdin : createReadStream(path);
    const text = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
    text.setEncoding('utf8');
    const blocks = (text as AsyncIterable<string>)[Symbol.asyncIterator]();
    const next = (): Promise<IteratorResult<string>> =>
      blocks.next().catch(() => {
        throw new Refusal('file-unreadable', { file: path });
      });
    let rest = '';
    for (let block = await next(); !block.done; block = await next()) {
      const lines = (rest + block.value).split(LINE_END);
      rest = lines.pop() ?? '';
      yield lines.filter((line) => line.trim() !== '');
    }
    if (rest.trim() !== '') yield [rest];
  }

  async print(...values: readonly unknown[]): Promise<void> {
    for (const value of values) {
      const line = `${JSON.stringify(value)}\n`;
      this.gathered.push(line);
      this.chars += line.length;
    }
    if (this.chars >= BLOCK_CHARS) await this.close();
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

function put(block: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(block, (error) => (error ? reject(error) : resolve()));
  });
}
