import { addDays, addDecimals, contains, type Day, type Decimal } from '../../kernel/index.js';
import { readRules, ruleFiles, rulesFromFiles } from '../rule-files.js';
import { clauseOptions, gates, inForce, type ClauseFacts, type RuleVersion } from './index.js';

/** Written out of the rule files themselves: a row that is added is asked about too. */
const versions = readRules(ruleFiles()) as RuleVersion[];
const rules = rulesFromFiles();

/** The day before, the first, the last and the day after, as far as the law is known. */
function edgeDays({ valid: { from, until } }: RuleVersion): Day[] {
  const days = [
    ...(from === null ? [] : [addDays(from, -1), from, addDays(from, 1)]),
    ...(until === null ? [] : [addDays(until, -2), addDays(until, -1), until]),
  ];
  return (from === null && until === null ? ['2020-02-29'] : days).filter((day) =>
    contains(rules.known, day),
  );
}

/** What a rule says on a day: a search through every version, as a reader of the files would do it. */
function saidOn(set: string, key: string, day: Day): RuleVersion | null {
  return (
    versions.find(
      (one) =>
        one.set === set &&
        one.key === key &&
        (one.valid.from ?? '0') <= day &&
        (one.valid.until === null || day < one.valid.until),
    ) ?? null
  );
}

const around = (amount: number): Decimal[] =>
  ['-0.01', '0', '0.01'].map((step) => addDecimals(`${amount}.00`, step));

/** Facts whose threshold is the one of a key, on days when the light regime is in force or not. */
const LEADING_TO: Readonly<Record<string, Partial<ClauseFacts>>> = {
  WORKS: { nature: 'works' },
  CENTRAL: { nature: 'supplies', level: 'federal' },
  SUBCENTRAL: { nature: 'supplies', level: 'local' },
  UTILITIES: { nature: 'supplies', buyer: 'public-utility' },
  SOCIAL: { nature: 'services', cpv: '85312510' },
  'SOCIAL-UTILITIES': { nature: 'services', cpv: '85312510', buyer: 'public-utility' },
};
const BEFORE_LIGHT_REGIME: Readonly<Record<string, string>> = {
  SOCIAL: 'SUBCENTRAL',
  'SOCIAL-UTILITIES': 'UTILITIES',
};

describe('one unit and one day to each side', () => {
  it('of every threshold: a cent under it is below, the amount and a cent over reach it', () => {
    const wrong = versions.flatMap((version) => {
      if (version.set !== 'threshold') return [];
      const leading = LEADING_TO[version.key];
      if (!leading) return [`no facts lead to ${version.key}`];
      return edgeDays(version).flatMap((date) => {
        const said =
          saidOn('threshold', version.key, date) ??
          saidOn('threshold', BEFORE_LIGHT_REGIME[version.key] ?? '', date);
        const limit = said === null ? null : Number(said.body['amount']);
        return around(limit ?? Number(version.body['amount'])).flatMap((value) => {
          const given = clauseOptions(rules, { buyer: 'public', ...leading, date, value });
          const expected = [
            limit === null ? null : `${limit}.00`,
            limit === null ? null : Number(value) >= limit,
          ];
          // Before the acts that are modelled no threshold is answered.
          if ('regime' in given && given.regime === 'PRE') return [];
          const found = 'regime' in given ? [given.threshold, given.aboveThreshold] : given;
          return JSON.stringify(found) === JSON.stringify(expected)
            ? []
            : [`${version.key} ${date} ${value}: ${JSON.stringify(found)}`];
        });
      });
    });
    expect(wrong).toEqual([]);
  });

  it('of every value in a duty: over it or at it as the text says, on the days it holds', () => {
    const wrong = versions.flatMap((version) => {
      const { set, key, body } = version;
      const cases = body['cases'] as Record<string, unknown>[] | undefined;
      if (set !== 'overlay' || body['duty'] === 'guidance' || !cases) return [];
      return cases.flatMap((one) => {
        const limit = (one['above'] ?? one['from']) as number | undefined;
        if (limit === undefined || one['vat_rate'] !== undefined) return [];
        return edgeDays(version).flatMap((date) =>
          around(limit).flatMap((value) => {
            const inside = contains(version.valid, date);
            const reached = one['above'] === undefined ? Number(value) >= limit : Number(value) > limit;
            const given = clauseOptions(rules, { ...factsOf(body, one), date, value });
            // Before the acts that are modelled a person is asked, and no duty is answered.
            if ('regime' in given && given.regime === 'PRE')
              return given.asks.length > 0 ? [] : [`${key} ${date}`];
            const found = 'regime' in given && given.duties.some((duty) => duty.basis === key);
            const saysAnother = !inside && saidOn('overlay', key, date) !== null;
            return saysAnother || found === (inside && reached) ? [] : [`${key} ${date} ${value}: ${found}`];
          }),
        );
      });
    });
    expect(wrong).toEqual([]);
  });

  it('of every class of approval: its limit is inside, a cent over is not', () => {
    const wrong = versions.flatMap((version) => {
      if (version.set !== 'approval-class') return [];
      const approvalClass = Number(version.key.replace('CLASS-', ''));
      return edgeDays(version).flatMap((on) => {
        const said = saidOn('approval-class', version.key, on);
        const limit = said?.body['amount'] as number | null | undefined;
        if (limit === undefined) return [`${version.key} ${on}: nothing said`];
        return around(limit ?? 99_000_000).flatMap((partValue) => {
          const given = gates(
            rules,
            { public: true, nature: 'works', approvalLevel: 'category', partValue, approvalClass },
            on,
          );
          const found = given.find((one) => 'key' in one && one.key === version.key);
          const expected = limit === null || Number(partValue) <= limit ? 'pass' : 'fail';
          return found && 'result' in found && found.result === expected
            ? []
            : [`${version.key} ${on} ${partValue}`];
        });
      });
    });
    expect(wrong).toEqual([]);
  });

  it('of every other row: in force from its first day to its last', () => {
    const held = new Map<string, Map<string, readonly { versionId: string; valid: RuleVersion['valid'] }[]>>([
      ['basis', new Map(rules.bases)],
      ['overlay', new Map(rules.overlays)],
      ['kind', new Map(rules.kinds)],
      ['gate', new Map(rules.gates)],
      ['eligibility', new Map(rules.eligibility)],
      ['regime', new Map([['REGIME', rules.regimes]])],
    ]);
    const wrong = versions.flatMap((version) => {
      const all = held.get(version.set)?.get(version.key);
      if (!held.has(version.set)) return [];
      return edgeDays(version).flatMap((day) => {
        const found = inForce(all, day)?.versionId ?? null;
        return found === (saidOn(version.set, version.key, day)?.id ?? null) ? [] : [`${version.key} ${day}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});

/** Facts that meet every condition of a case but its value. */
function factsOf(body: RuleVersion['body'], one: Record<string, unknown>): ClauseFacts {
  const first = (name: string): unknown => (one[name] as unknown[] | undefined)?.[0];
  const facts = {
    buyer: (body['buyers'] as string[])[0],
    region: body['region'] ?? 'WAL',
    level: first('levels') ?? 'local',
    nature: first('natures') ?? 'works',
    workKind: first('work_kinds') ?? null,
    durationDays: Number(one['over_days'] ?? 999) + 1,
  };
  return facts as unknown as ClauseFacts;
}
