import { LegalBasisService } from '../../../src/legal-basis/index.js';
import { Clock } from '../../../src/platform/clock.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import {
  DecideService,
  keepMerits,
  MatchingService,
  OffersService,
  RematchService,
  writePostings,
  type MatchingOutcome,
  type OpenPackage,
  type PackageToMatch,
} from '../../../src/matching/index.js';
import { readSample, registerSample, RegistryService, type Sample } from '../../../src/registry/index.js';
import type { Actor } from '../../../src/kernel/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { aPackageToMatch, aPlace } from '../../factories/package-to-match.factory.js';

class Standing extends Clock {
  now(): Date {
    return new Date('2026-11-24T09:00:00Z');
  }
}

const ON = '2026-11-24';
const CONTRACTOR = '018f0000-0000-7000-8000-0000000000aa';
const TENDER = '018f0000-0000-7000-8000-0000000000bb';
const packageId = (n: number): string => `018f0000-0000-7000-8000-00000000000${n}`;

function open(n: number, overrides: Partial<PackageToMatch> = {}, version = 1): OpenPackage {
  const work = { start: '2027-03-01', end: '2027-06-30', hours: null, value: '20000.00' };
  return {
    package: aPackageToMatch({ ...work, ...overrides, id: packageId(n) }),
    tenderId: TENDER,
    organisationId: CONTRACTOR,
    version,
    facts: { date: '2026-11-20', buyer: 'private', region: 'WAL', nature: 'works' },
  };
}

describe('matching on the sample basin', () => {
  let db: TestDatabase;
  let sample: Sample;
  const clock = new Standing();
  const registry = new RegistryService(clock);
  const law = new LegalBasisService();
  const decisions = new DecideService(clock, registry, law);
  const matching = new MatchingService(clock, decisions);
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const name = (id: string): string =>
    sample.enterprises.find(({ enterprise }) => enterprise.id === id)!.enterprise.name;
  const run = (...packages: OpenPackage[]): Promise<MatchingOutcome> =>
    inSystem((tx) => matching.matchPackages(tx, { packages, on: ON }));

  const seenBy = async (actor: Actor): Promise<number> =>
    (await db.database.transaction(actor, (tx) => matching.matchesOf(tx, packageId(8)))).length;

  beforeAll(async () => {
    db = await cloneDatabase();
    await inSystem(async (tx) => {
      await law.load(tx, clock.now());
      const rules = await law.rulesAsOf(tx);
      sample = readSample((kind) => rules.kinds.has(kind));
      const ids = await registerSample(tx, SYSTEM, registry, sample);
      await new OffersService(clock, registry).refresh(tx, ids, ON);
    });
  });
  afterAll(() => db.drop());

  it('finds the painter first, the façade company nearly, and never the neighbourhood service', async () => {
    const { added } = await run(open(1, { trades: ['45442100'] }));
    const [first] = added;
    expect([name(first!.enterpriseId), first!.verdict, first!.rank]).toEqual([
      'Atelier des Couleurs',
      'match',
      1,
    ]);
    expect(added.map((match) => name(match.enterpriseId))).not.toContain('Coup de Main de Quartier');
  });

  it.each([
    [['45111100'], 'Démontage et Réemploi du Bassin'],
    [['45112700'], 'Les Jardins du Terril'],
    [['63121100'], 'Logistique Solidaire Meuse'],
    [['90513000'], 'Éco-Tri Outremeuse'],
    [['45310000'], 'Tremplin, coopérative d’emploi'],
    [['45262500'], 'Façades et Toits de la Vallée'],
    [['45421000'], 'Menuiserie du Haut-Pré'],
  ])('has somebody for %j: %s', async (trades, expected) => {
    const [decision] = await inSystem((tx) =>
      decisions.decide(tx, { packages: [open(2, { trades })], on: ON }),
    );
    expect(name(decision!.matches[0]!.enterpriseId)).toBe(expected);
  });

  it('writes nothing when it decides the same again', async () => {
    await run(open(3));
    const before = await inSystem((tx) => matching.matchesOf(tx, packageId(3)));
    const again = await run(open(3));
    expect([again.added, again.changed, again.withdrawn, again.unchanged]).toEqual([
      [],
      [],
      [],
      before.length,
    ]);
    expect(await inSystem((tx) => matching.matchesOf(tx, packageId(3)))).toEqual(before);
  });

  it('replaces what changed and withdraws what no longer fits', async () => {
    await run(open(4));
    const elsewhere = await run(open(4, { place: aPlace({ sites: ['nis:61031'] }) }, 2));
    expect(elsewhere.changed.length + elsewhere.withdrawn.length).toBeGreaterThan(0);
    expect(elsewhere.changed.every(({ after }) => after.packageVersion === 2)).toBe(true);
    const gone = await run(open(4, { trades: ['30000000'] }, 3));
    expect([gone.added, await inSystem((tx) => matching.matchesOf(tx, packageId(4)))]).toEqual([[], []]);
  });

  it('closes every verdict on a package that is no longer open', async () => {
    await run(open(5));
    const closed = await inSystem((tx) => matching.closePackages(tx, [packageId(5)]));
    expect(closed.length).toBeGreaterThan(0);
    expect(await inSystem((tx) => matching.matchesOf(tx, packageId(5)))).toEqual([]);
  });

  it('proposes a team where several trades are needed', async () => {
    const several = open(6, { trades: ['45442100', '45262500', '45310000'], allTrades: true });
    const [team] = await inSystem((tx) => decisions.teamsFor(tx, several, { on: ON }));
    expect(team?.coverage).toBe(1);
    expect(team?.members.map(({ enterpriseId }) => name(enterpriseId)).sort()).toEqual([
      'Atelier des Couleurs',
      'Façades et Toits de la Vallée',
      'Tremplin, coopérative d’emploi',
    ]);
  });

  it('proposes one that pauses as a partner when it wishes so, and offers it nothing', async () => {
    const several = open(9, { trades: ['45442100', '45262500', '45310000'], allTrades: true });
    const { enterprise } = sample.enterprises.find((one) => one.enterprise.name === 'Atelier des Couleurs')!;
    const as = async (changed: Partial<typeof enterprise>): Promise<[string[] | undefined, string[]]> =>
      inSystem(async (tx) => {
        await registry.changeProfile(tx, SYSTEM, enterprise.id, { ...enterprise, ...changed }, ON);
        const later = { now: () => new Date(clock.now().getTime() + 10), today: () => ON };
        await new OffersService(later, registry).refresh(tx, [enterprise.id], ON);
        const asked = new DecideService(later, registry, law);
        const [decision] = await asked.decide(tx, { packages: [several], on: ON });
        const names = (all: readonly { enterpriseId: string }[]) => all.map((one) => name(one.enterpriseId));
        const team = decision!.teams.find(({ coverage }) => coverage === 1);
        return [team && names(team.members), names(decision!.matches)];
      });
    const { name: painter } = enterprise;
    const [team, offered] = await as({ active: false, openToTeams: true, partnerInPause: true });
    expect([team?.includes(painter), offered.includes(painter)]).toEqual([true, false]);
    const [without] = await as({ active: false, openToTeams: true, partnerInPause: false });
    expect(without?.includes(painter) ?? false).toBe(false);
    await as({});
  });

  it('takes up an enterprise that changes, and lets one go that stops', async () => {
    const paving = open(7, { trades: ['45233200'] });
    expect((await run(paving)).added.filter(({ verdict }) => verdict !== 'near-miss')).toEqual([]);
    const { enterprise } = sample.enterprises.find((one) => one.enterprise.name === 'Atelier des Couleurs')!;
    const change = async (changed: Partial<typeof enterprise>): Promise<MatchingOutcome> =>
      inSystem(async (tx) => {
        await registry.changeProfile(tx, SYSTEM, enterprise.id, { ...enterprise, ...changed }, ON);
        // The change is known a millisecond after what it replaces.
        const later = { now: () => new Date(clock.now().getTime() + 10), today: () => ON };
        await new OffersService(later, registry).refresh(tx, [enterprise.id], ON);
        const rematch = new RematchService(later, registry, new DecideService(later, registry, law));
        return rematch.rematchEnterprise(tx, enterprise.id, { packages: [paving], on: ON });
      });
    const [activity] = enterprise.activities;
    const added = await change({
      activities: [...enterprise.activities, { ...activity!, trades: ['45233200'] }],
    });
    expect(added.added.map((match) => [name(match.enterpriseId), match.verdict])).toEqual([
      ['Atelier des Couleurs', 'match'],
    ]);
    const gone = await change({ active: false });
    expect(gone.withdrawn).toHaveLength(1);
    await change({});
  });

  it('writes what enterprises are looked up by once per layout', async () => {
    const count = async (): Promise<number> =>
      (await inSystem((tx) => rows(tx, 'SELECT FROM matching.posting'))).length;
    const before = await count();
    await inSystem((tx) => rows(tx, 'DELETE FROM matching.posting'));
    await inSystem((tx) => rows(tx, 'UPDATE matching.projection SET layout = 0'));
    expect(await writePostings(db.database, SYSTEM, clock)).toBe(sample.enterprises.length);
    expect(await count()).toBe(before);
    expect(await writePostings(db.database, SYSTEM, clock)).toBe(0);
  });

  it('explains any pair, and shows verdicts only to the two parties', async () => {
    await run(open(8));
    const painter = sample.enterprises.find((one) => one.enterprise.name === 'Atelier des Couleurs')!;
    const service = sample.enterprises.find((one) => one.enterprise.kind === 'WAL_IDESS')!;
    const explanation = await inSystem((tx) =>
      decisions.explain(tx, open(8), service.enterprise.id, { on: ON }),
    );
    expect(explanation?.verdict).toBe('none');
    expect(explanation?.criteria.find(({ key }) => key === 'legal')).toMatchObject({
      result: 'fail',
      changeableBy: 'nobody',
    });
    const all = await seenBy({ ...SYSTEM, role: 'contractor', organisationId: CONTRACTOR });
    expect(all).toBeGreaterThan(0);
    expect(await seenBy({ ...SYSTEM, role: 'enterprise', organisationId: painter.organisationId })).toBe(1);
    expect(await seenBy({ ...SYSTEM, role: 'enterprise', organisationId: service.organisationId })).toBe(0);
    expect(await seenBy({ ...SYSTEM, role: 'contractor', organisationId: TENDER })).toBe(0);
  });

  it('lets two runs at once follow one another', async () => {
    const outcomes = await Promise.all([run(open(9)), run(open(9)), run(open(9))]);
    const standing = await inSystem((tx) => matching.matchesOf(tx, packageId(9)));
    expect(outcomes.reduce((sum, { added }) => sum + added.length, 0)).toBe(standing.length);
  });

  it('says that other work has taken the hours of who no longer fits', async () => {
    const busy = open(9, { hours: 100 });
    const { enterprise } = sample.enterprises.find((one) => one.enterprise.name === 'Atelier des Couleurs')!;
    const engagement = { ...busy.package, packageId: packageId(1), hours: 100_000, contractor: CONTRACTOR };
    const why = await inSystem(async (tx) => {
      const record = { ended: 0, done: 0, invited: 0, answered: 0, invitedOn: [] };
      const merit = { enterpriseId: enterprise.id, merit: 0.65, record, engagements: [engagement] };
      await keepMerits(tx, [merit], ON);
      return decisions.whyNot(tx, busy, [enterprise.id], await decisions.world(tx, { on: ON }));
    });
    expect(why.get(enterprise.id)?.code).toBe('capacity.hours-taken');
  });
});
