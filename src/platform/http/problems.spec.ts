import { globSync, readFileSync } from 'node:fs';
import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../i18n/index.js';
import { fromRoot } from '../project-root.js';
import { PROBLEMS } from './problems.js';

const messages = Messages.load(MESSAGES_FOLDER);
const sources = globSync('src/**/*.ts', { cwd: fromRoot() }).filter(
  // What only the command line can meet never becomes an answer.
  (file) => !file.endsWith('.spec.ts') && !/^src\/(commands|platform\/(backup|config))\//.test(file),
);

/** Codes that the code refuses with, written out. */
function refusals(file: string): { file: string; code: string }[] {
  const text = readFileSync(fromRoot(file), 'utf8');
  return [...text.matchAll(/new Refusal\(\s*'([\w-]+)'/g)].map((match) => ({ file, code: match[1]! }));
}

describe('the table of problems', () => {
  it('lists every code the service refuses with', () => {
    const unlisted = sources.flatMap(refusals).filter(({ code }) => !Object.hasOwn(PROBLEMS, code));
    expect(unlisted).toEqual([]);
  });

  it.each(LANGUAGES)('has a title and a sentence for each in %s', (language) => {
    const missing = Object.entries(PROBLEMS).flatMap(([code, { status }]) =>
      [`http.title.${status}`, `refusal.${code}`].filter(
        (key) => !messages.entries(language).has(key) && !messages.entries(language).has(`${key}_other`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('answers with statuses of errors', () => {
    for (const { status } of Object.values(PROBLEMS))
      expect([status >= 400, status < 600]).toEqual([true, true]);
  });
});
