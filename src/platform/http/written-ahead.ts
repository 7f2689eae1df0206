import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/**
 * An answer too large to be held, written to a file without a name as fast as its pieces come, and given from there while it is
 * written: whoever takes it slowly, or not at all, keeps that file and no connection of the database. A failure before the first
 * piece is answered as one; one after it breaks the answer off, so that nobody takes a part for the whole.
 */
export async function writtenAhead(pieces: AsyncIterable<string>): Promise<Readable> {
  const path = join(tmpdir(), `maillon-answer-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  // From here on nobody else can open it, and whatever ends this process removes it.
  await unlink(path);
  const written = new Written(pieces, file);
  try {
    await written.beyond(0);
  } catch (error) {
    await file.close();
    throw error;
  }
  const answer = Readable.from(written.chunks(), { objectMode: false });
  answer.once('close', () => void written.leave());
  return answer;
}

/** A file that grows, and whoever reads behind. */
class Written {
  private bytes = 0;
  private isOver = false;
  private isLeft = false;
  private wake = (): void => undefined;
  private readonly writing: Promise<void>;

  constructor(
    pieces: AsyncIterable<string>,
    private readonly file: FileHandle,
  ) {
    this.writing = this.write(pieces).finally(() => {
      this.isOver = true;
      this.wake();
    });
    // Told to whoever reads, when they come to the end.
    this.writing.catch(() => undefined);
  }

  /** @returns false when there is nothing beyond, and never will be */
  async beyond(at: number): Promise<boolean> {
    while (this.bytes <= at && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.bytes <= at) await this.writing;
    return this.bytes > at;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; await this.beyond(at);) {
      const { bytesRead, buffer } = await this.file.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** Nobody reads on. */
  async leave(): Promise<void> {
    this.isLeft = true;
    await this.writing.catch(() => undefined);
    await this.file.close();
  }

  private async write(pieces: AsyncIterable<string>): Promise<void> {
    for await (const piece of pieces) {
      if (this.isLeft) return;
      await this.file.appendFile(piece);
      this.bytes += Buffer.byteLength(piece);
      this.wake();
    }
  }
}
