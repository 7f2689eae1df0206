/**
 * Asks until there is an answer: work in the background takes as long as it takes, on a machine that does other things as
 * well. @throws after `timeoutMs`, before the runner ends a test without a word
 */
export async function eventually<T>(ask: () => Promise<T | null>, timeoutMs = 50_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > until) throw new Error(`nothing after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
