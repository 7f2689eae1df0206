import { POLICY } from '../../accounts/index.js';
import { whoMay } from './who-may.js';

describe('who may what', () => {
  const table = Object.fromEntries(
    whoMay(POLICY).map(({ area, may }) => [area, may.map(({ what }) => what).join(' ')]),
  );

  it('is read off the policy: anybody, contractor, enterprise, working group, administrator', () => {
    expect(table).toMatchObject({
      open: 'see see see see see',
      entry: 'act act act act act',
      account: 'nothing act act act act',
      trial: 'act act act act act',
      tenders: 'nothing act nothing nothing nothing',
      obligations: 'nothing act nothing nothing nothing',
      opportunities: 'nothing nothing act nothing nothing',
      figures: 'nothing nothing nothing see see',
      outbox: 'nothing nothing nothing nothing see',
    });
  });

  it('changes with the policy, and knows a part for each route', () => {
    const open = whoMay({ 'GET /working-group': { allow: 'anyone' } });
    expect(open.find(({ area }) => area === 'figures')!.may[0]).toEqual({ reader: 'anonymous', what: 'see' });
    expect(() => whoMay({ 'GET /elsewhere': { allow: 'anyone' } })).toThrow('/elsewhere');
  });
});
