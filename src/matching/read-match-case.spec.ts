import fc from 'fast-check';
import { rulesFromFiles } from '../legal-basis/index.js';
import { loadGeography } from '../registry/index.js';
import { anEnterprise } from '../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch } from '../../test/factories/package-to-match.factory.js';
import { evaluateEnterprise, projectPostings, questionOf, rankEvaluations } from './domain/index.js';
import { readMatchCase } from './read-match-case.js';

const rules = rulesFromFiles();
const geography = loadGeography();
const law = aLaw();

/** What people and programs write where something else belongs. */
const WRONG = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', -1, 0, 1e308, true, [], {}, [null], [[]], { type: 'circle' }),
  fc.constantFrom(
    '99999999',
    '2026-13-45',
    'geo:99,999',
    'geo:5.5,50.6',
    'nis:00000',
    'nuts:ZZ',
    '-1',
    '1e9',
  ),
  fc.constant(Array.from({ length: 10_000 }, () => 'nis:62096')),
);

/** Every place inside a value, as a path of keys. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const enterprise = {
  ...anEnterprise({ id: 'broken' }),
  art59: { validFrom: '2026-01-01', validUntil: null },
  ratios: [{ asOf: '2026-01-01', method: 'fte', share: '0.4', disabledShare: null }],
  credentials: [{ kind: 'agreation', category: 'D13', class: 1, technique: null, validUntil: null }],
  members: [{ ref: 'm1', activities: anEnterprise().activities }],
};
const workPackage = {
  ...aPackageToMatch({ id: 'broken' }),
  hours: { min: 10, max: 900 },
  credentials: [{ kind: 'agreation', category: 'D13', class: 1 }],
  place: { sites: ['nis:62096', 'geo:50.6,5.5'], enterprisesWithin: { geo: '50.48,4.19', km: 22 } },
};

describe('a case with anything wrong anywhere', () => {
  const broken = (sound: object) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(sound).slice(1)), WRONG), { minLength: 1, maxLength: 3 })
      .map((damages) => damages.reduce<unknown>((value, [at, wrong]) => damage(value, at, wrong), sound));
  /** An earlier damage may have taken the place away. */
  const damage = (value: unknown, at: readonly string[], wrong: unknown): unknown => {
    try {
      return replaced(value, at, wrong);
    } catch {
      return value;
    }
  };

  it('names the field, leaves the sound rows, and lets matching read all that it takes', () => {
    fc.assert(
      fc.property(broken(enterprise), broken(workPackage), (badEnterprise, badPackage) => {
        const read = readMatchCase(
          {
            on: '2026-03-10',
            enterprises: [badEnterprise, anEnterprise({ id: 'sound' })],
            tenders: [{ id: 't', packages: [badPackage, aPackageToMatch({ id: 'sound' })] }],
          },
          rules,
        );
        if ('refused' in read) throw new Error('the sound ones are left');
        for (const { code, place, expected } of read.problems) {
          expect(code).toMatch(/^(registry|matching)\.[a-z-]+/);
          expect(place).toMatchObject({ pointer: expect.stringMatching(/^\/(enterprises|tenders)\/0/) });
          expect(expected).toMatch(/\w/);
        }
        expect(read.enterprises.map(({ id }) => id)).toContain('sound');
        expect(read.packages.map((one) => one.package.id)).toContain('sound');
        for (const taken of read.enterprises)
          expect(projectPostings(taken, geography).length).toBeLessThan(500);
        for (const { package: asked } of read.packages) {
          const question = questionOf(asked, law, geography, read.on);
          const evaluations = read.enterprises.map((one) => evaluateEnterprise(question, one));
          for (const match of rankEvaluations(question, evaluations)) {
            expect(match.score).toBeGreaterThanOrEqual(0);
            expect(match.score).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [{ buyer: 'emperor' }, '/buyer'],
    [{ buyer: 5 }, '/buyer'],
    [{ buyer: 'public', date: '2026-02-30' }, '/date'],
    [{ buyer: 'public', date: '1950-01-01' }, '/date'],
    [{ buyer: 'public', value: 'a lot' }, '/value'],
    [{ buyer: 'public', nature: 'art' }, '/nature'],
  ])('names the fact that the law cannot read, and goes on with the other tenders: %j', (facts, pointer) => {
    const read = readMatchCase(
      {
        on: '2026-03-10',
        enterprises: [anEnterprise({ id: 'sound' })],
        tenders: [
          { id: 'bad', facts, packages: [aPackageToMatch({ id: 'shut' })] },
          { id: 'good', facts: { buyer: 'private' }, packages: [aPackageToMatch({ id: 'sound' })] },
        ],
      },
      rules,
    );
    if ('refused' in read) throw new Error('the sound one is left');
    expect(read.packages.map((one) => one.package.id)).toEqual(['sound']);
    expect(read.problems.map(({ place }) => place)).toEqual([{ pointer: `/tenders/0/facts${pointer}` }]);
  });
});
