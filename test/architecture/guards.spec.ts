import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fromRoot } from '../../src/platform/project-root.js';

interface Guard {
  readonly guard: string;
  readonly file: string;
  readonly find: string;
  readonly spec: string;
}

const { GUARDS } = (await import(fromRoot('scripts/guards.mjs'))) as { GUARDS: readonly Guard[] };
const SPECS = readdirSync(fromRoot('test'), { recursive: true }).map(String);

describe('a guard that is taken away on trial', () => {
  it.each(GUARDS)('stands once where it is looked for: $guard', ({ file, find, spec }) => {
    expect(existsSync(fromRoot(file))).toBe(true);
    expect(readFileSync(fromRoot(file), 'utf8').split(find)).toHaveLength(2);
    expect(SPECS.some((path) => path.endsWith('.spec.ts') && new RegExp(spec).test(path))).toBe(true);
  });
});
