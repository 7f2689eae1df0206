import { LANGUAGES } from '../../kernel/index.js';
import { rulesFromFiles } from '../../legal-basis/files/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import { breakable, lessSure, ruleInWords, type RuleFact } from './rule-in-words.js';

const all = (facts: readonly RuleFact[]): readonly RuleFact[] =>
  facts.flatMap((fact) => [
    fact,
    ...fact.said.flatMap((said) => (said.as === 'facts' ? all(said.facts) : [])),
  ]);

describe('a rule in words', () => {
  const { versions } = rulesFromFiles();
  const messages = Messages.load(MESSAGES_FOLDER);

  it('names each field of each rule in four languages, and leaves out nothing but how sure it is', () => {
    const named = LANGUAGES.map((language) => messages.entries(language));
    for (const { body } of versions) {
      const facts = ruleInWords(body);
      expect(facts.map(({ field }) => field)).toEqual(Object.keys(body).filter((field) => field !== 'marks'));
      for (const { field } of [...all(facts), ...lessSure(body).filter(({ field: of }) => of in body)])
        expect([field, named.every((one) => one.has(`rules.field.${field}`))]).toEqual([field, true]);
    }
  });

  it('knows every sentence it asks for', () => {
    const keys = versions.flatMap(({ body }) =>
      all(ruleInWords(body)).flatMap(({ said }) =>
        said.flatMap((one) => (one.as === 'message' ? [one.key] : [])),
      ),
    );
    expect([...new Set(keys)].filter((key) => !messages.has(key))).toEqual([]);
  });

  it.each([
    [{ answer: '?' }, [{ as: 'message', key: 'rules.value.unsettled' }]],
    [{ region: null }, [{ as: 'message', key: 'rules.everywhere' }]],
    [{ asked: false }, [{ as: 'message', key: 'rules.value.no' }]],
    [{ category_above: 75000 }, [{ as: 'amount', amount: '75000' }]],
    [{ target_share: '0.65' }, [{ as: 'share', share: 0.65 }]],
    [{ share_below: '1' }, [{ as: 'share', share: 1 }]],
    [{ max_years: [2, 3] }, [2, 3].map((number) => ({ as: 'number', number }))],
    [{ law_as_of: '2026-11-22' }, [{ as: 'day', day: '2026-11-22' }]],
    [{ groups: [] }, [{ as: 'groups', codes: [] }]],
    [{ instruments: [] }, []],
    [{ value_limit: 'below-eu-threshold' }, [{ as: 'message', key: 'law.limit.below' }]],
    [{ successor: 'BRU_ESMI' }, [{ as: 'kind', code: 'BRU_ESMI' }]],
    [{ natures: ['works'] }, [{ as: 'code', code: 'works' }]],
    [{ what: 'a clause' }, [{ as: 'english', text: 'a clause' }]],
    [
      { cases: [{ above: 750000, vat_rate: '0.21' }] },
      [
        {
          as: 'facts',
          facts: [
            { field: 'above', said: [{ as: 'amount', amount: '750000' }] },
            { field: 'vat_rate', said: [{ as: 'share', share: 0.21 }] },
          ],
        },
      ],
    ],
  ])('says %j', (body, said) => {
    expect(ruleInWords(body)).toEqual([{ field: Object.keys(body)[0], said }]);
  });

  it('lets a long code break after its signs', () => {
    expect(breakable('FED_ESI59:BE-1993-18BIS-2')).toBe('FED_\u200bESI59:\u200bBE-1993-18BIS-2');
  });
});
