import { Script } from 'node:vm';

const work = new Script('run()');

/**
 * Ends work that does not wait for anything and takes too long: the runner cannot cut it, and a test of it could only
 * fail by never ending.
 * @throws after `seconds`, which work that grows with its text takes a hundredth of
 */
export function within<T>(seconds: number, run: () => T): T {
  return work.runInNewContext({ run }, { timeout: seconds * 1000 }) as T;
}
