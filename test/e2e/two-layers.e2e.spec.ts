import { Client } from 'pg';
import { ownsObligation } from '../../src/obligations/index.js';
import { ownsPackage, ownsReading, ownsTender } from '../../src/tenders/index.js';
import { startTestApp, type TestApp } from '../app.js';
import { Outsider } from './outsider.js';
import { SYSTEM } from '../database.js';
import { MARK } from './mark.js';
import { saidBy, Trial } from './two-layers-trial.js';

const STRANGER = { role: 'anonymous', organisationId: null, personId: null, requestId: 'test' } as const;

const SIGNED_IN = ['contractor read', 'enterprise read'];
const ANYBODY = (reach: string) =>
  ['contractor', 'enterprise', 'anonymous'].map((role) => `${role} ${reach}`);

/** What is not kept from others, table by table: names, the register, the law; and that whatever is done is written down. */
const FOR_OTHERS_TOO: Readonly<Record<string, readonly string[]>> = {
  'accounts.organisation': SIGNED_IN,
  'legal_basis.rule_version': ANYBODY('read'),
  'matching.merit': SIGNED_IN,
  'matching.posting': SIGNED_IN,
  // Whoever changes what figures follow from leaves a mark.
  'monitoring.marked_package': ANYBODY('write'),
  'platform.audit_entry': ANYBODY('write'),
  'platform.audit_head': ANYBODY('read change write'),
  'platform.audit_personal': ANYBODY('write'),
  'registry.approval': SIGNED_IN,
  'registry.enterprise': SIGNED_IN,
  'registry.enterprise_version': SIGNED_IN,
  // Of a tender that is shown to everybody.
  'tenders.audience': ['enterprise read', 'anonymous read'],
  'tenders.public_change': ANYBODY('read'),
};

/**
 * Whose a thing is, is asked twice: by the rooms, which know who is acting, and by row security, which is told so by the
 * transaction. Each is tried with the other off.
 */
describe('what belongs to others', () => {
  let service: TestApp;
  let trial: Trial;
  let owner: Client;
  beforeAll(async () => {
    service = await startTestApp();
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
  }, 300_000);

  it('is kept from others by the rooms alone', async () => {
    const { otherContractor, unmatched } = trial.world;
    await trial.switchRowSecurity('DISABLE');
    try {
      expect(await all(trial.leaks('contractor', otherContractor))).toEqual([]);
      expect(await all(trial.leaks('enterprise', unmatched))).toEqual([]);
    } finally {
      await trial.switchRowSecurity('ENABLE');
    }
  }, 300_000);

  it('is kept from others by row security alone', async () => {
    expect(await trial.leaksOfRowSecurity()).toEqual([]);
  }, 480_000);

  it('is known by whose it is', async () => {
    const { owner: contractor, otherContractor, states, beside } = trial.world;
    const { id, packageId } = states.published;
    const things = [
      [ownsTender, id],
      [ownsPackage, packageId],
      [ownsReading, beside['readings']!['id']],
      [ownsObligation, beside['obligations']!['id']],
    ] as const;
    for (const [owns, thing] of things)
      for (const { actor } of [contractor, otherContractor])
        expect([
          owns.name,
          await service.database.transaction(SYSTEM, (tx) => owns(tx, actor.organisationId!, thing!)),
        ]).toEqual([owns.name, actor === contractor.actor]);
  });

  it('leaks when both are off, or the two trials above would prove nothing', async () => {
    const { owner: contractor, otherContractor, states } = trial.world;
    const mine = { route: 'GET /api/v1/tenders/:id', objects: states.published };
    await trial.switchRowSecurity('DISABLE');
    try {
      const answer = await trial.whileTheRoomsBelieve(contractor.actor, otherContractor.actor, () =>
        trial.knock(mine, contractor),
      );
      expect(answer.text).toContain(MARK);
    } finally {
      await trial.switchRowSecurity('ENABLE');
    }
  });

  // The last: it takes constraints and triggers away.
  it('is kept from others by each policy of row security', async () => {
    const { owner: contractor, otherContractor, unmatched } = trial.world;
    const outsider = await Outsider.of(service, owner, contractor.actor.organisationId!);
    const people = { contractor: otherContractor.actor, enterprise: unmatched.actor, anonymous: STRANGER };
    const reachIn = async (table: string): Promise<string[]> => {
      const found: string[] = [];
      for (const [name, actor] of Object.entries(people)) {
        const reach = await outsider.reach(actor, table);
        if (reach.length > 0) found.push(`${name} ${reach.join(' ')}`);
      }
      return found;
    };
    const reached: Record<string, string[]> = {};
    for (const table of outsider.tables) {
      const reach = await reachIn(table);
      if (reach.length > 0) reached[table] = reach;
    }
    expect(reached).toEqual(FOR_OTHERS_TOO);

    const unnoticed: string[] = [];
    const policies = await outsider.policies();
    expect(policies.length).toBeGreaterThan(120);
    for (const policy of policies) {
      const without = await outsider.without(policy, () => reachIn(policy.table));
      if (without.join() === (reached[policy.table] ?? []).join())
        unnoticed.push(`${policy.table} ${policy.name}`);
    }
    expect(unnoticed).toEqual([]);
  }, 480_000);
});
