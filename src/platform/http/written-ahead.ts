import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * An answer too large to be held, written to a file without a name before its first byte is given: whoever takes it
 * slowly, or not at all, keeps that file and no connection of the database, and a failure is answered as one.
 * @returns the file from its start; it is gone when the stream ends or is destroyed
 */
export async function writtenFirst(pieces: AsyncIterable<string>): Promise<Readable> {
  const path = join(tmpdir(), `maillon-answer-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    // From here on nobody else can open it, and whatever ends this process removes it.
    await unlink(path);
    for await (const piece of pieces) await file.appendFile(piece);
    return file.createReadStream({ start: 0 });
  } catch (error) {
    await file.close();
    throw error;
  }
}
