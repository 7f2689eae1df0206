import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Actor } from '../../../src/kernel/index.js';
import { Clock } from '../../../src/platform/clock.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { enterprisesChangedByDay, enterpriseVersion, RegistryService } from '../../../src/registry/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anActivity, anApproval, anEnterprise } from '../../factories/enterprise.factory.js';

class Standing extends Clock {
  constructor(private at: string) {
    super();
  }
  set(at: string): void {
    this.at = at;
  }
  now(): Date {
    return new Date(this.at);
  }
}

const owner = (organisationId: string): Actor => ({ ...SYSTEM, role: 'enterprise', organisationId });

const manyMembers = () =>
  Array.from({ length: 21 }, (_, i) => ({
    ref: `m${i}`,
    activities: Array.from({ length: 100 }, () => anActivity()),
  }));

describe('the register', () => {
  let db: TestDatabase;
  const clock = new Standing('2026-03-01T09:00:00Z');
  const registry = new RegistryService(clock);
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  beforeEach(() => clock.set('2026-03-01T09:00:00Z'));
  afterAll(() => db.drop());

  const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.database.transaction(actor, work);
  const { id: _, approvals, ...profile } = anEnterprise();
  const enter = async (): Promise<{ id: string; organisationId: string }> => {
    const organisationId = randomUUID();
    const id = await as(SYSTEM, (tx) =>
      registry.register(tx, SYSTEM, { ...profile, approvals }, { organisationId }),
    );
    return { id, organisationId };
  };
  const nameOn = async (id: string, on: string, knownAt: string): Promise<string | undefined> => {
    const [found] = await as(SYSTEM, (tx) => registry.asOf(tx, [id], { on, knownAt: new Date(knownAt) }));
    return found?.enterprise.name;
  };

  it('gives back what was entered', async () => {
    const { id, organisationId } = await enter();
    const [found] = await as(SYSTEM, (tx) =>
      registry.asOf(tx, [id], { on: '2026-03-01', knownAt: clock.now() }),
    );
    expect(found).toMatchObject({ organisationId, enterprise: { ...profile, id, approvals } });
    const cited = await as(SYSTEM, (tx) => enterpriseVersion(tx, found!.versionId, clock.now()));
    expect(cited).toEqual(found);
  });

  it('changes a profile from a day on and keeps what was known', async () => {
    const { id, organisationId } = await enter();
    clock.set('2026-03-10T09:00:00Z');
    const actor = owner(organisationId);
    await as(actor, (tx) =>
      registry.changeProfile(tx, actor, id, { ...profile, name: 'Nouveau nom' }, '2026-04-01'),
    );
    expect(await nameOn(id, '2026-03-31', '2026-03-11T00:00:00Z')).toBe(profile.name);
    expect(await nameOn(id, '2026-04-01', '2026-03-11T00:00:00Z')).toBe('Nouveau nom');
    expect(await nameOn(id, '2026-04-01', '2026-03-05T00:00:00Z')).toBe(profile.name);
    expect(await nameOn(id, '2026-04-01', '2026-02-01T00:00:00Z')).toBeUndefined();
  });

  it('survives two changes in one instant', async () => {
    const { id } = await enter();
    await as(SYSTEM, (tx) =>
      registry.changeProfile(tx, SYSTEM, id, { ...profile, name: 'Un' }, '2026-03-01'),
    );
    await as(SYSTEM, (tx) =>
      registry.changeProfile(tx, SYSTEM, id, { ...profile, name: 'Deux' }, '2026-03-01'),
    );
    expect(await nameOn(id, '2026-03-01', '2026-03-01T09:00:01Z')).toBe('Deux');
  });

  it('lets a renewal follow, and a withdrawal cut, without two truths on one day', async () => {
    const { id } = await enter();
    const approvalsNow = async (): Promise<string[]> => {
      const [found] = await as(SYSTEM, (tx) =>
        registry.asOf(tx, [id], { on: '2026-03-01', knownAt: new Date('2030-01-01') }),
      );
      return found!.enterprise.approvals.map((one) => `${one.validFrom}..${one.validUntil} ${one.state}`);
    };
    clock.set('2026-03-02T09:00:00Z');
    await as(SYSTEM, (tx) =>
      registry.recordApproval(tx, id, anApproval({ validFrom: '2029-01-01', validUntil: null })),
    );
    expect(await approvalsNow()).toEqual(['2024-01-01..2028-12-31 verified', '2029-01-01..null verified']);
    clock.set('2026-03-03T09:00:00Z');
    await as(SYSTEM, (tx) =>
      registry.recordApproval(
        tx,
        id,
        anApproval({ validFrom: '2027-01-01', validUntil: null, state: 'withdrawn' }),
      ),
    );
    expect(await approvalsNow()).toEqual(['2024-01-01..2026-12-31 verified', '2027-01-01..null withdrawn']);
  });

  it('tells each change as an event', async () => {
    const { id, organisationId } = await enter();
    await as(SYSTEM, (tx) => registry.changeProfile(tx, SYSTEM, id, profile, '2026-03-01'));
    await as(SYSTEM, (tx) => registry.recordApproval(tx, id, anApproval()));
    const events = await as(SYSTEM, (tx) =>
      rows<{ type: string; organisation_id: string }>(
        tx,
        'SELECT type, organisation_id FROM platform.event WHERE subject_id = $1 ORDER BY id',
        [id],
      ),
    );
    expect(events.map(({ type }) => type).sort()).toEqual([
      'approval.recorded',
      'enterprise.changed',
      'enterprise.registered',
    ]);
    expect(events.every((event) => event.organisation_id === organisationId)).toBe(true);
  });

  it.each<[string, object]>([
    ['location', { location: null }],
    ['location', { location: { ...profile.location, lat: 5.5, lon: 50.6 } }],
    ['location', { location: { ...profile.location, lat: '50.6' } }],
    ['activities', { activities: null }],
    ['activities', { activities: Array.from({ length: 10_000 }, () => anActivity()) }],
    ['activities', { members: manyMembers() }],
    ['trades', { activities: [anActivity({ trades: ['peinture'] })] }],
    ['trades', { activities: [{ ...anActivity(), trades: undefined }] }],
    ['modes', { activities: [{ ...anActivity(), modes: 'goods' }] }],
    ['zone', { activities: [{ ...anActivity(), zone: { type: 'circle', km: 4, areas: [] } }] }],
    ['zone', { activities: [{ ...anActivity(), zone: undefined }] }],
    ['zone', { members: [{ ref: 'm', activities: [{ ...anActivity(), zone: null }] }] }],
    ['radius', { activities: [anActivity({ zone: { type: 'radius', km: -3, areas: [] } })] }],
    ['radius', { activities: [anActivity({ zone: { type: 'radius', km: 20_000, areas: [] } })] }],
    ['radius', { activities: [{ ...anActivity(), zone: { type: 'radius', km: 'far', areas: [] } }] }],
    ['capacity', { activities: [{ ...anActivity(), capacity: undefined }] }],
  ])('lets no row in whose %s matching cannot read, whoever writes it', async (field, broken) => {
    const row = { ...profile, ...broken } as typeof profile;
    await expect(
      as(SYSTEM, (tx) =>
        registry.register(tx, SYSTEM, { ...row, approvals }, { organisationId: randomUUID() }),
      ),
    ).rejects.toThrow(`enterprise_version_${field}`);
  });

  it('names whom the days change, however few are read at once', async () => {
    const entered = [await enter(), await enter(), await enter(), await enter()];
    const [renamed, freed] = [entered[1]!, entered[3]!];
    const free = {
      ...profile.activities[0]!,
      capacity: { ...profile.activities[0]!.capacity, from: '2031-05-07' },
    };
    for (const [{ id, organisationId }, change, from] of [
      [renamed, { ...profile, name: 'Nouveau nom' }, '2031-05-06'],
      [freed, { ...profile, activities: [free] }, '2026-03-10'],
    ] as const) {
      const actor = owner(organisationId);
      await as(actor, (tx) => registry.changeProfile(tx, actor, id, change, from));
    }
    for (const atOnce of [1, 2, 1000]) {
      const named = await as(SYSTEM, (tx) => enterprisesChangedByDay(tx, '2031-05-05', '2031-05-07', atOnce));
      expect(named).toEqual([renamed.id, freed.id].toSorted());
    }
  });

  it('lets a row of before, which matching cannot read, give way to one that it can', async () => {
    const large = { ...profile, activities: Array.from({ length: 2500 }, () => anActivity()) };
    const organisationId = randomUUID();
    const migrator = new Client({ connectionString: db.url });
    await migrator.connect();
    const { rows: checks } = await migrator.query<{ definition: string }>(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'enterprise_version_activities'`,
    );
    await migrator.query(
      'ALTER TABLE registry.enterprise_version DROP CONSTRAINT enterprise_version_activities',
    );
    const id = await as(SYSTEM, (tx) =>
      registry.register(tx, SYSTEM, { ...large, approvals }, { organisationId }),
    );
    await migrator.query(
      `ALTER TABLE registry.enterprise_version ADD CONSTRAINT enterprise_version_activities ${checks[0]!.definition}`,
    );
    await migrator.end();
    const change = (to: typeof profile, from: string): Promise<void> =>
      as(SYSTEM, (tx) => registry.changeProfile(tx, SYSTEM, id, to, from));
    clock.set('2026-03-02T09:00:00Z');
    await expect(change({ ...large, name: 'Encore' }, '2026-03-02')).rejects.toThrow(
      'enterprise_version_activities',
    );
    await change({ ...profile, name: 'Moins' }, '2026-03-02');
    expect(await nameOn(id, '2026-03-02', '2026-03-03T00:00:00Z')).toBe('Moins');
    expect(await nameOn(id, '2026-03-01', '2026-03-03T00:00:00Z')).toBe(profile.name);
  });

  it('is read by whoever is signed in and changed by its owner alone', async () => {
    const { id } = await enter();
    const stranger = owner(randomUUID());
    const anonymous: Actor = { ...SYSTEM, role: 'anonymous' };
    const read = (actor: Actor): Promise<unknown[]> =>
      as(actor, (tx) => registry.asOf(tx, [id], { on: '2026-03-01', knownAt: clock.now() }));
    expect(await read(stranger)).toHaveLength(1);
    expect(await read(anonymous)).toHaveLength(0);
    await expect(
      as(stranger, (tx) =>
        registry.changeProfile(tx, stranger, id, { ...profile, name: 'À moi' }, '2026-03-01'),
      ),
    ).rejects.toThrow(/row-level security/);
    expect(await nameOn(id, '2026-03-01', '2027-01-01T00:00:00Z')).toBe(profile.name);
  });
});
