import { createOrganisation } from '../../../src/accounts/index.js';
import { addDays, Refusal, type Actor, type Problem } from '../../../src/kernel/index.js';
import { LegalBasisService } from '../../../src/legal-basis/index.js';
import {
  balanceOf,
  debtUnderLaw,
  ledgersUntil,
  ObligationsService,
  type RouteBalance,
} from '../../../src/obligations/index.js';
import { rows, sqlState } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { TestClock } from '../../app.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer, aPublishedTender } from '../../factories/published-tender.factory.js';

const TERMS = {
  noticeDate: '2022-11-01',
  region: 'WAL',
  clause: 'flex',
  hours: '400',
  share: '0.05',
  offer: '1200000.10',
  source: 'specification',
  document: 'CSC 2022/17',
  clauseNumber: 'art. 12',
};

describe('obligations', () => {
  const clock = new TestClock();
  const law = new LegalBasisService();
  let db: TestDatabase;
  let service: ObligationsService;
  let [us, them, painters]: Actor[] = [];

  const tick = (): void => clock.advanceMs(1000);
  const today = (): string => clock.today();
  const actorOf = async (role: 'contractor' | 'enterprise', name: string): Promise<Actor> => ({
    role,
    organisationId: await db.database.transaction(SYSTEM, (tx) =>
      createOrganisation(tx, { role, name, language: 'fr' }, clock.now()),
    ),
    personId: newId(clock.now()),
    requestId: 'test',
  });
  beforeAll(async () => {
    db = await cloneDatabase();
    service = new ObligationsService(db.database, clock, law);
    us = await actorOf('contractor', 'Constructions Ougrée');
    them = await actorOf('contractor', 'Entreprise Voisine');
    painters = await actorOf('enterprise', 'Atelier des Couleurs');
  });
  afterAll(() => db.drop());
  beforeEach(tick);

  const published = (by: Actor, titles: readonly string[], more: object = {}) =>
    db.database.transaction(SYSTEM, (tx) =>
      aPublishedTender(tx, {
        organisationId: by.organisationId!,
        deadline: new Date(clock.now().getTime() + 86_400_000),
        packages: titles,
        ...more,
      }),
    );
  const enter = async (by: Actor, given: object = {}): Promise<string> => {
    const entered = await service.enter(by, { ...TERMS, mainContract: `M ${newId(clock.now())}`, ...given });
    if (Array.isArray(entered)) throw new Error(JSON.stringify(entered));
    return entered.id;
  };
  const show = (by: Actor, id: string) => db.database.transaction(by, (tx) => service.show(tx, id));
  const add = async (by: Actor, id: string, given: Record<string, unknown>): Promise<string> => {
    tick();
    const problems = await service.addEntry(by, id, { onDay: today(), ...given });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return (await show(by, id)).entries.reduce((a, b) => (a.recordedAt > b.recordedAt ? a : b)).id;
  };
  const balance = async (id: string, route: string): Promise<RouteBalance> => {
    const { debt, entries } = await show(us!, id);
    return balanceOf(debt, entries).find((one) => one.route === route)!;
  };
  const codes = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code);
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? error.code : `not refused: ${String(error)}`;
  };

  it('rest on the law of the main notice, cite its versions, and recompute from them', async () => {
    for (const [noticeDate, regime, basis] of [
      ['2012-05-10', 'R1993', 'BE-1993-18BIS-1'],
      ['2017-06-29', 'R2006', 'BE-2006-40'],
      ['2017-06-30', 'R2016', 'BE-2016-87'],
    ] as const) {
      tick();
      const { debt } = await show(us!, await enter(us!, { noticeDate }));
      expect([debt.regime, debt.basis]).toEqual([regime, basis]);
      expect(debt.amount).toBe('60000.01');
      const again = await db.database.transaction(us!, (tx) => service.lawOf(tx, debt));
      expect(again).toMatchObject({
        regime,
        basis,
        lawVersions: debt.lawVersions,
        confidence: debt.confidence,
      });
      const known = await db.database.transaction(us!, (tx) =>
        rows<{ id: string }>(
          tx,
          `SELECT DISTINCT version_id AS id FROM legal_basis.rule_version WHERE version_id = ANY ($1)`,
          [debt.lawVersions],
        ),
      );
      expect(known).toHaveLength(debt.lawVersions.length);
      expect(known.length).toBeGreaterThan(0);
    }
  });

  it('are refused for a day on which no clause could be inherited', async () => {
    const entered = await service.enter(us!, { ...TERMS, noticeDate: '2002-10-10', mainContract: 'M 2002' });
    expect(Array.isArray(entered) && codes(entered)).toEqual(['obligation.no-basis']);
    const rules = await db.database.transaction(us!, (tx) => law.rulesAsOf(tx));
    expect(debtUnderLaw(rules, { noticeDate: '2003-04-27', region: null, clause: 'training' })).toMatchObject(
      {
        regime: 'R1993',
      },
    );
  });

  it('exist once per main contract, however its number is written, and whoever is faster', async () => {
    const write = ['M  77-A', 'm 77-a', ' M 77-A '];
    const outcomes = await Promise.all(
      write.map((mainContract) => refusal(service.enter(us!, { ...TERMS, mainContract }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'main-contract-known')).toHaveLength(2);
    expect(await service.enter(them!, { ...TERMS, mainContract: 'M 77-A' })).toHaveProperty('id');
  });

  it('keep what was corrected, with the reason', async () => {
    const id = await enter(us!);
    tick();
    expect(codes(await service.correct(us!, id, { ...TERMS, hours: '320' }))).toEqual([
      'obligation.missing.reason',
    ]);
    expect(await service.correct(us!, id, { ...TERMS, hours: '320', reason: 'Avenant 2' })).toEqual([]);
    const { debt, formerDebts } = await show(us!, id);
    expect([debt.version, debt.hours, debt.reason]).toEqual([2, '320.00', 'Avenant 2']);
    expect(formerDebts.map(({ version, hours, endedAt }) => [version, hours, endedAt])).toEqual([
      [1, '400.00', clock.now()],
    ]);
  });

  it('follow a package from plan to proof, by the enterprise that answered', async () => {
    const { tenderId, packageIds } = await published(us!, ['Peinture']);
    const id = await enter(us!, { tenderId });
    const planned = await add(us!, id, {
      stage: 'planned',
      route: 'subcontracting',
      packageId: packageIds[0],
      quantity: '20000',
    });
    const engage = {
      stage: 'committed',
      parentId: planned,
      quantity: '18000',
      document: 'BC 4',
      onDay: today(),
    };
    expect(codes(await service.addEntry(us!, id, engage))).toEqual(['obligation.missing.answerId']);
    const about = { contractorId: us!.organisationId!, tenderId, packageId: packageIds[0]!, at: clock.now() };
    const answerId = await db.database.transaction(SYSTEM, (tx) =>
      anAnswer(tx, { ...about, organisationId: painters!.organisationId!, kind: 'full' }),
    );
    const committed = await add(us!, id, { ...engage, answerId });
    const performed = await add(us!, id, {
      stage: 'performed',
      parentId: committed,
      quantity: '7500.50',
      document: 'F 1',
    });
    await add(us!, id, { stage: 'proven', parentId: performed, document: 'Attestation 1', party: 'Ville' });
    await add(us!, id, {
      stage: 'waived',
      route: 'subcontracting',
      quantity: '10000',
      document: 'PV 3',
      party: 'Ville',
      note: 'Lot retiré',
    });
    const { entries } = await show(us!, id);
    expect(entries.find((one) => one.id === committed)!.party).toBe('Atelier des Couleurs');
    expect(await balance(id, 'subcontracting')).toMatchObject({
      due: '60000.01',
      owed: '50000.01',
      remaining: '42499.51',
      toProve: '42499.51',
      now: { planned: '2000.00', committed: '10499.50', performed: '0.00', proven: '7500.50' },
    });
  });

  it('take a package once, for one obligation and one route, whoever is faster', async () => {
    const { packageIds } = await published(us!, ['Plâtrerie']);
    const ids = [await enter(us!), await enter(us!), await enter(us!)];
    const plan = { stage: 'planned', packageId: packageIds[0], quantity: '100', onDay: today() };
    const outcomes = await Promise.all(
      ids.flatMap((id) =>
        ['training', 'subcontracting'].map((route) => refusal(service.addEntry(us!, id, { ...plan, route }))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'package-serves-another')).toHaveLength(5);
  });

  it('count a document, a performance and an answer once', async () => {
    const [first, second] = [await enter(us!), await enter(us!)];
    const engaged: string[] = [];
    for (const id of [first, second]) {
      const planned = await add(us!, id, {
        stage: 'planned',
        route: 'training',
        quantity: '100',
        note: 'CISP',
      });
      engaged.push(
        await add(us!, id, {
          stage: 'committed',
          parentId: planned,
          quantity: '100',
          party: 'CISP',
          document: 'Contrat',
        }),
      );
    }
    const sheet = { stage: 'performed', quantity: '40', document: 'Présences mars', onDay: today() };
    const performed = await add(us!, first, { ...sheet, parentId: engaged[0] });
    tick();
    const again = { ...sheet, document: ' PRÉSENCES  mars' };
    for (const [id, parentId] of [
      [first, engaged[0]],
      [second, engaged[1]],
    ] as const)
      expect(await refusal(service.addEntry(us!, id, { ...again, parentId }))).toBe(
        'document-counted-already',
      );
    const proof = { stage: 'proven', parentId: performed, party: 'CISP', onDay: today() };
    const outcomes = await Promise.all(
      ['A', 'B', 'C'].map((document) => refusal(service.addEntry(us!, first, { ...proof, document }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'performance-proven-already')).toHaveLength(2);
    expect(await balance(first, 'training')).toMatchObject({
      totals: { performed: '40.00', proven: '40.00' },
    });
  });

  it('let nothing be taken back that another entry leans on; what is taken back frees its place', async () => {
    const id = await enter(us!);
    const planned = await add(us!, id, {
      stage: 'planned',
      route: 'training',
      quantity: '100',
      note: 'CISP',
    });
    const committed = await add(us!, id, {
      stage: 'committed',
      parentId: planned,
      quantity: '9',
      party: 'CISP',
      document: 'Contrat',
    });
    tick();
    expect(await refusal(service.endEntry(us!, id, planned, { reason: 'Erreur' }))).toBe('entry-leant-on');
    expect(codes(await service.endEntry(us!, id, committed, {}))).toEqual(['obligation.missing.reason']);
    expect(await service.endEntry(us!, id, committed, { reason: 'Erreur' })).toEqual([]);
    tick();
    expect(await service.endEntry(us!, id, planned, { reason: 'Erreur' })).toEqual([]);
    expect(await refusal(service.endEntry(us!, id, planned, { reason: 'Erreur' }))).toBe('not-found');
    expect((await show(us!, id)).entries.map(({ endedReason }) => endedReason)).toEqual(['Erreur', 'Erreur']);
    expect(await balance(id, 'training')).toMatchObject({ open: '400.00' });
  });

  it('do not carry what was done too much over to another', async () => {
    const [rich, poor] = [
      await enter(us!, { clause: 'training', hours: '10', share: '', offer: '' }),
      await enter(us!),
    ];
    const planned = await add(us!, rich, {
      stage: 'planned',
      route: 'training',
      quantity: '50',
      note: 'CISP',
    });
    const engaged = await add(us!, rich, {
      stage: 'committed',
      parentId: planned,
      quantity: '50',
      party: 'CISP',
      document: 'C',
    });
    await add(us!, rich, { stage: 'performed', parentId: engaged, quantity: '50', document: 'P rich' });
    expect(await balance(rich, 'training')).toMatchObject({ over: '40.00', remaining: '0' });
    expect(await balance(poor, 'training')).toMatchObject({ over: '0', remaining: '400.00' });
  });

  describe('in the database itself', () => {
    let [mine, other]: string[] = [];
    let free: string[] = [];
    let [yes, no]: string[] = [];
    beforeAll(async () => {
      tick();
      [mine, other] = [await enter(us!), await enter(us!)];
      const { tenderId, packageIds } = await published(us!, ['A', 'B']);
      free = packageIds;
      const about = {
        contractorId: us!.organisationId!,
        tenderId,
        organisationId: painters!.organisationId!,
        at: clock.now(),
      };
      [yes, no] = await db.database.transaction(SYSTEM, async (tx) => [
        await anAnswer(tx, { ...about, packageId: free[0]!, kind: 'team' }),
        await anAnswer(tx, { ...about, packageId: free[1]!, kind: 'no' }),
      ]);
    });

    interface Raw {
      readonly obligation?: string;
      readonly stage: string;
      readonly parent?: string;
      readonly route?: string;
      readonly quantity?: number;
      readonly package?: string;
      readonly document?: string;
      readonly answer?: string;
    }
    /** As somebody would write it who goes round the service. */
    const raw = async (given: Raw, by: Actor = us!): Promise<string> => {
      const id = newId(clock.now());
      const named = ['committed', 'proven', 'waived'].includes(given.stage) ? 'X' : null;
      await db.database.transaction(by, (tx) =>
        rows(
          tx,
          `INSERT INTO obligations.ledger_entry (id, organisation_id, obligation_id, stage, route, quantity, on_day, parent_id,
                                                 package_id, party, document, note, recorded_by, recorded, answer_id)
           VALUES ($1, $2, $3, $4, $5, $6, '2026-01-01', $7, $8, $9, $10, 'n', $2, tstzrange($11, NULL), $12)`,
          [
            id,
            by.organisationId,
            given.obligation ?? mine,
            given.stage,
            given.route ?? 'training',
            given.quantity ?? 10,
            given.parent ?? null,
            given.package ?? null,
            named,
            given.stage === 'planned' ? null : (given.document ?? id),
            clock.now(),
            given.answer ?? null,
          ],
        ),
      );
      return id;
    };
    /** Which constraint said no; where none did, the SQLSTATE of what else did. */
    const state = async (work: Promise<unknown>): Promise<string | null> =>
      work.then(
        () => 'was let in',
        (error: unknown) =>
          (error as { driverError?: { constraint?: string } }).driverError?.constraint ?? sqlState(error),
      );
    const chain = async (): Promise<Record<'planned' | 'committed' | 'performed', string>> => {
      const planned = await raw({ stage: 'planned' });
      const committed = await raw({ stage: 'committed', parent: planned });
      return { planned, committed, performed: await raw({ stage: 'performed', parent: committed }) };
    };

    it.each<[string, (at: Record<'planned' | 'committed' | 'performed', string>) => Raw, string]>([
      [
        'an entry without the one it leans on',
        () => ({ stage: 'performed' }),
        'ledger_entry_parent_by_stage',
      ],
      [
        'a plan that leans on something',
        (at) => ({ stage: 'planned', parent: at.planned }),
        'ledger_entry_parent_by_stage',
      ],
      ['a stage that is skipped', (at) => ({ stage: 'performed', parent: at.planned }), 'ledger_entry_leans'],
      ['a proof of a commitment', (at) => ({ stage: 'proven', parent: at.committed }), 'ledger_entry_leans'],
      [
        'a proof of more than was performed',
        (at) => ({ stage: 'proven', parent: at.performed, quantity: 11 }),
        'ledger_entry_proves_all',
      ],
      [
        'a proof of less',
        (at) => ({ stage: 'proven', parent: at.performed, quantity: 9 }),
        'ledger_entry_proves_all',
      ],
      [
        'another route than the plan',
        (at) => ({ stage: 'committed', parent: at.planned, route: 'subcontracting' }),
        'ledger_entry_leans',
      ],
      [
        'another obligation than the plan',
        (at) => ({ stage: 'committed', parent: at.planned, obligation: other! }),
        'ledger_entry_leans',
      ],
      ['nothing', () => ({ stage: 'planned', quantity: 0 }), 'ledger_entry_quantity_positive'],
      ['less than nothing', () => ({ stage: 'waived', quantity: -5 }), 'ledger_entry_quantity_positive'],
      [
        'a package that is performed',
        (at) => ({ stage: 'performed', parent: at.committed, package: free[0]! }),
        'ledger_entry_package_is_planned',
      ],
      ['a package that is nobody’s', () => ({ stage: 'planned', package: newId(new Date(0)) }), '42501'],
      ['an unknown stage', (at) => ({ stage: 'due', parent: at.planned }), 'ledger_entry_stage_known'],
    ])('refuse %s', async (_, wrong, expected) => {
      expect(await state(raw(wrong(await chain())))).toBe(expected);
    });

    it('refuse a package of another, of a draft, or not offered', async () => {
      const cases = [
        await published(them!, ['C']),
        await published(us!, ['D'], { status: 'draft' }),
        await published(us!, ['E'], { isOffered: false }),
      ];
      for (const { packageIds } of cases)
        expect(await state(raw({ stage: 'planned', package: packageIds[0]! }))).toBe('42501');
    });

    it('refuse an answer that is no, or that was given to another', async () => {
      const { planned } = await chain();
      expect(await state(raw({ stage: 'committed', parent: planned, answer: no! }))).toBe('42501');
      expect(await state(raw({ stage: 'planned', answer: yes! }))).toBe('ledger_entry_answer_is_committed');
      const theirs = await raw({ stage: 'planned', obligation: await enter(them!) }, them!);
      expect(await state(raw({ stage: 'committed', parent: theirs, answer: yes! }, them!))).toBe('42501');
    });

    it('let one of many at once have a package, prove a performance, show a document', async () => {
      const { planned, performed, committed } = await chain();
      const races: [constraint: string, race: () => Promise<string>][] = [
        [
          'ledger_entry_package_once',
          () =>
            raw({ stage: 'planned', package: free[1]!, obligation: Math.random() < 0.5 ? mine! : other! }),
        ],
        ['ledger_entry_answer_once', () => raw({ stage: 'committed', parent: planned, answer: yes! })],
        ['ledger_entry_proven_once', () => raw({ stage: 'proven', parent: performed })],
        [
          'ledger_entry_document_once',
          () => raw({ stage: 'performed', parent: committed, document: 'Facture 12' }),
        ],
        ['ledger_entry_waiver_once', () => raw({ stage: 'waived', document: 'PV 12' })],
      ];
      for (const [constraint, race] of races) {
        const outcomes = await Promise.all(Array.from({ length: 8 }, () => state(race())));
        expect(outcomes.filter((outcome) => outcome === 'was let in')).toHaveLength(1);
        expect(new Set(outcomes)).toEqual(new Set(['was let in', constraint]));
      }
    });

    it('leave no entry on one that was taken back, whichever comes first', async () => {
      for (let round = 0; round < 12; round += 1) {
        const planned = await raw({ stage: 'planned' });
        tick();
        const end = db.database.transaction(us!, (tx) =>
          rows(
            tx,
            `UPDATE obligations.ledger_entry SET recorded = tstzrange(lower(recorded), $2), ended_reason = 'x' WHERE id = $1`,
            [planned, clock.now()],
          ),
        );
        const outcomes = await Promise.all([state(end), state(raw({ stage: 'committed', parent: planned }))]);
        expect(outcomes.filter((outcome) => outcome === 'ledger_entry_leans')).toHaveLength(1);
      }
    });

    it('let nobody change or delete what was entered', async () => {
      const { performed } = await chain();
      for (const sql of [
        `UPDATE obligations.ledger_entry SET quantity = 1 WHERE id = $1`,
        `DELETE FROM obligations.ledger_entry WHERE id = $1`,
        `UPDATE obligations.debt SET hours = 1 WHERE obligation_id = $1`,
        `UPDATE obligations.attempt SET outcome = 'declined' WHERE id = $1`,
        `DELETE FROM obligations.attempt WHERE id = $1`,
      ])
        expect([sql, await state(db.database.transaction(us!, (tx) => rows(tx, sql, [performed])))]).toEqual([
          sql,
          '42501',
        ]);
    });

    it('keep hours and shares to their clause', async () => {
      const debt = (clause: string, hours: number | null, share: number | null) =>
        db.database.transaction(us!, async (tx) => {
          const id = newId(clock.now());
          await rows(
            tx,
            `INSERT INTO obligations.obligation (id, organisation_id, main_contract, created_at, created_by) VALUES ($1, $2, $4, $3, $2)`,
            [id, us!.organisationId, clock.now(), id],
          );
          await rows(
            tx,
            `INSERT INTO obligations.debt (id, organisation_id, obligation_id, version, notice_date, clause, hours, share, offer, source,
                                           document, regime, basis, law_versions, law_known_at, confidence, recorded_by, recorded)
             VALUES ($1, $2, $1, 1, '2022-01-01', $3, $4, $5, $6, 'buyer', 'd', 'R2016', 'BE-2016-87', $7, $8, 'recalled', $2,
                     tstzrange($8, NULL))`,
            [id, us!.organisationId, clause, hours, share, share === null ? null : 100, [id], clock.now()],
          );
        });
      expect(await state(debt('training', 10, 0.1))).toBe('debt_of_its_clause');
      expect(await state(debt('subcontracting', 10, null))).toBe('debt_of_its_clause');
      expect(await state(debt('flex', null, null))).toBe('debt_of_its_clause');
      expect(await state(debt('flex', null, 0.1))).toBe('was let in');
    });
  });

  it('are seen by their contractor; of the others, by the working group, less what was tried', async () => {
    const id = await enter(us!);
    await service.addAttempt(us!, id, {
      route: 'training',
      triedBy: 'contractor',
      contacted: 'CISP du bassin',
      triedOn: today(),
      outcome: 'no-answer',
    });
    const seen = (actor: Actor) =>
      db.database.transaction(actor, async (tx) => {
        const count = async (table: string): Promise<number> =>
          (await rows<{ n: number }>(tx, `SELECT count(*)::int AS n FROM obligations.${table}`))[0]!.n;
        return [await count('debt'), await count('attempt')].map((n) => n > 0);
      });
    expect(await seen(us!)).toEqual([true, true]);
    expect(await seen({ ...painters!, role: 'working-group' })).toEqual([true, false]);
    expect(await seen(painters!)).toEqual([false, false]);
    expect(await refusal(show(them!, id))).toBe('not-found');
    for (const actor of [them!, { ...them!, role: 'working-group' as const }]) {
      expect(await refusal(service.addEntry(actor, id, { stage: 'waived' }))).toBe('not-found');
      expect(await refusal(service.correct(actor, id, { ...TERMS, reason: 'x' }))).toBe('not-found');
    }
  });

  it('are read for the figures up to a day, each contractor its own', async () => {
    const id = await enter(them!, { clause: 'training', hours: '77', share: '', offer: '' });
    const waive = { stage: 'waived', party: 'Ville', note: 'Lot retiré', quantity: '7' };
    await add(them!, id, { ...waive, document: 'PV jadis', onDay: '2026-01-10' });
    await add(them!, id, { ...waive, document: 'PV hier', onDay: today() });
    const read = async (actor: Actor, until: string) =>
      (await db.database.transaction(actor, (tx) => ledgersUntil(tx, until)))
        .filter(({ debt }) => debt.hours === '77.00')
        .map(({ entries }) => entries.map(({ quantity }) => quantity));
    const workingGroup = { ...painters!, role: 'working-group' as const };
    expect(await read(workingGroup, addDays(today(), 1))).toEqual([['7.00', '7.00']]);
    expect(await read(workingGroup, today())).toEqual([]);
    expect(await read(us!, addDays(today(), 1))).toEqual([]);
  });

  it('log what was tried: offers with who was told and what they said, and lines by hand', async () => {
    const { tenderId, packageIds } = await published(us!, ['Carrelage', 'Abords']);
    const id = await enter(us!, { tenderId });
    const about = { contractorId: us!.organisationId!, tenderId, at: clock.now() };
    await db.database.transaction(SYSTEM, (tx) =>
      anAnswer(tx, {
        ...about,
        packageId: packageIds[0]!,
        organisationId: painters!.organisationId!,
        kind: 'no',
      }),
    );
    const by = { triedBy: 'facilitator', triedOn: today(), contacted: 'Facilitateur', route: 'training' };
    expect(codes(await service.addAttempt(us!, id, { ...by, outcome: 'declined' }))).toEqual([
      'obligation.missing.reason',
    ]);
    expect(await service.addAttempt(us!, id, { ...by, outcome: 'pending' })).toEqual([]);
    const log = () => db.database.transaction(us!, (tx) => service.log(tx, id));
    const [line] = (await log()).attempts;
    tick();
    const corrected = { ...by, outcome: 'unavailable', corrects: line!.id };
    expect(await service.addAttempt(us!, id, corrected)).toEqual([]);
    expect(codes(await service.addAttempt(us!, id, corrected))).toEqual(['obligation.corrects.unknown']);
    const { offers, attempts } = await log();
    expect(attempts.map(({ outcome, isCorrected }) => [outcome, isCorrected])).toEqual([
      ['pending', true],
      ['unavailable', false],
    ]);
    expect(
      offers.map(({ title, told }) => [title, told.map(({ enterprise, answer }) => [enterprise, answer])]),
    ).toEqual([
      ['Abords', []],
      ['Carrelage', [['Atelier des Couleurs', 'no']]],
    ]);
  });
});
