import { coverageOf } from '../../../src/answers/index.js';
import { uncoveredPackages, type Uncovered } from '../../../src/pipeline/uncovered-packages.query.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer } from '../../factories/published-tender.factory.js';
import { NOW, publishedTender, type World } from '../notifications/world.js';

/** Two enterprises fit and are told. */
const SIZE = 2;

describe('packages of which nobody offers the whole', () => {
  let db: TestDatabase;
  let world: World;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    world = await publishedTender(db, { enterprises: 2 });
  });
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const found = (size = SIZE): Promise<Uncovered[]> =>
    inSystem((tx) => uncoveredPackages(tx, world.tenderId, size, NOW));
  const answer = (kind: 'full' | 'part' | 'team' | 'no'): Promise<string> =>
    inSystem((tx) =>
      anAnswer(tx, {
        organisationId: world.enterprises[0]!.id,
        contractorId: world.contractor.id,
        tenderId: world.tenderId,
        packageId: world.packageIds[0]!,
        kind,
        at: NOW,
      }),
    );
  const team = (states: readonly string[]): Promise<void> =>
    inSystem(async (tx) => {
      const id = newId(NOW);
      const [lead, contractor] = [world.enterprises[0]!.id, world.contractor.id];
      await rows(
        tx,
        `INSERT INTO answers.team (id, organisation_id, contractor_organisation_id, tender_id, package_id, part, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, 'Pavés', $2, $6)`,
        [id, lead, contractor, world.tenderId, world.packageIds[0], NOW],
      );
      for (const state of states)
        await rows(
          tx,
          `INSERT INTO answers.team_place (id, team_id, organisation_id, contractor_organisation_id, part, is_named, state, changed_at)
           VALUES ($1, $2, $3, $4, 'Bordures', true, $5, $6)`,
          [newId(NOW), id, lead, contractor, state, NOW],
        );
    });

  it('are those of which as many were told as a round takes, and more may fit', async () => {
    const packageId = world.packageIds[0];
    expect(await found()).toEqual([{ packageId, round: 0, goesOn: false }]);
    expect(await found(SIZE + 1)).toEqual([]);
  });

  it.each(['no', 'part'] as const)('stay so when somebody answers %s', async (kind) => {
    await answer(kind);
    expect(await found()).toHaveLength(1);
  });

  it('are no more when somebody offers all of it', async () => {
    await answer('full');
    expect(await found()).toEqual([]);
  });

  /** One after the other; the last stands. */
  const decide = (answerId: string, states: readonly string[]): Promise<void> =>
    inSystem(async (tx) => {
      for (const [step, state] of states.entries()) {
        const from = new Date(NOW.getTime() + step * 60_000);
        const until = step < states.length - 1 ? new Date(from.getTime() + 60_000) : null;
        const [reason, confirmBy] = [
          state === 'declined' ? 'price' : null,
          state === 'awarded' ? from : null,
        ];
        await rows(
          tx,
          `INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state, whole,
             reason, confirm_by, recorded)
           SELECT $1, $2, organisation_id, tender_id, package_id, id, $4, true, $5, $6, tstzrange($7, $8) FROM answers.answer WHERE id = $3`,
          [newId(from), world.contractor.id, answerId, state, reason, confirmBy, from, until],
        );
      }
    });

  const aLine = (): Promise<unknown> =>
    inSystem((tx) =>
      rows(
        tx,
        `INSERT INTO tenders.bill_line (id, organisation_id, lot_id, package_id, ordinal, label, variant, place)
         SELECT $1, organisation_id, lot_id, id, 1, 'Pavés', false, '{}' FROM tenders.work_package WHERE id = $2`,
        [newId(NOW), world.packageIds[0]],
      ),
    );

  it.each([
    { states: ['retained'], count: 0 },
    { states: ['declined'], count: 1 },
    { states: ['declined', 'retained'], count: 0 },
    { states: ['awarded', 'refused'], count: 1 },
  ])('are so again when the contractor or its choice said no: $states', async ({ states, count }) => {
    await decide(await answer('full'), states);
    expect(await found()).toHaveLength(count);
    // The same of its lines: what was declined does none of them.
    await aLine();
    const coverage = await inSystem((tx) => coverageOf(tx, world.packageIds));
    expect(coverage.get(world.packageIds[0]!)?.covered ?? 0).toBe(1 - count);
  });

  it.each([
    { places: [], isCovered: false },
    { places: ['invited', 'accepted'], isCovered: false },
    { places: ['accepted', 'declined'], isCovered: false },
    { places: ['accepted', 'dropped'], isCovered: true },
  ])('are no more when a team is complete: $places', async ({ places, isCovered }) => {
    await answer('team');
    await team(places);
    expect(await found()).toHaveLength(isCovered ? 0 : 1);
  });

  it('wait for those of the round that are still to be told', async () => {
    const later = new Date(NOW.getTime() + 60_000);
    await inSystem((tx) =>
      rows(
        tx,
        `INSERT INTO matching.invitation (package_id, enterprise_id, organisation_id, enterprise_organisation_id, tender_id, batch,
                                          due_at, by, state, planned_at, round)
         VALUES ($1, $2, $3, $2, $4, 0, $5, 'mail', 'planned', $6, 1)`,
        [world.packageIds[0], newId(NOW), world.contractor.id, world.tenderId, later, NOW],
      ),
    );
    expect(await found(SIZE / 2)).toMatchObject([{ round: 1, goesOn: true }]);
  });
});
