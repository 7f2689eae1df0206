// A PostgreSQL of its own for a bench, set as the figures in docs/bench.md were taken.
import { rmSync } from 'node:fs';
import { startEmbedded } from '../../dist/src/platform/db/embedded.js';

const FLAGS = ['fsync=off', 'synchronous_commit=off', 'shared_buffers=2GB', 'jit=off'];

/**
 * Runs a bench on it and ends the process with what the bench returns, or with 1 when it fails.
 * @param isKept whether the folder stays for another run
 */
export async function endWithBench({ folder, isKept }, bench) {
  const postgres = await startEmbedded(
    folder,
    FLAGS.flatMap((flag) => ['-c', flag]),
  );
  try {
    process.exitCode = await bench(postgres.url);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  } finally {
    await postgres.stop();
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
  process.exit();
}
