const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 120_000;

/**
 * Stops giving mails to a server that takes none. While open, rows wait without using up a try; after the pause
 * one mail is let through to see. Five failures in a row open it, the pause doubles up to two minutes.
 */
export class Breaker {
  private failures = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private closedAt = 0;
  private isTrying = false;

  /** How many mails may be tried now. @param nowMs of a steady clock @param most when all is well */
  allowance(nowMs: number, most: number): number {
    if (this.failures < FAILURES_TO_OPEN) return most;
    return nowMs >= this.closedAt && !this.isTrying ? Math.min(1, most) : 0;
  }

  /** A mail has been taken for a try. */
  began(): void {
    this.isTrying = this.failures >= FAILURES_TO_OPEN;
  }

  passed(): void {
    this.failures = 0;
    this.pauseMs = FIRST_PAUSE_MS;
    this.isTrying = false;
  }

  failed(nowMs: number): void {
    this.failures += 1;
    this.isTrying = false;
    if (this.failures < FAILURES_TO_OPEN) return;
    this.closedAt = nowMs + this.pauseMs;
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** The try ended without a word about the server (nothing was sent after all). */
  saidNothing(): void {
    this.isTrying = false;
  }
}
