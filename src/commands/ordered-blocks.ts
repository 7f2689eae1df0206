import { availableParallelism } from 'node:os';
import { Refusal } from '../kernel/index.js';
import { Thread, type AnswerBlock, type AnsweredBlock, type ThreadModule } from './thread.js';
import type { ExitCode, Terminal } from './verb.js';

/** Threads take longer to start than a file of this size takes to answer. */
const BYTES_ALONE = 2 * 1024 * 1024;

/** One that is answered, one that waits, one that is written: no thread is ever idle, and memory stays as it is. */
const BLOCKS_PER_THREAD = 3;

/**
 * Answers the lines of a file in their order and in constant memory, on every core once the file turns out long.
 * @param alone answers in this thread, which is enough for most files
 * @param thread answers the same in a thread of its own
 * @returns 2 when a line was refused
 */
export async function answerBlocks(
  terminal: Terminal,
  file: string,
  alone: AnswerBlock,
  thread: ThreadModule,
): Promise<ExitCode> {
  const threads: Thread[] = [];
  const inFlight: Promise<AnsweredBlock>[] = [];
  const written: Buffer<ArrayBuffer>[] = [];
  let read = 0;
  let code: ExitCode = 0;

  const writeNext = async (): Promise<void> => {
    const { bytes, refused } = await inFlight.shift()!;
    if (refused) code = 2;
    await terminal.write(bytes);
    written.push(Buffer.from(bytes.buffer));
  };
  const writeRest = async (): Promise<void> => {
    while (inFlight.length > 0) await writeNext();
  };
  try {
    for await (const block of terminal.blocks(file)) {
      read += block.bytes.length;
      if (read > BYTES_ALONE && threads.length === 0) threads.push(...start(thread));
      // Until one of them has started, the time is not spent waiting.
      const ready = threads.filter((one) => one.ready).sort((a, b) => a.waiting - b.waiting);
      const room = written.pop();
      inFlight.push(ready[0]?.answer(block, room) ?? Promise.resolve(alone(block, room)));
      while (inFlight.length >= Math.max(1, ready.length * BLOCKS_PER_THREAD)) await writeNext();
    }
    await writeRest();
  } catch (error) {
    // Where the file broke off, what was read of it is answered.
    if (error instanceof Refusal) await writeRest();
    throw error;
  } finally {
    await Promise.all(threads.map((one) => one.stop()));
  }
  return code;
}

/** One for each core: this thread only reads and writes meanwhile. None where there is one core. */
function start(thread: ThreadModule): Thread[] {
  const cores = availableParallelism();
  return cores === 1 ? [] : Array.from({ length: cores }, () => new Thread(thread));
}
