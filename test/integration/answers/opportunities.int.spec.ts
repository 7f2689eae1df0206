import {
  opportunitiesAfter,
  opportunitiesOf,
  opportunityById,
  type OpportunityState,
} from '../../../src/answers/index.js';
import { plainInSql, plainText, type Actor } from '../../../src/kernel/index.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer, aPublishedTender } from '../../factories/published-tender.factory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const daysFromNow = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const SIZE = 50;

/** An enterprise with more on its list than a page holds, and another one beside it. */
describe('the list of opportunities', () => {
  let db: TestDatabase;
  const [contractorId, own, other] = [newId(NOW), newId(NOW), newId(NOW)];
  const enterprise: Actor = { role: 'enterprise', organisationId: own, personId: null, requestId: 'test' };
  const ids: Record<OpportunityState, string[]> = { open: [], answered: [], closed: [] };
  let others: string[] = [];
  let unheard: string[] = [];

  beforeAll(async () => {
    db = await cloneDatabase();
    await db.database.transaction(SYSTEM, async (tx) => {
      await rows(
        tx,
        `INSERT INTO accounts.organisation (id, role, name, language, created_at)
         VALUES ($1, 'contractor', 'Constructions Ougrée', 'fr', $4), ($2, 'enterprise', 'A', 'fr', $4), ($3, 'enterprise', 'B', 'fr', $4)`,
        [contractorId, own, other, NOW],
      );
      // The later the tender, the sooner its term: the order of the list is none of the order of the rows.
      const late = await tender(tx, 'Hall', daysFromNow(20), names('Peinture', 70));
      const soon = await tender(tx, 'Métro', daysFromNow(10), names('Électricité', 60));
      const past = await tender(tx, 'École', daysFromNow(-5), names('Toiture', 30));
      const long = await tender(tx, 'Crèche', daysFromNow(-50), names('Clôture', 10));
      for (const one of [late, soon, past, long]) await match(tx, one.tenderId, own, one.packageIds);
      const answered = soon.packageIds.slice(0, 15);
      for (const packageId of answered)
        await anAnswer(tx, {
          tenderId: soon.tenderId,
          packageId,
          organisationId: own,
          contractorId,
          kind: 'full',
          at: daysFromNow(-1),
        });
      const [gone, full] = [late.packageIds[0]!, late.packageIds[1]!];
      await rows(
        tx,
        `INSERT INTO answers.closed_package (package_id, organisation_id, closed_at) VALUES ($1, $2, $3)`,
        [full, contractorId, NOW],
      );
      await rows(
        tx,
        `UPDATE matching.match SET recorded = tstzrange(lower(recorded), $2), closed_reason = 'package-closed'
         WHERE package_id = $1`,
        [gone, daysFromNow(-1)],
      );
      await rows(tx, `UPDATE tenders.work_package SET offered = false WHERE id = $1`, [gone]);
      await rows(
        tx,
        `INSERT INTO tenders.withdrawn_package (package_id, tender_id, organisation_id, reason, withdrawn_by, withdrawn_at)
         VALUES ($1, $2, $3, 'other', $3, $4)`,
        [gone, late.tenderId, contractorId, daysFromNow(-1)],
      );
      ids.open = [...soon.packageIds.slice(15), ...late.packageIds.slice(2)];
      ids.answered = answered;
      ids.closed = [gone, full, ...past.packageIds, ...long.packageIds];

      const theirs = await tender(tx, 'Piscine', daysFromNow(12), names('Peinture', 5));
      await match(tx, theirs.tenderId, other, theirs.packageIds);
      others = theirs.packageIds;
      const secret = await tender(tx, 'Gare', daysFromNow(12), names('Peinture', 5));
      await match(tx, secret.tenderId, own, secret.packageIds);
      await rows(
        tx,
        `INSERT INTO tenders.audience (tender_id, organisation_id, kind) VALUES ($1, $2, 'invited')`,
        [secret.tenderId, contractorId],
      );
      unheard = secret.packageIds;
    });
  }, 60_000);
  afterAll(() => db.drop());

  const names = (of: string, count: number) => Array.from({ length: count }, (_, n) => `${of} ${n}`);

  async function tender(tx: Tx, title: string, deadline: Date, packages: readonly string[]) {
    const made = await aPublishedTender(tx, { organisationId: contractorId, deadline, packages });
    await rows(tx, `UPDATE tenders.tender SET title = $2 WHERE id = $1`, [made.tenderId, title]);
    return made;
  }

  async function match(tx: Tx, tenderId: string, who: string, packageIds: readonly string[]): Promise<void> {
    await rows(
      tx,
      `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id, verdict,
         score, rank, criteria, basis, decided_on, package_version, enterprise_version_id, law_known_at, rules_version, recorded)
       SELECT gen_random_uuid(), $1, $2, $3, p.id, $2, 'match', (n % 7) / 10.0, 1, '[]', 'X', '2026-06-10', 1, $2, $5, 'x', tstzrange($5, NULL)
       FROM unnest($4::uuid[]) WITH ORDINALITY AS p (id, n)`,
      [contractorId, who, tenderId, packageIds, daysFromNow(-60)],
    );
  }

  const list = (
    asked: Partial<Parameters<typeof opportunitiesOf>[3]> = {},
    actor = enterprise,
    organisationId = own,
  ) =>
    db.database.transaction(actor, (tx) =>
      opportunitiesOf(tx, organisationId, NOW, {
        state: null,
        words: [],
        page: 1,
        size: SIZE,
        ...asked,
      }),
    );
  const idsOf = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ packageId }) => packageId);

  it('gives each package once, on one page, what is open first', async () => {
    const pages = [1, 2, 3, 4].map((page) => list({ page }));
    const found = (await Promise.all(pages)).flatMap(idsOf);
    const { open, answered, closed } = ids;
    expect(found).toHaveLength(open.length + answered.length + closed.length);
    expect(new Set(found.slice(0, open.length))).toEqual(new Set(open));
    expect(new Set(found.slice(open.length, open.length + answered.length))).toEqual(new Set(answered));
    expect(new Set(found.slice(open.length + answered.length))).toEqual(new Set(closed));
    expect((await list()).counts).toEqual({
      open: open.length,
      answered: answered.length,
      closed: closed.length,
    });
  });

  it('puts the next term first, and of what is over the latest', async () => {
    const times = (found: Awaited<ReturnType<typeof list>>) =>
      found.items.map(({ deadline }) => deadline!.getTime());
    const open = times(await list({ state: 'open' }));
    expect(open).toEqual(open.toSorted((a, b) => a - b));
    const closed = times(await list({ state: 'closed' }));
    expect(closed).toEqual(closed.toSorted((a, b) => b - a));
    expect(idsOf(await list({ page: 2 }))).toEqual(idsOf(await list({ page: 2 })));
  });

  it('shows the first page for one that is not there', async () => {
    expect(idsOf(await list({ page: 99 }))).toEqual(idsOf(await list()));
  });

  it('finds words wherever they stand, whatever their accents, on whatever page they would be', async () => {
    const found = await list({ words: ['electricite', '58'] });
    expect(found.items.map(({ title }) => title)).toEqual(['Électricité 58']);
    expect(found.counts).toEqual({ open: 1, answered: 0, closed: 0 });
    expect((await list({ words: ['metro', 'ougree'] })).counts).toMatchObject({ open: 45, answered: 15 });
    expect((await list({ words: ['metro', 'ecole'] })).items).toEqual([]);
    expect((await list({ words: ['%'] })).items).toEqual([]);
  });

  it('folds words in the database as in JavaScript', async () => {
    const texts = [
      'Électricité',
      'E\u0301lectricite',
      'Val\u200F Mosan\u2069',
      'שָׁלוֹם',
      'مُحَمَّد',
      'Ærøskøbing',
      'ŁÓDŹ',
      '\uFEFFa',
    ];
    const folded = await db.database.transaction(SYSTEM, (tx) =>
      rows<{ folded: string }>(
        tx,
        `SELECT ${plainInSql('t')} AS folded FROM unnest($1::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n`,
        [texts],
      ),
    );
    expect(folded.map((one) => one.folded)).toEqual(texts.map(plainText));
    expect(plainText('שָׁלוֹם')).toBe('שלום');
  });

  it('shows nothing that is offered to others, nor what is for those invited alone', async () => {
    const seen = new Set((await list({ size: 500 })).items.map(({ packageId }) => packageId));
    for (const id of [...others, ...unheard]) {
      expect(seen.has(id)).toBe(false);
      expect(await db.database.transaction(enterprise, (tx) => opportunityById(tx, own, id))).toBeNull();
    }
  });

  it('answers whoever is acting, whosever list is asked for', async () => {
    const stranger: Actor = { ...enterprise, organisationId: newId(NOW) };
    expect((await list({}, stranger)).items).toEqual([]);
    expect((await list({}, stranger)).counts).toEqual({ open: 0, answered: 0, closed: 0 });
    expect((await list({}, { ...enterprise, role: 'anonymous', organisationId: null })).items).toEqual([]);
  });

  it('goes on after a package, each once, to the end, whatever is answered on the way', async () => {
    const whole = idsOf(await list({ size: 500 }));
    const goOn = (after: string | null) =>
      db.database.transaction(enterprise, (tx) => opportunitiesAfter(tx, own, NOW, after, SIZE));
    const found: string[] = [];
    for (let page: Awaited<ReturnType<typeof goOn>> | null = await goOn(null); page !== null;) {
      const { items } = page;
      const next: string | null = page.next;
      found.push(...items.map(({ packageId }) => packageId));
      await db.database.transaction(SYSTEM, async (tx) => {
        for (const { tenderId, packageId } of items.filter((item) => ids.open.includes(item.packageId)))
          await anAnswer(tx, {
            tenderId,
            packageId,
            organisationId: own,
            contractorId,
            kind: 'full',
            at: daysFromNow(-1),
          });
      });
      page = next === null ? null : await goOn(next);
    }
    expect(found).toEqual(whole.toSorted());
    expect((await list()).counts).toMatchObject({ open: 0, answered: ids.open.length + ids.answered.length });
  });
});
