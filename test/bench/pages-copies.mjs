// Copies of the one tender that went the whole way: other identities, days, places, enterprises, the same shapes.

const CONTRACTORS = 200;
/** Of so many tenders the first contractor has one; of so many packages the first enterprise fits one. */
const [SHARE_OF_CONTRACTOR, SHARE_OF_ENTERPRISE] = [20, 10];
const MATCHES_A_PACKAGE = 25;
/** Ten packages so many times. */
const LONG_TIMES = 500;

/** @returns rows by table; names the long tender in `objects`. @param count of packages beside those of the two long tenders */
export async function copyBasin(owner, people, objects, count) {
  const copies = new Copies(owner);
  await owner.query(`CREATE TEMP TABLE municipality AS
    SELECT row_number() OVER () - 1 AS n, nis, name FROM (VALUES ('62096', 'Seraing'), ('62063', 'Liège'), ('62051', 'Herstal'),
      ('62079', 'Oupeye'), ('62120', 'Flémalle'), ('61031', 'Huy'), ('62003', 'Ans'), ('62118', 'Grâce-Hollogne'),
      ('63079', 'Verviers'), ('62032', 'Esneux'), ('62093', 'Saint-Nicolas'), ('62108', 'Visé')) AS m (nis, name)`);
  const { rows } = await owner.query(
    'SELECT count(*)::int AS n FROM tenders.work_package WHERE tender_id = $1',
    [objects.tenderId],
  );
  const tenders = Math.ceil(count / rows[0].n);
  await owner.query(`
    INSERT INTO accounts.organisation (id, role, name, language, created_at)
      SELECT md5('contractor' || i)::uuid, 'contractor', 'Constructions ' || i, 'fr', now() FROM generate_series(1, ${CONTRACTORS}) i;
    CREATE TEMP TABLE copy AS
      SELECT i, CASE WHEN i % ${SHARE_OF_CONTRACTOR} = 0 THEN '${people.contractor.organisationId}'::uuid
                     ELSE md5('contractor' || 1 + i % ${CONTRACTORS})::uuid END AS contractor,
             now() - i * interval '365 days' / ${tenders} AS at
      FROM generate_series(1, ${tenders}) i;
    CREATE TEMP TABLE enterprise AS
      SELECT (row_number() OVER (ORDER BY md5(id::text)) - 1)::int AS n, id, organisation_id FROM registry.enterprise
      WHERE organisation_id NOT IN ('${people.enterprise.organisationId}', '${people.partner.organisationId}');
    CREATE UNIQUE INDEX ON enterprise (n);
    ANALYZE copy, enterprise;`);
  await copyTender(copies, objects.tenderId);
  await copyMatches(copies, owner, people, objects);
  await copyAnswers(owner, objects);
  await copyNews(copies, owner, people);
  Object.assign(objects, await latestOfFirst(owner, objects));
  await lengthen(owner, objects);
  await owner.query('VACUUM (ANALYZE)');
  const { rows: sizes } = await owner.query(`
    SELECT relid::regclass::text AS "table", n_live_tup::int AS rows FROM pg_stat_user_tables
    WHERE n_live_tup > 1000 AND schemaname !~ '^pg_' ORDER BY 2 DESC`);
  return Object.fromEntries(sizes.map(({ table, rows: n }) => [table, n]));
}

/** A row as it is but for what is named: `new('id')` stands for the copy of an identity. */
class Copies {
  constructor(owner) {
    this.owner = owner;
  }

  async copy(table, where, changes, from = 'copy c') {
    const [schema, name] = table.split('.');
    const { rows } = await this.owner.query(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped`,
      [`${schema}.${name}`],
    );
    const columns = rows.map((row) => row.name);
    const value = (column) => (changes[column] === undefined ? `r.${column}` : changes[column]);
    await this.owner.query(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map(value).join(', ')} FROM ${table} r CROSS JOIN ${from} WHERE ${where}`,
    );
  }
}

const anew = (column) => `md5(r.${column}::text || c.i)::uuid`;

async function copyTender(copies, tenderId) {
  const own = { id: anew('id'), organisation_id: 'c.contractor' };
  const imports = `(SELECT import_id FROM tenders.tender WHERE id = '${tenderId}')`;
  await copies.copy(
    'tenders.source_file',
    `r.id = (SELECT source_file_id FROM tenders.import WHERE id = ${imports})`,
    {
      ...own,
      sha256: `encode(sha256(c.i::text::bytea), 'hex')`,
    },
  );
  await copies.copy('tenders.import', `r.id = ${imports}`, {
    ...own,
    source_file_id: anew('source_file_id'),
  });
  await copies.copy(
    'tenders.tender',
    `r.id = '${tenderId}'`,
    {
      ...own,
      import_id: anew('import_id'),
      title: `'Rénovation du hall ' || c.i`,
      place: `r.place || jsonb_build_object('nis', y.nis, 'municipality', y.name)`,
      status: `CASE WHEN c.i % 10 = 1 THEN 'withdrawn' ELSE 'published' END`,
      withdrawn_at: `CASE WHEN c.i % 10 = 1 THEN c.at + interval '2 days' END`,
      withdrawal_reason: `CASE WHEN c.i % 10 = 1 THEN 'Le chantier est reporté' END`,
      notice_date: 'c.at::date',
      created_at: `c.at - interval '3 days'`,
      published_at: 'c.at',
      deadline: `c.at + interval '120 days'`,
    },
    '(copy c JOIN municipality y ON y.n = c.i % 12)',
  );
  const ofTender = `r.tender_id = '${tenderId}'`;
  const part = { ...own, tender_id: anew('tender_id') };
  await copies.copy('tenders.tender_version', ofTender, part);
  await copies.copy('tenders.lot', ofTender, part);
  await copies.copy('tenders.work_package', ofTender, {
    ...part,
    lot_id: anew('lot_id'),
    title: `r.title || ' ' || c.i`,
    value: '(r.value * (1 + c.i % 7) / 4)::numeric(16, 2)',
  });
  const ofPackage = `r.package_id IN (SELECT id FROM tenders.work_package WHERE tender_id = '${tenderId}')`;
  await copies.copy('tenders.bill_line', ofPackage, {
    ...own,
    lot_id: anew('lot_id'),
    package_id: anew('package_id'),
  });
  await copies.copy('tagging.tag', ofPackage, {
    ...own,
    package_id: anew('package_id'),
    // Of some tenders nothing can be placed: the working group asks which.
    value: `CASE WHEN r.kind = 'placeable' AND r.state = 'confirmed' AND r.value <> 'no' AND c.i % 40 = 3 THEN 'no' ELSE r.value END`,
  });
}

async function copyMatches(copies, owner, people, { tenderId, packageId }) {
  const lead = people.enterprise.organisationId;
  const enterprises = Number((await owner.query('SELECT count(*) FROM enterprise')).rows[0].count);
  // One verdict that was really given stands for those of all ranks; enterprises follow from package and rank.
  await owner.query(`CREATE TEMP TABLE fit AS
    SELECT p.id AS package_id, k.rank, k.rank = 1 AND (c.i + p.ordinal) % ${SHARE_OF_ENTERPRISE} = 0 AS is_lead,
           abs(hashtext(p.id::text || c.i)) % ${enterprises} AS start, c.*
    FROM tenders.work_package p CROSS JOIN copy c CROSS JOIN generate_series(1, ${MATCHES_A_PACKAGE}) AS k (rank)
    WHERE p.tender_id = '${tenderId}'`);
  await copies.copy(
    'matching.match',
    `r.package_id = '${packageId}' AND r.enterprise_organisation_id = '${lead}' AND upper_inf(r.recorded)`,
    {
      id: 'gen_random_uuid()',
      organisation_id: 'c.contractor',
      tender_id: anew('tender_id'),
      package_id: 'md5(c.package_id::text || c.i)::uuid',
      enterprise_id: 'CASE WHEN c.is_lead THEN r.enterprise_id ELSE e.id END',
      enterprise_organisation_id:
        'CASE WHEN c.is_lead THEN r.enterprise_organisation_id ELSE e.organisation_id END',
      rank: 'c.rank',
      score: '(1 - c.rank / 100.0)',
      verdict: `CASE c.rank % 5 WHEN 4 THEN 'partial' WHEN 0 THEN 'near-miss' ELSE 'match' END`,
      recorded: 'tstzrange(c.at, NULL)',
    },
    `(fit c JOIN enterprise e ON e.n = (c.start + 37 * c.rank) % ${enterprises})`,
  );
  await owner.query('ANALYZE matching.match');
  await owner.query(`CREATE TEMP TABLE told AS
    SELECT m.tender_id, m.enterprise_organisation_id, m.organisation_id, array_agg(m.package_id) AS packages, min(lower(m.recorded)) AS at
    FROM matching.match m WHERE m.verdict <> 'near-miss' AND m.tender_id <> '${tenderId}' GROUP BY 1, 2, 3`);
  const one = `r.id = (SELECT id FROM notifications.notification WHERE channel = 'mail' AND template IN ('tender-published', 'match-new') LIMIT 1)`;
  await copies.copy(
    'notifications.notification',
    one,
    {
      id: 'gen_random_uuid()',
      organisation_id: 'c.enterprise_organisation_id',
      recipient_id: 'c.enterprise_organisation_id',
      event_id: 'c.tender_id',
      event_organisation_id: 'c.organisation_id',
      tender_id: 'c.tender_id',
      package_ids: 'c.packages',
      message_id: 'gen_random_uuid()::text',
      state: `'delivered'`,
      lease_until: 'NULL',
      created_at: 'c.at',
      finished_at: `c.at + interval '1 minute'`,
      template: `'tender-published'`,
    },
    'told c',
  );
}

async function copyAnswers(owner, { tenderId }) {
  await owner.query(`ALTER TABLE answers.decision DISABLE TRIGGER USER`);
  await owner.query(`
    INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind, reason,
                                part, message, package_version, answered_by, recorded)
    SELECT gen_random_uuid(), enterprise_organisation_id, organisation_id, tender_id, package_id, enterprise_id,
           (ARRAY['full', 'no', 'part', 'full'])[1 + rank % 4], CASE rank % 4 WHEN 1 THEN 'no-capacity' END,
           CASE rank % 4 WHEN 2 THEN '600 m²' END, 'Nous pouvons commencer en mars.', 1, enterprise_organisation_id,
           tstzrange(lower(recorded) + interval '2 days', NULL)
    FROM matching.match WHERE tender_id <> '${tenderId}' AND verdict <> 'near-miss' AND rank < 16
      AND abs(hashtext(id::text)) % 6 = 0;
    INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state, whole,
                                  confirm_by, decided_by, recorded)
    SELECT gen_random_uuid(), contractor_organisation_id, organisation_id, tender_id, package_id, id, state, true,
           CASE state WHEN 'awarded' THEN lower(recorded) + interval '20 days' END, contractor_organisation_id,
           tstzrange(lower(recorded) + interval '10 days', NULL)
    FROM (SELECT DISTINCT ON (package_id) *, (ARRAY['retained', 'awarded', 'confirmed'])[1 + abs(hashtext(package_id::text)) % 3] AS state
          FROM answers.answer WHERE kind = 'full' AND tender_id <> '${tenderId}' ORDER BY package_id, id) a;
    INSERT INTO answers.closed_package (package_id, organisation_id, closed_at)
    SELECT package_id, organisation_id, lower(recorded) FROM answers.decision WHERE state = 'confirmed' ON CONFLICT DO NOTHING`);
  await owner.query(`ALTER TABLE answers.decision ENABLE TRIGGER USER`);
}

/** The copy that the first contractor published last. */
export async function latestOfFirst(owner, { tenderId }) {
  const { rows } = await owner.query(
    `SELECT a.tender_id AS "longTenderId", a.package_id AS "longPackage", a.id AS "longAnswer" FROM answers.answer a
     WHERE a.tender_id = md5($1::uuid::text || ${SHARE_OF_CONTRACTOR})::uuid AND a.kind = 'full' ORDER BY a.id LIMIT 1`,
    [tenderId],
  );
  return rows[0];
}

/** Makes a draft, and the latest published tender of the first contractor, as long as the longest that are brought. */
export async function lengthen(owner, { longDraftId, longTenderId }) {
  const copies = new Copies(owner);
  for (const tenderId of [longDraftId, longTenderId]) {
    const packages = `r.package_id IN (SELECT id FROM tenders.work_package WHERE tender_id = '${tenderId}' AND ordinal < 100)`;
    const own = { id: anew('id'), package_id: anew('package_id') };
    const times = `generate_series(1, ${LONG_TIMES - 1}) AS c (i)`;
    const again = (table, where, changes) => copies.copy(table, where, changes, times);
    await again('tenders.work_package', `r.tender_id = '${tenderId}'`, {
      id: own.id,
      ref: `r.ref || '.' || c.i`,
      title: `r.title || ' ' || c.i`,
      ordinal: 'r.ordinal + 100 * c.i',
    });
    await again('tenders.bill_line', packages, { ...own, ordinal: 'r.ordinal + 1000 * c.i' });
    await again('tagging.tag', packages, own);
    await again('matching.match', packages, own);
    await again('answers.answer', packages, own);
    await owner.query('ALTER TABLE answers.decision DISABLE TRIGGER USER');
    await again('answers.decision', packages, { ...own, answer_id: anew('answer_id') });
    await owner.query('ALTER TABLE answers.decision ENABLE TRIGGER USER');
    await again('answers.closed_package', packages, { package_id: own.package_id });
    await owner.query(
      `UPDATE notifications.notification SET package_ids = package_ids || ARRAY(
         SELECT md5(id::text || i)::uuid FROM unnest(package_ids) AS p (id), generate_series(1, ${LONG_TIMES - 1}) i)
       WHERE tender_id = $1`,
      [tenderId],
    );
  }
}

/** What waits on desks: news, mails, debts, approvals to be checked. */
async function copyNews(copies, owner, people) {
  const own = (column, person) => `r.${column} = '${person.organisationId}'`;
  const news = {
    id: 'gen_random_uuid()',
    event_id: 'gen_random_uuid()',
    message_id: 'gen_random_uuid()::text',
  };
  await copies.copy(
    'notifications.notification',
    `r.channel = 'in-app' AND r.organisation_id IN ('${people.enterprise.organisationId}', '${people.contractor.organisationId}')`,
    news,
    'generate_series(1, 300) AS c (i)',
  );
  await copies.copy(
    'platform.outbox_mail',
    'true',
    {
      id: 'gen_random_uuid()',
      message_id: 'gen_random_uuid()::text',
      sent_at: `r.sent_at - c.i * interval '1 minute'`,
    },
    'generate_series(1, 1000) AS c (i)',
  );
  await copies.copy(
    'obligations.obligation',
    own('organisation_id', people.contractor),
    { id: anew('id'), main_contract: `r.main_contract || ' ' || c.i` },
    'generate_series(1, 100) AS c (i)',
  );
  await copies.copy(
    'obligations.debt',
    own('organisation_id', people.contractor),
    { id: anew('id'), obligation_id: anew('obligation_id') },
    'generate_series(1, 100) AS c (i)',
  );
  await owner.query(`
    INSERT INTO registry.approval (id, enterprise_id, organisation_id, kind, authority, state, valid, recorded)
    SELECT gen_random_uuid(), id, organisation_id, 'WAL_EI', 'Région wallonne', 'pending', daterange('2026-01-01', NULL), tstzrange(now(), NULL)
    FROM enterprise WHERE n < 300`);
}
