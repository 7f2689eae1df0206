import { loadTagModel } from '../files/load-model.js';
import { rankCandidates, type Shares } from './candidates.js';
import { zeros } from './zeros.js';

const { catalogue } = loadTagModel();

/** Shares given by three-digit group; the division's share is their sum. */
function sharesOf(given: Readonly<Record<string, number>>): Shares {
  const divisions = zeros(catalogue.divisions.length);
  const groups = zeros(catalogue.groups.length);
  for (const [group, share] of Object.entries(given)) {
    const division = catalogue.divisionOf(group);
    divisions[division] = (divisions[division] as number) + share;
    groups[catalogue.groupOf(group)] = share;
  }
  return { divisions, groups, naming: groups };
}

function codes(shares: Shares): string[] {
  return rankCandidates(catalogue, shares).map(({ group }) => catalogue.groups[group] ?? '');
}

describe('the codes shown', () => {
  it('are of three divisions first, then the likeliest groups left', () => {
    expect(codes(sharesOf({ 454: 0.4, 453: 0.3, 452: 0.15, 909: 0.1, 713: 0.05 }))).toEqual([
      '454',
      '909',
      '713',
      '453',
      '452',
    ]);
  });

  it('leave a third division out that is not half as likely as the group it would push out', () => {
    const shares = (third: number) =>
      sharesOf({ 454: 0.4, 453: 0.25, 452: 0.15, 451: 0.1, 909: 0.07, 713: third });
    expect(codes(shares(0.04))).toEqual(['454', '909', '453', '452', '451']);
    expect(codes(shares(0.06))).toEqual(['454', '909', '713', '453', '452']);
  });

  it('hold a whole division only where nothing speaks for one of its groups', () => {
    const shares = sharesOf({ 450: 0.3, 454: 0.4, 453: 0.1, 909: 0.15, 900: 0.05 });
    expect(codes(shares)).toEqual(['454', '909', '453']);
    expect(codes(sharesOf({ 450: 0.9, 909: 0.1 }))).toEqual(['450', '909']);
  });
});
