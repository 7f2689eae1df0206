import { globSync, readFileSync } from 'node:fs';
import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { fromRoot } from '../../platform/project-root.js';
import { LIMITS } from './limits.js';

const messages = Messages.load(MESSAGES_FOLDER);

/** Limits that end a reading; `parallel` only makes it wait. */
const ENDING = Object.keys(LIMITS).filter((id) => id !== 'parallel');

const written = globSync('src/tenders/**/*.ts', { cwd: fromRoot() })
  .filter((file) => !file.endsWith('.spec.ts'))
  .flatMap((file) => [
    ...readFileSync(fromRoot(file), 'utf8').matchAll(/'((?:file|json|bill|notice)\.[a-z]+(?:[.-][a-z]+)*)'/g),
  ])
  .map((match) => match[1]!)
  .filter((code) => !/\.(json|xlsx|csv|ts|yaml)$/.test(code));

const composed = ['quantity', 'price'].flatMap((what) => [
  `bill.${what}.unreadable`,
  `bill.${what}.ambiguous`,
]);

describe('every problem of a document', () => {
  const codes = [...new Set([...written, ...composed, ...ENDING.map((id) => `file.limit.${id}`)])].sort();

  it('is found in the code', () => {
    expect(codes.length).toBeGreaterThan(40);
  });

  it.each(LANGUAGES)('has its sentence in %s', (language) => {
    const entries = messages.entries(language);
    const missing = codes.filter(
      (code) => !entries.has(`problem.${code}`) && !entries.has(`problem.${code}_other`),
    );
    expect(missing).toEqual([]);
  });
});
