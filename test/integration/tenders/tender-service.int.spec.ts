import { readFile } from 'node:fs/promises';
import { Refusal, type Actor } from '../../../src/kernel/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { proposePackages } from '../../../src/pipeline/index.js';
import {
  importById,
  packagesOf,
  parseTender,
  TenderService,
  tenderById,
} from '../../../src/tenders/index.js';
import { BillLineRow } from '../../../src/tenders/bill-line.entity.js';
import { ImportRow } from '../../../src/tenders/import.entity.js';
import { LotRow } from '../../../src/tenders/lot.entity.js';
import { TenderRow } from '../../../src/tenders/tender.entity.js';
import { WorkPackageRow } from '../../../src/tenders/work-package.entity.js';
import { TestClock } from '../../app.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const actorOf = (organisationId: string): Actor => ({
  role: 'contractor',
  organisationId,
  personId: newId(new Date(0)),
  requestId: 'test',
});

describe('tenders', () => {
  const clock = new TestClock();
  const tenders = new TenderService(clock);
  const [ours, theirs] = [actorOf(newId(clock.now())), actorOf(newId(clock.now()))];
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase([BillLineRow, ImportRow, LotRow, TenderRow, WorkPackageRow]);
  });
  afterAll(() => db.drop());

  const keep = (actor: Actor, text: string) =>
    db.database.transaction(actor, (tx) =>
      tenders.keep(tx, actor, { name: 'a.json', bytes: Buffer.from(text) }),
    );

  let drafts = 0;
  async function draft(actor: Actor): Promise<string> {
    const bytes = await readFile('test/fixtures/tenders/maison-de-quartier.json');
    drafts += 1;
    const salted = Buffer.concat([bytes, Buffer.from(' '.repeat(drafts))]);
    const parsed = await parseTender(salted, 'a.json');
    if ('refused' in parsed) throw new Error(parsed.refused.code);
    const { import: opened } = await db.database.transaction(actor, (tx) =>
      tenders.keep(tx, actor, { name: 'a.json', bytes: salted }),
    );
    const proposal = proposePackages(parsed);
    return db.database.transaction(actor, async (tx) => {
      await tenders.finishReading(tx, opened.id, parsed);
      const staged = (await importById(tx, opened.id))!;
      const created = await tenders.createDraft(tx, staged, {
        place: proposal.place,
        packages: proposal.packages.map((p) => ({ ...p, lot: p.lotIndex, lines: p.lineIndexes })),
        unassigned: proposal.unassigned.map(({ lotIndex: lot, lineIndex: line, reason }) => ({
          lot,
          line,
          reason,
        })),
      });
      return created.tenderId;
    });
  }

  it('keep the same bytes once, however many bring them at the same time', async () => {
    const kept = await Promise.all(Array.from({ length: 16 }, () => keep(ours, 'the same')));
    expect(new Set(kept.map(({ import: opened }) => opened.id)).size).toBe(1);
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await keep(theirs, 'the same')).isNew).toBe(true);
  });

  it('show nobody else what is not theirs', async () => {
    const id = await draft(ours);
    expect(await db.database.transaction(ours, (tx) => tenderById(tx, id))).toMatchObject({
      id,
      status: 'draft',
    });
    for (const actor of [
      theirs,
      { ...theirs, role: 'working-group' as const },
      { ...theirs, role: 'enterprise' as const },
    ]) {
      expect(await db.database.transaction(actor, (tx) => tenderById(tx, id))).toBeNull();
      expect(await db.database.transaction(actor, (tx) => packagesOf(tx, id))).toEqual([]);
    }
  });

  it('put every line in one package, or say why not: the values add up', async () => {
    const id = await draft(ours);
    const [sums] = await db.database.transaction(ours, (tx) =>
      rows<{ lines: string; packages: string; lost: number }>(
        tx,
        `SELECT (SELECT sum(b.total)::text FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
                 WHERE l.tender_id = $1 AND b.package_id IS NOT NULL AND NOT b.variant) AS lines,
                (SELECT sum(value)::text FROM tenders.work_package p WHERE p.tender_id = $1
                 AND EXISTS (SELECT FROM tenders.bill_line b WHERE b.package_id = p.id)) AS packages,
                (SELECT count(*)::int FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
                 WHERE l.tender_id = $1 AND b.package_id IS NULL AND b.unassigned_reason IS NULL) AS lost`,
        [id],
      ),
    );
    expect(sums!.lost).toBe(0);
    expect(Number(sums!.packages)).toBeCloseTo(Number(sums!.lines), 2);
  });

  it('let one of two corrections of the same version win, and tell the other', async () => {
    const id = await draft(ours);
    const [item] = await db.database.transaction(ours, (tx) => packagesOf(tx, id));
    const correct = (title: string) =>
      db.database.transaction(ours, (tx) => tenders.correctPackage(tx, item!.id, item!.version, { title }));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => correct(`titre ${n}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as Refusal] : [],
    );
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['version-changed']));
  });

  it('take a staged reading up once', async () => {
    const { import: opened } = await keep(ours, 'never read');
    const attempt = db.database.transaction(ours, (tx) =>
      tenders.createDraft(tx, opened, {
        place: { municipality: null, postalCode: null, country: null, nuts: null, nis: null, sites: [] },
        packages: [],
        unassigned: [],
      }),
    );
    await expect(attempt).rejects.toEqual(new Refusal('import-not-staged'));
  });

  it('leave nothing of a draft that fails half-way', async () => {
    const before = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ n: number }>(tx, `SELECT count(*)::int AS n FROM tenders.lot`),
    );
    const failing = db.database.transaction(ours, async (tx) => {
      const parsed = await parseTender(
        Buffer.from(await readFile('test/fixtures/tenders/maison-de-quartier.json')),
        'x.json',
      );
      const { import: opened } = await tenders.keep(tx, ours, {
        name: 'x.json',
        bytes: Buffer.from('another'),
      });
      await tenders.finishReading(tx, opened.id, parsed);
      const staged = (await importById(tx, opened.id))!;
      await tenders.createDraft(tx, staged, {
        place: { municipality: null, postalCode: null, country: null, nuts: null, nis: null, sites: [] },
        packages: [
          { ref: 'same', lot: 0, title: 'a', lines: [], value: null, hours: null, sites: [] },
          { ref: 'same', lot: 0, title: 'b', lines: [], value: null, hours: null, sites: [] },
        ],
        unassigned: [],
      });
    });
    await expect(failing).rejects.toThrow(/work_package_ref_once/);
    expect(
      await db.database.transaction(SYSTEM, (tx) => rows(tx, `SELECT count(*)::int AS n FROM tenders.lot`)),
    ).toEqual(before);
  });
});
