import { gateRows } from '../../../test/factories/legal-basis-rows.js';
import { rulesFromFiles } from '../rule-files.js';
import { gates, type GateFacts } from './index.js';

const rules = rulesFromFiles();

function results(facts: GateFacts, on: string): ReadonlyMap<string, string> {
  const given = gates(rules, facts, on);
  return new Map(given.flatMap((one) => ('key' in one ? [[one.key, one.result] as const] : [])));
}

describe('gates', () => {
  it.each(gateRows().map((row) => [row.id, row.why, row] as const))('%s %s', (_id, _why, row) => {
    const given = results(row.facts, row.on);
    expect(Object.fromEntries(Object.keys(row.expect).map((key) => [key, given.get(key) ?? null]))).toEqual(
      row.expect,
    );
  });

  it('wants an approval for a part of a public contract only when its size and kind are known', () => {
    expect(results({ public: true, nature: 'works' }, '2024-01-10').get('APPROVAL-NEEDED')).toBe('ask');
    expect(results({ public: true, nature: 'supplies' }, '2024-01-10').size).toBe(0);
  });

  it('cites the version behind each answer', () => {
    const given = gates(rules, { public: false, nature: 'works', siteValue: '600000' }, '2024-01-10');
    expect(given).toContainEqual(
      expect.objectContaining({ key: 'ATTENDANCE', version: rules.gates.get('ATTENDANCE')?.[0]?.versionId }),
    );
  });

  it('refuses an amount or a day it cannot read', () => {
    expect(gates(rules, { public: true, nature: 'works', partValue: 'much' }, '2024-01-10')).toMatchObject([
      { code: 'gate.value.unreadable', place: { pointer: '/partValue' } },
    ]);
    expect(gates(rules, { public: true, nature: 'works' }, '2031-01-10')).toMatchObject([
      { code: 'gate.date.outside-known-years' },
    ]);
  });
});
