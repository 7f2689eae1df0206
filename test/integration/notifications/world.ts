import type { Criterion } from '../../../src/matching/index.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { emit } from '../../../src/platform/events/index.js';
import { newId } from '../../../src/platform/ids.js';
import { SYSTEM, type TestDatabase } from '../../database.js';

export const NOW = new Date('2026-11-24T10:00:00Z');

export interface Organisation {
  readonly id: string;
  readonly personIds: readonly string[];
}

/** A small published tender and those it concerns, written straight into the tables of the other rooms. */
export interface World {
  readonly contractor: Organisation;
  readonly enterprises: readonly Organisation[];
  readonly tenderId: string;
  readonly packageIds: readonly string[];
  readonly publishedEventId: string;
}

const passed = (key: Criterion['key'], code: string, actual: string, params = {}): Criterion => ({
  key,
  result: 'pass',
  extent: 'full',
  required: actual,
  actual,
  because: { code: `${key}.${code}`, params },
  changeableBy: 'enterprise',
});

const CRITERIA: readonly Criterion[] = [
  passed('trade', 'same', '45442100'),
  passed('zone', 'served-radius', '40 km', { km: 4 }),
  { ...passed('capacity', 'package-not-stated', ''), result: 'unknown' },
  passed('dates', 'free-in-time', '2027-01-04'),
  passed('approval', 'in-force', '2024-01-01..2028-12-31'),
  passed('legal', 'eligible', 'BE-CONTRACT'),
  passed('kind', 'any', 'WAL_EI'),
];

async function organisation(tx: Tx, role: string, name: string, people: number): Promise<Organisation> {
  const id = newId(NOW);
  await rows(
    tx,
    `INSERT INTO accounts.organisation (id, role, name, language, created_at) VALUES ($1, $2, $3, 'fr', $4)`,
    [id, role, name, NOW],
  );
  const personIds: string[] = [];
  for (let i = 0; i < people; i += 1) {
    const personId = newId(NOW);
    await rows(
      tx,
      `INSERT INTO accounts.person (id, organisation_id, organisation_role, email, name, language, created_at)
       VALUES ($1, $2, 'manager', $3, $4, $5, $6)`,
      [personId, id, `${personId}@mail.example`, `Personne ${i + 1}`, ['fr', 'nl', 'de', 'en'][i % 4], NOW],
    );
    personIds.push(personId);
  }
  return { id, personIds };
}

export async function publishedTender(
  db: Pick<TestDatabase, 'database'>,
  {
    enterprises = 1,
    peopleEach = 1,
    packages = 1,
    requestId = 'req-publish',
    alongside = (_tx: Tx, _eventId: string): Promise<void> => Promise.resolve(),
  } = {},
): Promise<World> {
  return db.database.transaction({ ...SYSTEM, requestId }, async (tx) => {
    const contractor = await organisation(tx, 'contractor', 'Bâtiments Sclessin', 1);
    const tenderId = await tender(tx, contractor.id);
    const packageIds: string[] = [];
    for (let i = 0; i < packages; i += 1) packageIds.push(await workPackage(tx, contractor.id, tenderId, i));
    const matched: Organisation[] = [];
    for (let i = 0; i < enterprises; i += 1) {
      const enterprise = await organisation(tx, 'enterprise', `Entreprise sociale ${i + 1}`, peopleEach);
      for (const packageId of packageIds) await match(tx, { contractor, enterprise, tenderId, packageId });
      matched.push(enterprise);
    }
    const publishedEventId = await emit(tx, {
      type: 'tender.published',
      organisationId: contractor.id,
      subjectId: tenderId,
      payload: {},
      at: NOW,
    });
    await alongside(tx, publishedEventId);
    return { contractor, enterprises: matched, tenderId, packageIds, publishedEventId };
  });
}

async function tender(tx: Tx, organisationId: string): Promise<string> {
  const [fileId, importId, tenderId] = [newId(NOW), newId(NOW), newId(NOW)];
  await rows(
    tx,
    `INSERT INTO tenders.source_file (id, organisation_id, sha256, name, size_bytes, content, received_at)
     VALUES ($1::uuid, $2, encode(sha256($1::uuid::text::bytea), 'hex'), 'a.json', 2, '{}', $3)`,
    [fileId, organisationId, NOW],
  );
  await rows(
    tx,
    `INSERT INTO tenders.import (id, organisation_id, source_file_id, state, parsed, received_at)
     VALUES ($1, $2, $3, 'applied', '{}', $4)`,
    [importId, organisationId, fileId, NOW],
  );
  const clause = {
    instrument: 'VOLUNTARY',
    basis: 'BE-CONTRACT',
    answer: {
      options: [
        {
          instrument: 'VOLUNTARY',
          basis: 'BE-CONTRACT',
          labelKey: 'clause.label.VOLUNTARY.private',
          citation: null,
        },
      ],
    },
  };
  await rows(
    tx,
    `INSERT INTO tenders.tender (id, organisation_id, import_id, status, version, title, deadline, place, buyer, clause, created_at, published_at)
     VALUES ($1, $2, $3, 'published', 1, 'Rénovation de la halle des forges', '2026-12-12T11:00:00Z', $4, '{}', $5, $6, $6)`,
    [
      tenderId,
      organisationId,
      importId,
      JSON.stringify({ municipality: 'Seraing', postalCode: '4100', sites: ['nis:62096'] }),
      JSON.stringify(clause),
      NOW,
    ],
  );
  return tenderId;
}

async function workPackage(
  tx: Tx,
  organisationId: string,
  tenderId: string,
  ordinal: number,
): Promise<string> {
  const [lotId, packageId] = [newId(NOW), newId(NOW)];
  await rows(
    tx,
    `INSERT INTO tenders.lot (id, organisation_id, tender_id, ordinal, ref, cpv, place, reserved)
     VALUES ($1, $2, $3, $4, $5, '{}', '{}', '{}')`,
    [lotId, organisationId, tenderId, ordinal, `LOT-${ordinal}`],
  );
  await rows(
    tx,
    `INSERT INTO tenders.work_package (id, organisation_id, tender_id, lot_id, ordinal, ref, title, confirmed, offered, mode,
       hours_min, hours_max, sites, starts_on, ends_on, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, true, true, 'works-or-service', 240, 310, '{nis:62096}', '2027-01-11', '2027-03-31', 1)`,
    [
      packageId,
      organisationId,
      tenderId,
      lotId,
      ordinal,
      `P${ordinal}`,
      `Peinture des murs, niveau ${ordinal + 1}`,
    ],
  );
  await rows(
    tx,
    `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state, recorded_at)
     VALUES ($1, $2, $3, 'trade', '45442100', 0.9, true, '[]', 'machine', 'proposed', $4)`,
    [newId(NOW), organisationId, packageId, NOW],
  );
  return packageId;
}

/** A verdict, and an invitation that is due. */
export async function match(
  tx: Tx,
  on: { contractor: { id: string }; enterprise: { id: string }; tenderId: string; packageId: string },
  score = 0.9,
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id, verdict,
       score, rank, criteria, changes, basis, decided_on, package_version, enterprise_version_id, law_known_at, rules_version, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, 'match', $9, 1, $7, '[]', 'BE-CONTRACT', '2026-11-24', 1, $6, $8, 'test', tstzrange($8, NULL))`,
    [
      newId(NOW),
      on.contractor.id,
      on.enterprise.id,
      on.tenderId,
      on.packageId,
      on.enterprise.id,
      JSON.stringify(CRITERIA),
      NOW,
      score,
    ],
  );
  await rows(
    tx,
    `INSERT INTO matching.invitation (package_id, enterprise_id, organisation_id, enterprise_organisation_id, tender_id, batch,
                                      due_at, by, state, planned_at)
     VALUES ($1, $2, $3, $2, $4, 0, $5, 'mail', 'due', $5)`,
    [on.packageId, on.enterprise.id, on.contractor.id, on.tenderId, NOW],
  );
}
