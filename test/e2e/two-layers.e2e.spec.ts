import { Client } from 'pg';
import { startTestApp, TestClock, type TestApp } from '../app.js';
import { MARK } from './mark.js';
import { saidBy, Trial } from './two-layers-trial.js';

/**
 * Whose a thing is, is asked twice: by the rooms, which know who is acting, and by row security, which is told so by the
 * transaction. Each is tried with the other off.
 */
describe('what belongs to others', () => {
  let service: TestApp;
  let trial: Trial;
  let owner: Client;
  beforeAll(async () => {
    // The law of the template is known from its loading on.
    service = await startTestApp({ clock: new TestClock(new Date(Date.now() + 60_000)) });
    owner = new Client({ connectionString: service.databaseUrl, options: '-c maillon.role=system' });
    await owner.connect();
    trial = await Trial.of(service, owner);
  }, 240_000);
  afterAll(async () => {
    await owner?.end();
    await service.stop();
  });

  const all = async (leaks: AsyncIterable<string>): Promise<string[]> => {
    const found: string[] = [];
    for await (const leak of leaks) found.push(leak);
    return found;
  };

  it('is shown to those it belongs to', async () => {
    const seen = new Set<string>();
    const { owner: contractor, asker, partner, states, beside } = trial.world;
    for (const [role, by] of [
      ['contractor', contractor],
      ['enterprise', asker],
      ['enterprise', partner],
    ] as const)
      for (const one of trial.tries(role).filter(({ route }) => route.startsWith('GET ')))
        if (saidBy(await trial.knock(one, by)).includes(MARK)) seen.add(one.state);
    // Or the trials below would try what is not there. Of some things there are lists alone.
    const things = [...Object.keys(states), ...Object.keys(beside)];
    const listed = ['layouts', 'tag-rules', 'team'];
    expect(things.filter((thing) => !seen.has(thing) && !listed.includes(thing))).toEqual([]);
  }, 120_000);

  it('is kept from others by the rooms alone', async () => {
    const { otherContractor, unmatched } = trial.world;
    await trial.switchRowSecurity('DISABLE');
    try {
      expect(await all(trial.leaks('contractor', otherContractor))).toEqual([]);
      expect(await all(trial.leaks('enterprise', unmatched))).toEqual([]);
    } finally {
      await trial.switchRowSecurity('ENABLE');
    }
  }, 120_000);

  it('is kept from others by row security alone', async () => {
    expect(await trial.leaksOfRowSecurity()).toEqual([]);
  }, 180_000);

  it('leaks when both are off, or the two trials above would prove nothing', async () => {
    const { owner: contractor, otherContractor, states } = trial.world;
    const mine = { route: 'GET /api/v1/tenders/:id', objects: states.published };
    await trial.switchRowSecurity('DISABLE');
    const answer = await trial.whileTheRoomsBelieve(contractor.actor, otherContractor.actor, () =>
      trial.knock(mine, contractor),
    );
    await trial.switchRowSecurity('ENABLE');
    expect(answer.text).toContain(MARK);
  });
});
