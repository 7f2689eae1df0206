import { loadGeography } from '../../../registry/index.js';
import { anEnterprise } from '../../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch } from '../../../../test/factories/package-to-match.factory.js';
import { evaluateEnterprise } from '../evaluate-enterprise.js';
import { questionOf } from '../match-enterprises.js';
import type { Engagement } from '../standing.js';
import { WEIGHTS } from '../weights.js';
import { dependencyWarning } from './dependency.js';

const job = (packageId: string, contractor: string | undefined, hours: number | null): Engagement => ({
  packageId,
  start: null,
  end: null,
  hours,
  ...(contractor === undefined ? {} : { contractor }),
});
const warned = (
  engagements: readonly Engagement[],
  contractor: string | null = 'a',
  hours: number | null = 100,
) => dependencyWarning({ package: aPackageToMatch({ id: 'p', hours }), contractor }, engagements)?.params;

describe('depending on one client', () => {
  it.each([
    ['most hours from one client', [job('1', 'a', 300), job('2', 'b', 100)], { share: 80, jobs: 3 }],
    ['half of the hours', [job('1', 'a', 100), job('2', 'b', 200)], undefined],
    ['too few jobs to tell', [job('1', 'a', 300)], undefined],
    [
      'jobs counted where hours are not known',
      [job('1', 'a', null), job('2', 'b', 900)],
      { share: 67, jobs: 3 },
    ],
    ['clients that are not known', [job('1', undefined, 300), job('2', undefined, 300)], undefined],
    [
      'this package itself, already won',
      [job('p', 'a', 900), job('1', 'b', 100), job('2', 'c', 100)],
      undefined,
    ],
  ])('%s', (_, engagements, expected) => {
    expect(warned(engagements)).toEqual(expected);
  });

  it('is not known without a client', () => {
    expect(warned([job('1', 'a', 300), job('2', 'a', 100)], null)).toBeUndefined();
  });

  it('is said beside the capacity and decides nothing', () => {
    const question = questionOf(aPackageToMatch(), aLaw(), loadGeography(), '2026-03-10', WEIGHTS, 'a');
    const standing = { merit: 0.5, engagements: [job('1', 'a', 300), job('2', 'a', 100)] };
    const free = { ...standing, engagements: [job('1', 'b', 900), job('2', 'c', 900)] };
    const [bound, loose] = [standing, free].map((one) => evaluateEnterprise(question, anEnterprise(), one));
    const capacity = bound!.criteria.find(({ key }) => key === 'capacity')!;
    expect(capacity.warning).toMatchObject({ code: 'capacity.one-client' });
    const { warning: _, ...rest } = capacity;
    expect(loose!.criteria.find(({ key }) => key === 'capacity')).toEqual(rest);
    expect([bound!.fit, bound!.parts]).toEqual([loose!.fit, loose!.parts]);
  });
});
