import { parentPort, Worker } from 'node:worker_threads';
import type { Block } from './blocks.js';

export interface AnsweredBlock {
  /** Lines of JSON as UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly refused: boolean;
}

/** @param room memory to write the answers in, where they fit; whoever gets the answer owns it */
export type AnswerBlock = (block: Block, room?: Buffer<ArrayBuffer>) => AnsweredBlock;

/** A module that hands what it answers with to `answerInThread`. */
export interface ThreadModule {
  readonly module: URL;
  /** Handed to it as `workerData`. */
  readonly data: unknown;
}

interface Asked {
  readonly block: Block;
  readonly room: Uint8Array<ArrayBuffer> | undefined;
}

const STARTED = 'started';
/** What a line leaves behind is swept up early: left to its habits, memory grows for the first million lines. */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 };

/** Answers blocks in the order in which it is asked. Memory goes to and fro with them and is not copied. */
export class Thread {
  /** It has started, and answers without delay. */
  ready = false;
  private readonly worker: Worker;
  private readonly asked: PromiseWithResolvers<AnsweredBlock>[] = [];

  constructor({ module, data }: ThreadModule) {
    this.worker = new Worker(module, { workerData: data, resourceLimits: LIMITS });
    this.worker.on('message', (message: AnsweredBlock | typeof STARTED) => {
      if (message === STARTED) this.ready = true;
      else this.asked.shift()?.resolve(message);
    });
    this.worker.on('error', (error) => {
      for (const one of this.asked.splice(0)) one.reject(error);
      this.ready = false;
    });
  }

  /** How many blocks it has not answered yet. */
  get waiting(): number {
    return this.asked.length;
  }

  answer(block: Block, room?: Buffer<ArrayBuffer>): Promise<AnsweredBlock> {
    const answered = Promise.withResolvers<AnsweredBlock>();
    // Awaited in its turn; until then a failure is not unhandled.
    answered.promise.catch(() => undefined);
    this.asked.push(answered);
    const asked: Asked = { block, room };
    this.worker.postMessage(asked, [block.bytes.buffer, ...(room ? [room.buffer] : [])]);
    return answered.promise;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

/** The other end: what the module of a thread does from then on. */
export function answerInThread(answer: AnswerBlock): void {
  const port = parentPort!;
  port.on('message', ({ block, room }: Asked) => {
    const answered = answer(block, room && Buffer.from(room.buffer));
    port.postMessage(answered, [answered.bytes.buffer]);
  });
  port.postMessage(STARTED);
}
