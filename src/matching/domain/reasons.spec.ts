import { readFileSync, globSync } from 'node:fs';
import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { fromRoot } from '../../platform/project-root.js';
import { DOUBTS } from './criteria/credentials.js';

const messages = Messages.load(MESSAGES_FOLDER);
const text = (pattern: string): string =>
  globSync(pattern, { cwd: fromRoot() })
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(fromRoot(file), 'utf8'))
    .join('\n');

/** Codes as they are written in the criteria, read from the source so that a new one cannot be forgotten. */
function reasonCodes(): string[] {
  const source = text('src/matching/domain/criteria/*.ts');
  const plain = [...source.matchAll(/criterion\(\s*'(\w+)',\s*'(?:pass|fail|unknown)',\s*'([\w-]+)'/g)];
  const zones = ['country', 'radius', 'areas', 'unset'].flatMap((type) => [
    `zone.served-${type}`,
    `zone.outside-${type}`,
  ]);
  return [
    ...plain.map(([, key, code]) => `${key}.${code}`),
    ...zones,
    'trade.some',
    'trade.same',
    'trade.related',
    'capacity.not-stated',
    ...DOUBTS.map((doubt) => `credentials.${doubt}`),
  ];
}

describe('the sentences of matching', () => {
  it.each(LANGUAGES)('say every reason in %s', (language) => {
    const codes = [...new Set(reasonCodes())];
    expect(codes.length).toBeGreaterThan(48);
    expect(codes.filter((code) => !messages.entries(language).has(`reason.${code}`))).toEqual([]);
  });

  it.each(LANGUAGES)('say every change in %s', (language) => {
    const source = text('src/matching/domain/propose-changes.ts');
    const codes = [...source.matchAll(/by(?:Enterprise|Contractor)\(\s*[^'`]*?,\s*'([\w.-]+)'/g)].map(
      (match) => match[1]!,
    );
    expect(codes.length).toBeGreaterThan(12);
    expect(codes.filter((code) => !messages.entries(language).has(`change.${code}`))).toEqual([]);
  });

  it.each(LANGUAGES)('say every problem in %s', (language) => {
    const said = [
      ...text('src/{matching,registry}/domain/*.ts').matchAll(/reader\.say\(\s*[^,]+,\s*'([\w.-]+)'/g),
    ].map((match) => match[1]!);
    expect(said.length).toBeGreaterThan(20);
    const has = (code: string): boolean =>
      ['registry', 'matching'].some((room) => messages.entries(language).has(`problem.${room}.${code}`));
    expect([...new Set(said)].filter((code) => !has(code))).toEqual([]);
  });
});
