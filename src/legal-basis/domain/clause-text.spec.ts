import fc from 'fast-check';
import { clauseRows } from '../../../test/factories/legal-basis-rows.js';
import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { rulesFromFiles } from '../rule-files.js';
import { clauseOptions, clauseWriter, type ClauseFacts } from './index.js';

const rules = rulesFromFiles();
const catalogue = Messages.load(MESSAGES_FOLDER);
const ROWS = clauseRows().map((row) => row.facts);

/** Facts of the worked rows, put together anew: each field may be another row's, or be left out. */
const facts: fc.Arbitrary<ClauseFacts> = fc
  .tuple(
    fc.record(
      Object.fromEntries(
        [...new Set(ROWS.flatMap((row) => Object.keys(row)))].map((field) => [
          field,
          fc.constantFrom(...ROWS.map((row) => row[field as keyof ClauseFacts])),
        ]),
      ),
    ),
    fc.record(
      { id: fc.string({ unit: 'binary' }), mainContract: fc.string({ unit: 'binary' }) },
      { requiredKeys: [] },
    ),
    fc.constantFrom(...ROWS),
  )
  .map(([mixed, typed, { date, buyer }]) => ({ ...mixed, ...typed, date, buyer }) as ClauseFacts);

const utf8 = (written: string): string => Buffer.from(written, 'latin1').toString();

describe('the text of an answer', () => {
  it.each(LANGUAGES)('is what JSON.stringify writes, first and from memory, in %s', (language) => {
    const words = (key: string, params?: Record<string, string | number>): string =>
      catalogue.text(language, key, params);
    const write = clauseWriter(rules, words);
    let answers = 0;
    const agrees = (asked: ClauseFacts): void => {
      const expected = clauseOptions(rules, asked, words);
      const written = write(asked);
      answers += Array.isArray(written) ? 0 : 1;
      const text = Array.isArray(written) ? JSON.stringify(written) : utf8(written);
      expect(text).toBe(JSON.stringify(expected));
    };
    for (const row of [...ROWS, ...ROWS]) agrees(row);
    fc.assert(fc.property(facts, agrees), { numRuns: 400 });
    expect(answers).toBeGreaterThan(2 * ROWS.length);
  });
});
