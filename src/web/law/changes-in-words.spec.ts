import { LANGUAGES } from '../../kernel/index.js';
import { rulesFromFiles } from '../../legal-basis/files/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { changesInWords } from './changes-in-words.js';

describe('what a proposal changes, in words', () => {
  const { versions } = rulesFromFiles();
  const rule = versions.find(({ body }) => body['target_share'] !== undefined)!;
  const sidesOf = (field: string, change: Partial<typeof rule>) =>
    changesInWords(rule, { ...rule, ...change }).map((found) => [
      found.field === field,
      found.before,
      found.after,
    ]);

  it('says both sides of what differs, and nothing of what does not', () => {
    expect(changesInWords(rule, { ...rule, id: 'another' })).toEqual([]);
    const body = { ...rule.body, target_share: '0.4' };
    expect(sidesOf('target_share', { body })).toEqual([
      [
        true,
        { as: 'rule', said: [{ as: 'share', share: Number(rule.body['target_share']) }] },
        { as: 'rule', said: [{ as: 'share', share: 0.4 }] },
      ],
    ]);
  });

  it('says the days together, and the law in its own languages', () => {
    const valid = { from: '2001-01-01', until: '2002-01-01' };
    expect(sidesOf('valid', { valid })).toEqual([
      [true, { as: 'days', days: rule.valid }, { as: 'days', days: valid }],
    ]);
    const citation = { ...rule.citation, nl: 'Art. 1' };
    expect(sidesOf('citation.nl', { citation })).toEqual([
      [
        true,
        { as: 'cited', language: 'nl', text: rule.citation.nl },
        { as: 'cited', language: 'nl', text: 'Art. 1' },
      ],
    ]);
  });

  it('has nothing on the side of a rule that is not there', () => {
    const fields = changesInWords(null, rule);
    expect(fields.map(({ before }) => before).every((before) => before === null)).toBe(true);
    expect(fields.map(({ field }) => field)).toContain('valid');
  });

  it('has a name for every field, in four languages', () => {
    const messages = Messages.load(MESSAGES_FOLDER);
    const named = LANGUAGES.map((language) => messages.entries(language));
    const fields = new Set(
      versions.flatMap((version) => changesInWords(null, version)).map(({ field }) => field),
    );
    const nameless = [...fields].filter((field) => !named.every((one) => one.has(`rules.field.${field}`)));
    expect(nameless).toEqual([]);
  });
});
