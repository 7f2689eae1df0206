import { readFile } from 'node:fs/promises';
import type { Actor } from '../../../src/kernel/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { PackageFindings, PackagingService, proposePackages } from '../../../src/pipeline/index.js';
import { findingsOf, TaggingService, TagRuleService, tagsOf } from '../../../src/tagging/index.js';
import { TagRow } from '../../../src/tagging/tag.entity.js';
import {
  importById,
  linesOf,
  PackageEditing,
  packageChanges,
  packagesOf,
  parseTender,
  TenderService,
} from '../../../src/tenders/index.js';
import { BillLineRow } from '../../../src/tenders/bill-line.entity.js';
import { ImportRow } from '../../../src/tenders/import.entity.js';
import { LotRow } from '../../../src/tenders/lot.entity.js';
import { TenderRow } from '../../../src/tenders/tender.entity.js';
import { WorkPackageRow } from '../../../src/tenders/work-package.entity.js';
import { TestClock } from '../../app.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

const actorOf = (organisationId: string): Actor => ({
  role: 'contractor',
  organisationId,
  personId: newId(new Date(0)),
  requestId: 'test',
});

describe('packages of a draft', () => {
  const clock = new TestClock();
  const tenders = new TenderService(clock);
  const tagging = new TaggingService(clock);
  const [ours, theirs] = [actorOf(newId(clock.now())), actorOf(newId(clock.now()))];
  let db: TestDatabase;
  let packaging: PackagingService;
  let tenderId: string;

  beforeAll(async () => {
    db = await cloneDatabase([BillLineRow, ImportRow, LotRow, TagRow, TenderRow, WorkPackageRow]);
    const editing = new PackageEditing(clock);
    packaging = new PackagingService(
      db.database,
      editing,
      new PackageFindings(editing, tagging, new TagRuleService(clock)),
    );
  });
  afterAll(() => db.drop());

  beforeEach(async () => {
    const bytes = await readFile('test/fixtures/tenders/01-maisons-ouvrieres-25-lignes.xlsx');
    const parsed = await parseTender(bytes, 'a.xlsx');
    if ('refused' in parsed) throw new Error(parsed.refused.code);
    const proposal = proposePackages(parsed);
    tenderId = await db.database.transaction(ours, async (tx) => {
      const file = { name: 'a.xlsx', bytes: Buffer.from(newId(clock.now())) };
      const { import: opened } = await tenders.keep(tx, ours, file);
      await tenders.finishReading(tx, opened.id, parsed);
      const created = await tenders.createDraft(tx, (await importById(tx, opened.id))!, {
        place: proposal.place,
        packages: proposal.packages.map((p) => ({ ...p, lot: p.lotIndex, lines: p.lineIndexes })),
        unassigned: proposal.unassigned.map((p) => ({
          lot: p.lotIndex,
          line: p.lineIndex,
          reason: p.reason,
        })),
      });
      const tags = proposal.packages.map((p) => [created.packageIds.get(p.ref)!, p.tags] as const);
      await tagging.keep(tx, ours.organisationId!, new Map(tags));
      return created.tenderId;
    });
  });

  /** Everything that an undo must bring back, but for the version of forms. */
  const world = () =>
    db.database.transaction(ours, async (tx) => {
      const packages = await packagesOf(tx, tenderId);
      return {
        packages: packages.map((item) => ({ ...item, version: 0 })),
        tags: (
          await tagsOf(
            tx,
            packages.map(({ id }) => id),
          )
        ).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        lines: await rows(
          tx,
          `SELECT b.id, b.package_id, b.unassigned_reason FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
           WHERE l.tender_id = $1 ORDER BY b.id`,
          [tenderId],
        ),
      };
    });
  const packages = () => db.database.transaction(ours, (tx) => packagesOf(tx, tenderId));
  const lines = (id: string) => db.database.transaction(ours, (tx) => linesOf(tx, id));

  async function largest() {
    const all = await packages();
    const sized = await Promise.all(all.map(async (item) => ({ item, lines: await lines(item.id) })));
    return sized.toSorted((a, b) => b.lines.length - a.lines.length);
  }

  it('are split: the part has its own findings and figures, and both are to be looked at again', async () => {
    const [big] = await largest();
    const part = big!.lines.slice(0, 2);
    const id = await packaging.split(
      ours,
      tenderId,
      part.map((line) => line.id),
      'La part du chef',
    );
    const made = (await packages()).find((item) => item.id === id)!;
    expect(made).toMatchObject({ title: 'La part du chef', lotId: big!.item.lotId, confirmed: false });
    expect((await lines(id)).map((line) => line.label)).toEqual(part.map((line) => line.label));
    const tags = await db.database.transaction(ours, (tx) => tagsOf(tx, [id]));
    expect(tags.some((tag) => tag.kind === 'trade')).toBe(true);
  });

  it('come back exactly, with what a person had said of them, after any acts are undone', async () => {
    const [first] = await largest();
    await db.database.transaction(ours, async (tx) => {
      await tenders.correctPackage(tx, first!.item.id, first!.item.version, {
        confirmed: true,
        offered: true,
        value: '1234.50',
        currency: 'EUR',
      });
      const decision = { trades: ['45442100'], placeable: 'part' as const };
      await tagging.decide(tx, ours, ours.organisationId!, first!.item.id, decision);
    });
    const states = [await world()];
    const sorted = await largest();
    const sameLot = sorted.filter(({ item }) => item.lotId === sorted[0]!.item.lotId);
    await packaging.split(ours, tenderId, [sorted[0]!.lines[0]!.id], 'Une ligne');
    states.push(await world());
    await packaging.merge(
      ours,
      tenderId,
      sameLot.slice(0, 2).map(({ item }) => item.id),
    );
    states.push(await world());
    await packaging.move(ours, tenderId, [sorted[0]!.lines[1]!.id], null);
    for (const state of states.toReversed()) {
      await packaging.undo(ours, tenderId);
      expect(await world()).toEqual(state);
    }
    await expect(packaging.undo(ours, tenderId)).rejects.toMatchObject({ code: 'nothing-to-undo' });
    const history = await db.database.transaction(ours, (tx) => packageChanges(tx, tenderId, 50));
    expect(history.map(({ kind, undoes, isUndone }) => [kind, undoes, isUndone])).toEqual([
      ['undo', 1, false],
      ['undo', 2, false],
      ['undo', 3, false],
      ['move', null, true],
      ['merge', null, true],
      ['split', null, true],
    ]);
  });

  it('keep what a person had decided on them when lines come and go, to be looked at again', async () => {
    const [first] = await largest();
    const { id } = first!.item;
    await db.database.transaction(ours, async (tx) => {
      const decision = { trades: ['79952000', '45442100'], placeable: 'no' as const };
      await tagging.decide(tx, ours, ours.organisationId!, id, decision);
      await tenders.correctPackage(tx, id, first!.item.version, { confirmed: true });
    });
    const found = async () => {
      const tags = await db.database.transaction(ours, (tx) => tagsOf(tx, [id]));
      const { trades, placeable, toReview } = findingsOf(tags);
      return { trades: trades.map(({ code }) => code).toSorted(), placeable, toReview };
    };
    const said = { trades: ['45442100', '79952000'], placeable: 'no', toReview: true };
    expect(await found()).toEqual({ ...said, toReview: false });
    await packaging.move(ours, tenderId, [first!.lines[0]!.id], null);
    expect(await found()).toEqual(said);
    expect((await packages()).find((item) => item.id === id)?.confirmed).toBe(false);
    await packaging.split(ours, tenderId, [first!.lines[1]!.id], 'Une ligne');
    expect(await found()).toEqual(said);
    const part = (await packages()).find(({ title }) => title === 'Une ligne')!;
    const tags = await db.database.transaction(ours, (tx) => tagsOf(tx, [part.id]));
    expect(tags.map(({ origin }) => origin)).not.toContain('person');
  });

  it('keep what was decided on them since a quantity was corrected that is taken back', async () => {
    const [first, second] = await largest();
    const line = first!.lines.find(({ quantity }) => quantity !== null)!;
    await packaging.correctQuantity(ours, tenderId, line.id, '7');
    const was = await packages();
    const say = (item: { id: string }, title: string) =>
      db.database.transaction(ours, async (tx) => {
        const { version } = (await packagesOf(tx, tenderId)).find(({ id }) => id === item.id)!;
        await tenders.correctPackage(tx, item.id, version, {
          title,
          startsOn: '2027-03-01',
          confirmed: true,
        });
        const decision = { trades: ['45442100'], placeable: 'part' as const };
        await tagging.decide(tx, ours, ours.organisationId!, item.id, decision);
      });
    await say(first!.item, 'Les murs');
    const { tags } = await world();
    await packaging.undo(ours, tenderId);
    expect((await lines(first!.item.id)).find(({ id }) => id === line.id)?.quantity).toBe(line.quantity);
    expect((await world()).tags).toEqual(tags);
    const now = (await packages()).find(({ id }) => id === first!.item.id)!;
    const { value, hoursMin, hoursMax } = first!.item;
    expect(now).toMatchObject({ title: 'Les murs', startsOn: '2027-03-01', confirmed: false, value });
    expect([now.hoursMin, now.hoursMax]).not.toEqual([null, null]);
    expect([hoursMin, hoursMax]).not.toEqual([null, null]);

    await packaging.split(ours, tenderId, [second!.lines[0]!.id], 'Une ligne');
    await say(second!.item, 'Le reste');
    await packaging.undo(ours, tenderId);
    const { title } = was.find(({ id }) => id === second!.item.id)!;
    expect((await packages()).find(({ id }) => id === second!.item.id)).toMatchObject({
      title,
      startsOn: '2027-03-01',
    });
  });

  it('keep the places that a person stated since lines came that are taken back', async () => {
    const [first] = await largest();
    await packaging.split(ours, tenderId, [first!.lines[0]!.id], 'Une ligne');
    const sites = ['nis:62063'];
    await db.database.transaction(ours, async (tx) => {
      const { id, version } = (await packagesOf(tx, tenderId)).find((item) => item.id === first!.item.id)!;
      await tenders.correctPackage(tx, id, version, { sites });
    });
    await packaging.undo(ours, tenderId);
    expect((await packages()).find(({ id }) => id === first!.item.id)!.sites).toEqual(sites);
  });

  it('are left alone when the act that somebody saw as the last is not the last any more', async () => {
    const [first] = await largest();
    await packaging.split(ours, tenderId, [first!.lines[0]!.id], 'Une ligne');
    await packaging.split(ours, tenderId, [first!.lines[1]!.id], 'Une autre');
    const state = await world();
    await expect(packaging.undo(ours, tenderId, 1)).rejects.toMatchObject({ code: 'version-changed' });
    expect(await world()).toEqual(state);
    await packaging.undo(ours, tenderId, 2);
    await expect(packaging.undo(ours, tenderId, 2)).rejects.toMatchObject({ code: 'version-changed' });
    await packaging.undo(ours, tenderId, 1);
  });

  it('are done where the lines are done that they take in, and there no more once that is undone', async () => {
    const sorted = await largest();
    const [kept, gone] = sorted.filter(({ item }) => item.lotId === sorted[0]!.item.lotId);
    const elsewhere = ['postal:BE-4500', 'nis:61031'];
    await db.database.transaction(ours, (tx) =>
      tenders.correctPackage(tx, gone!.item.id, gone!.item.version, { sites: elsewhere }),
    );
    const placesOf = async () => (await packages()).find(({ id }) => id === kept!.item.id)!.sites;
    await packaging.move(ours, tenderId, [gone!.lines[0]!.id], kept!.item.id);
    expect(await placesOf()).toEqual([...kept!.item.sites, ...elsewhere]);
    await packaging.undo(ours, tenderId);
    expect(await placesOf()).toEqual(kept!.item.sites);
    await packaging.move(ours, tenderId, [gone!.lines[0]!.id], kept!.item.id);
    await packaging.move(ours, tenderId, [gone!.lines[0]!.id], gone!.item.id);
    expect(await placesOf()).toEqual(kept!.item.sites);
    await packaging.merge(ours, tenderId, [kept!.item.id, gone!.item.id]);
    expect(await placesOf()).toEqual([...kept!.item.sites, ...elsewhere]);
  });

  it('are nobody else’s to change, and only while the tender is a draft', async () => {
    const [big] = await largest();
    const ids = [big!.lines[0]!.id];
    await expect(packaging.split(theirs, tenderId, ids, 'x')).rejects.toMatchObject({ code: 'not-found' });
    await db.database.transaction(ours, (tx) =>
      tx.query(
        `UPDATE tenders.tender SET status = 'published', published_at = now(), deadline = now(), buyer = '{}', clause = '{}'
         WHERE id = $1`,
        [tenderId],
      ),
    );
    await expect(packaging.split(ours, tenderId, ids, 'x')).rejects.toMatchObject({
      code: 'tender-not-draft',
    });
  });

  it('keep a history that nobody can rewrite', async () => {
    const [big] = await largest();
    await packaging.split(ours, tenderId, [big!.lines[0]!.id], 'x');
    await expect(
      db.database.transaction(ours, (tx) => tx.query(`UPDATE tenders.package_change SET kind = 'merge'`)),
    ).rejects.toThrow(/permission denied/);
    expect(await db.database.transaction(theirs, (tx) => packageChanges(tx, tenderId, 5))).toEqual([]);
  });

  it('take eight splits of the same line at once as one', async () => {
    const [big] = await largest();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => packaging.move(ours, tenderId, [big!.lines[0]!.id], null)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
