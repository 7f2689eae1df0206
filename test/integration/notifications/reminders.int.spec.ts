import { audit } from '../../../src/platform/audit/index.js';
import { emit } from '../../../src/platform/events/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { Bench } from './bench.js';
import { NOW, publishedTender, type World } from './world.js';

describe('a reminder of a deadline', () => {
  let db: TestDatabase;
  let bench: Bench;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
  });
  afterEach(() => db.drop());

  const look = ({ contractor, enterprises: [enterprise] }: World, packageId: string): Promise<void> =>
    db.database.transaction(SYSTEM, (tx) =>
      audit(tx, {
        organisationId: contractor.id,
        action: 'work-package.read',
        subjectId: packageId,
        details: { by: enterprise!.id },
        at: NOW,
      }),
    );
  const answer = (
    { contractor, enterprises: [enterprise], tenderId }: World,
    packageId: string,
  ): Promise<unknown> =>
    bench.query(
      `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
         package_version, answered_by, recorded)
       VALUES ($1, $2, $3, $4, $5, $2, 'full', 1, $6, tstzrange($7, NULL))`,
      [newId(NOW), enterprise!.id, contractor.id, tenderId, packageId, enterprise!.personIds[0], NOW],
    );
  const planned = async (world: World): Promise<void> => {
    const eventId = await db.database.transaction(SYSTEM, (tx) =>
      emit(tx, {
        type: 'tender.closing',
        organisationId: world.contractor.id,
        subjectId: world.tenderId,
        payload: { deadline: '2026-12-12T11:00:00.000Z' },
        at: NOW,
      }),
    );
    await bench.plan(eventId);
  };
  const reminders = (): Promise<
    { channel: string; state: string; reason: string | null; body: string | null }[]
  > =>
    bench.query(
      `SELECT n.channel, n.state, n.reason, m.body FROM notifications.notification n
         LEFT JOIN platform.outbox_mail m ON m.id = n.id
        WHERE n.template = 'offer-reminder' ORDER BY n.channel DESC`,
    );

  it('names what was opened and still waits when it leaves, and nothing else', async () => {
    const world = await publishedTender(db, { packages: 3 });
    const [opened, answered, unseen] = world.packageIds as [string, string, string];
    await look(world, opened);
    await look(world, answered);
    await planned(world);
    await answer(world, answered);
    await bench.deliverDue();
    const [mail] = await reminders();
    expect(mail).toMatchObject({ channel: 'mail', state: 'handed' });
    expect(mail!.body).toContain(opened);
    expect(mail!.body).not.toContain(answered);
    expect(mail!.body).not.toContain(unseen);
    expect(mail!.body).toContain('a ouvert un travail');
  });

  it('does not leave once all is answered, or the deadline moved', async () => {
    const world = await publishedTender(db);
    const [packageId] = world.packageIds as [string];
    await look(world, packageId);
    await planned(world);
    await answer(world, packageId);
    await bench.deliverDue();
    expect(await reminders()).toMatchObject([
      { channel: 'mail', state: 'cancelled', reason: 'nothing-to-offer' },
      { channel: 'in-app', state: 'cancelled', reason: 'nothing-to-offer' },
    ]);
    const other = await publishedTender(db);
    await look(other, other.packageIds[0]!);
    await planned(other);
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-12-20T11:00:00Z' WHERE id = $1`, [
      other.tenderId,
    ]);
    await bench.deliverDue();
    expect((await reminders()).map(({ reason }) => reason).toSorted()).toEqual([
      'deadline-changed',
      'deadline-changed',
      'nothing-to-offer',
      'nothing-to-offer',
    ]);
  });

  it('is no mail for whoever wants none about offers', async () => {
    const world = await publishedTender(db);
    await bench.query(`INSERT INTO matching.invitation_wish (organisation_id, weekly_mails) VALUES ($1, 0)`, [
      world.enterprises[0]!.id,
    ]);
    await look(world, world.packageIds[0]!);
    await planned(world);
    await bench.deliverDue();
    expect(await reminders()).toMatchObject([
      { channel: 'mail', state: 'suppressed', reason: 'week-full' },
      { channel: 'in-app', state: 'delivered' },
    ]);
  });
});
