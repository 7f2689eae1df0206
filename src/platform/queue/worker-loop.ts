import type { Jobs } from './jobs.js';

/** Work that goes on as long as the process is a worker. */
export interface Loop {
  start(): void;
  /** Takes nothing new and lets what runs end. */
  stop(): Promise<void>;
}

/** Everything a worker does, started and stopped together. */
export class WorkerLoop {
  private readonly loops: Loop[] = [];
  private running = false;

  constructor(private readonly jobs: Jobs) {}

  /** To be called before the start, from `onModuleInit`. */
  add(loop: Loop): void {
    this.loops.push(loop);
    if (this.running) loop.start();
  }

  async start(): Promise<void> {
    this.running = true;
    await this.jobs.start();
    for (const loop of this.loops) loop.start();
  }

  async stop(): Promise<void> {
    this.running = false;
    // Their last steps may add jobs.
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.jobs.stop();
  }
}
