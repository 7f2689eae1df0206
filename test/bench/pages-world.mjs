// A basin at work for the pages bench: one tender goes the whole way through the service itself, then its rows are
// copied under other identities until there are as many as asked for. Shapes are real, only the identities are made.
import { readFileSync } from 'node:fs';
import { Client } from 'pg';

const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));
export const SECRET = 'a secret that only benches know, 32+';
export const SYSTEM = { role: 'system', organisationId: null, personId: null, requestId: 'bench' };

const CHAPTERS = [
  ['Peintures', 'Peinture des murs intérieurs, deux couches', '45442100'],
  ['Carrelages', 'Carrelage de sol en grès cérame collé', '45431000'],
  ['Cloisons', 'Cloison en plaques de plâtre sur ossature', '45421141'],
  ['Plantations', 'Plantation d’arbustes en motte', '77310000'],
  ['Démolitions', 'Démontage soigneux de portes intérieures', '45111300'],
  ['Toitures', 'Couverture en tuiles de terre cuite', '45261211'],
  ['Électricité', 'Prise de courant encastrée avec câblage', '45311000'],
  ['Nettoyage', 'Nettoyage de fin de chantier', '90911200'],
  ['Menuiseries', 'Porte intérieure en bois, pose comprise', '45421131'],
  ['Clôtures', 'Clôture en treillis soudé, pose comprise', '45342000'],
];
const TRADES = CHAPTERS.map(([, , trade]) => trade);
const bill = (salt) =>
  `Projet;Rénovation du hall ${salt};;;;\nLieu;4100 Seraing;;;;\nPoste;Désignation;Unité;Quantité;Prix unitaire;Total\n${CHAPTERS.flatMap(
    ([title, label], at) => [
      `${at + 1};${title.toUpperCase()};;;;`,
      ...[1, 2, 3, 4].map(
        (n) => `${at + 1}.${n};${label}, local ${n};m2;${100 * n};8,00;${(800 * n).toFixed(2)}`,
      ),
    ],
  ).join('\n')}\n`;

/** Asks the service with some headers, without a socket between. */
export const asker =
  (service, headers) =>
  async (method, url, { mayFail = false, ...options } = {}) => {
    const all = { ...headers, ...options.headers };
    const answer = await service.server.inject({ method, url, ...options, headers: all });
    if (answer.statusCode >= 400 && !mayFail)
      throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 600)}`);
    return answer;
  };

/** Somebody with a session, who asks the service as a browser does. */
export async function personOf(service, role, organisationId) {
  const { createOrganisation, createPerson } = await dist('accounts/index.js');
  const { startSession } = await dist('accounts/session.repository.js');
  const { FormTokens } = await dist('platform/http/index.js');
  const now = service.clock.now();
  const made = await service.database.transaction(SYSTEM, async (tx) => {
    const id =
      organisationId ??
      (await createOrganisation(tx, { role, name: `Organisation ${role}`, language: 'fr' }, now));
    const email = `${role}-${Math.random().toString(36).slice(2)}@example.org`;
    const person = { organisationId: id, email, name: 'Claire Dumont', language: 'fr', passwordHash: null };
    const personId = await createPerson(tx, person, now);
    const session = await startSession(tx, { personId, organisationId: id, role }, 'Firefox, Linux', now);
    return { organisationId: id, personId, session };
  });
  const formToken = service.app.get(FormTokens).ofSession(made.session.token);
  const headers = {
    cookie: `maillon=${made.session.token}`,
    'sec-fetch-site': 'same-origin',
    'x-form-token': formToken,
  };
  const ask = asker(service, headers);
  return {
    headers,
    organisationId: made.organisationId,
    actor: { role, organisationId: made.organisationId, personId: made.personId, requestId: 'bench' },
    get: (url, options) => ask('GET', url, options),
    call: async (method, url, payload = {}) => {
      const { body } = await ask(method, url, {
        ...(method === 'GET' ? {} : { payload }),
        headers: { 'if-match': '"v1"' },
      });
      return body === '' ? null : JSON.parse(body);
    },
    post: (url, fields = {}) =>
      ask('POST', url, {
        payload: new URLSearchParams({ ...fields, _token: formToken }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    send: async (url, name, bytes, fields = {}) => {
      const form = new FormData();
      for (const [field, value] of Object.entries({ ...fields, _token: formToken })) form.set(field, value);
      form.set(fields.kind ? 'document' : 'file', new Blob([bytes]), name);
      const body = new Response(form);
      return ask('POST', url, {
        payload: Buffer.from(await body.arrayBuffer()),
        headers: { 'content-type': body.headers.get('content-type') },
      });
    },
  };
}

/** The service on a database, as one role of it or as all. */
export async function serve(databaseUrl, role) {
  const { start } = await dist('main.js');
  const { Database } = await dist('platform/db/index.js');
  const { SystemClock } = await dist('platform/clock.js');
  const app = await start({
    environment: 'test',
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    secret: SECRET,
    role,
    logLevel: 'fatal',
  });
  return {
    app,
    database: app.get(Database),
    clock: new SystemClock(),
    server: app.getHttpAdapter().getInstance(),
  };
}

/** The owner's way into the database, past every filter. */
export async function ownerOf(url) {
  const client = new Client({ connectionString: url, options: '-c maillon.role=system' });
  await client.connect();
  client.on('error', () => {});
  return client;
}

/** What this process and the backends it asks have used: other work on the machine does not lengthen it. */
export async function processorMs(owner) {
  const { rows } = await owner.query(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  const backends = rows.map(
    ({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
  );
  const { user, system } = process.cpuUsage();
  return backends.reduce((sum, ms) => sum + ms, (user + system) / 1000);
}

/** Enterprises of the matching bench, with an organisation each. */
export async function enterRegister(service, owner, count) {
  const { benchEnterprise } = await dist('matching/bench-world.js');
  const { insertEnterprises } = await dist('matching/bench-load.repository.js');
  const { replacePostings } = await dist('matching/posting.repository.js');
  const { loadGeography } = await dist('registry/index.js');
  for (let from = 0; from < count; from += 1000) {
    const some = Array.from({ length: Math.min(1000, count - from) }, (_, i) => benchEnterprise(1, from + i));
    await service.database.transaction(SYSTEM, async (tx) => {
      await insertEnterprises(tx, some, service.clock.now());
      await replacePostings(tx, [], some, loadGeography());
    });
    await owner.query(
      `INSERT INTO accounts.organisation (id, role, name, language, created_at)
       SELECT id, 'enterprise', name, 'fr', now() FROM unnest($1::uuid[], $2::text[]) AS e (id, name)`,
      [some.map(({ id }) => id), some.map(({ name }) => name)],
    );
  }
  return benchEnterprise(1, 0);
}

async function register(service, person, like) {
  const { OffersService } = await dist('matching/index.js');
  const { RegistryService } = await dist('registry/index.js');
  const { id: _, ...profile } = {
    ...like,
    name: 'Ateliers du Val',
    kind: 'WAL_EI',
    openToTeams: true,
    location: { country: 'BE', postalCode: '4100', nis: '62096', lat: 50.5986, lon: 5.5079, address: null },
    activities: [
      {
        ...like.activities[0],
        trades: TRADES,
        zone: { type: 'country', km: null, areas: [] },
        capacity: {
          minValue: '100.00',
          maxValue: '900000.00',
          hoursPerWeek: 300,
          from: null,
          partialScope: true,
        },
      },
    ],
  };
  await service.database.transaction(SYSTEM, async (tx) => {
    const { organisationId } = person;
    const id = await service.app.get(RegistryService).register(tx, SYSTEM, profile, { organisationId });
    await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
  });
}

async function eventually(what, ask) {
  for (let n = 0; n < 600; n += 1) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never: ${what}`);
}

/** What somebody without an account tries, read. @returns the token of its address */
async function tried(service, one) {
  const { TrialPipeline } = await dist('pipeline/index.js');
  const stranger = { browser: 'bench', network: 'bench', requestId: 'bench' };
  const file = { name: 'metre.csv', bytes: Buffer.from(bill('essai')) };
  const token = await service.app.get(TrialPipeline).bring(stranger, file);
  await eventually('a trial', () => one(`SELECT id FROM tenders.trial WHERE state = 'staged'`));
  return token;
}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const idIn = (answer) => answer.headers.location.split('/').at(-1);

export async function draftOf(contractor, salt) {
  const reading = (await contractor.send('/api/v1/readings', 'metre.csv', bill(salt))).json();
  const { tenderId } = await contractor.call('POST', `/api/v1/readings/${reading.id}/draft`);
  const { packages } = await contractor.call('GET', `/api/v1/tenders/${tenderId}`);
  for (const [at, { id, version }] of packages.entries())
    await contractor.call('PUT', `/api/v1/work-packages/${id}/review`, {
      trades: [TRADES[at % TRADES.length]],
      placeable: 'yes',
      offered: true,
      value: '24000.00',
      version,
    });
  const deadline = new Date(Date.now() + 60 * 86_400_000).toISOString();
  await contractor.call('PATCH', `/api/v1/tenders/${tenderId}`, { deadline });
  await contractor.call('PUT', `/api/v1/tenders/${tenderId}/buyer`, { buyer: 'private' });
  await contractor.call('PUT', `/api/v1/tenders/${tenderId}/clause`, {
    instrument: 'VOLUNTARY',
    basis: 'BE-CONTRACT',
  });
  return { tenderId, packages };
}

/** One of everything a page may show. @returns people by role, and objects by the parameters of routes */
export async function oneOfEach(service, owner, like) {
  const [contractor, lead, partner, group, desk, second] = [
    await personOf(service, 'contractor'),
    await personOf(service, 'enterprise'),
    await personOf(service, 'enterprise'),
    await personOf(service, 'working-group'),
    await personOf(service, 'administrator'),
    await personOf(service, 'administrator'),
  ];
  await owner.query(`UPDATE accounts.organisation SET enterprise_number = '0123456749' WHERE id = $1`, [
    partner.organisationId,
  ]);
  for (const person of [lead, partner]) await register(service, person, like);
  const { tenderId, packages } = await draftOf(contractor, 'nord');
  await contractor.call('POST', `/api/v1/tenders/${tenderId}/publication`);
  const packageId = await eventually('the match', async () => {
    const { items } = await lead.call('GET', '/api/v1/opportunities');
    return items.length >= packages.length ? packages[0].id : null;
  });
  const offer = `/api/v1/opportunities/${packageId}`;
  await lead.call('POST', `${offer}/questions`, { text: 'Le hall est-il vidé avant ?' });
  await lead.post(`/enterprise/opportunities/${packageId}/answer`, { kind: 'team' });
  await lead.post(`/enterprise/opportunities/${packageId}/team`, {
    partner: 'number',
    partnerNumber: '0123456749',
    part: 'Les bureaux, 300 m²',
    leadPart: 'Le hall',
    message: 'Travaillons ensemble',
  });
  const awardedPackage = packages[1].id;
  const attached = await lead.send(
    `/api/v1/opportunities/${awardedPackage}/attachments`,
    'plan.pdf',
    '%PDF-1.7\n',
  );
  await lead.call('PUT', `/api/v1/opportunities/${awardedPackage}/answer`, {
    kind: 'full',
    message: 'Volontiers',
    attachments: [attached.json().id],
  });
  await contractor.send(`/api/v1/tenders/${tenderId}/files`, 'plan.pdf', '%PDF-1.7\n');
  // For anybody, as it was told to those whom it fits.
  await owner.query(
    `INSERT INTO tenders.audience SELECT id, organisation_id, 'public' FROM tenders.tender WHERE id = $1`,
    [tenderId],
  );
  const { items: answers } = await contractor.call('GET', `/api/v1/tenders/${tenderId}/answers`);
  const answerId = answers.find((one) => one.packageId === awardedPackage)?.id ?? answers[0].id;
  await contractor.call('PUT', `/api/v1/tenders/${tenderId}/answers/${answerId}/decision`, {
    act: 'award',
    message: 'Félicitations',
  });
  const { items: questions } = await contractor.call('GET', `/api/v1/tenders/${tenderId}/questions`);
  const draft = await draftOf(contractor, 'sud');
  const long = await draftOf(contractor, 'entier');
  const reading = (await contractor.send('/api/v1/readings', 'metre.csv', bill('est'))).json();
  const corrected = await contractor.send(
    `/api/v1/tenders/${draft.tenderId}/corrections`,
    'metre.csv',
    bill('sud').replaceAll('8,00', '9,00'),
  );
  await contractor.call('POST', '/api/v1/tag-rules', {
    pattern: 'zorglubage',
    scope: 'organisation',
    trade: '45442100',
    placeable: 'yes',
  });
  const one = async (sql, params = []) => (await owner.query(sql, params)).rows[0]?.id;
  const objects = {
    tenderId,
    packageId,
    awardedPackage,
    answerId,
    questionId: questions[0].id,
    draftId: draft.tenderId,
    draftPackage: draft.packages[0].id,
    longDraftId: long.tenderId,
    longDraftPackage: long.packages[0].id,
    readingId: reading.id,
    trial: await tried(service, one),
    correctionId: corrected.json().readingId,
    enterpriseId: await one('SELECT id FROM registry.enterprise WHERE organisation_id = $1', [
      lead.organisationId,
    ]),
    ...(await obligationOf(contractor, owner, { packageId: awardedPackage, answerId })),
    placeId: await one('SELECT place_id AS id FROM answers.team_partner'),
    ...(await shownToTheDesk(lead, desk, owner)),
    attachmentId: attached.json().id,
    fileId: await one('SELECT id FROM tenders.shared_file'),
    mailId: await eventually('a mail', () => one('SELECT id FROM platform.outbox_mail')),
  };
  return {
    people: { contractor, enterprise: lead, partner, 'working-group': group, administrator: desk, second },
    objects,
  };
}

async function obligationOf(contractor, owner, { packageId, answerId }) {
  const id = idIn(
    await contractor.post('/contractor/obligations/new', {
      mainContract: 'M 2025-114',
      noticeDate: '2025-03-03',
      clause: 'flex',
      region: 'WAL',
      hours: '400',
      sharePercent: '5,5',
      offer: '1 200 000',
      source: 'specification',
      document: 'CSC 2025-114',
    }),
  );
  const { rows } = await owner.query('SELECT current_date::text AS today');
  const enter = async (stage, fields) => {
    await contractor.post(`/contractor/obligations/${id}/entries/${stage}`, {
      onDay: rows[0].today,
      ...fields,
    });
    const { entries } = await contractor.call('GET', `/api/v1/obligations/${id}`);
    return entries.at(-1).id;
  };
  const planned = await enter('planned', { route: 'subcontracting', packageId, quantity: '20000' });
  const committed = await enter('committed', {
    parentId: planned,
    answerId,
    quantity: '20000',
    document: 'BC 1',
  });
  const performed = await enter('performed', { parentId: committed, quantity: '12000', document: 'F 1' });
  return { obligationId: id, entryId: performed };
}

async function shownToTheDesk(lead, desk, owner) {
  await lead.send('/enterprise/profile/approvals/new', 'décision.pdf', '%PDF-1.7\n', {
    kind: 'WAL_EI',
    validFrom: '2026-01-01',
    validUntil: '',
    reference: 'A 1',
  });
  const one = async (sql) => (await owner.query(sql)).rows[0].id;
  const { rows } = await owner.query(
    `SELECT rule_key FROM legal_basis.rule_version WHERE rule_set = 'overlay' AND upper_inf(recorded) ORDER BY 1 LIMIT 1`,
  );
  const rule = `/administrator/rules/overlay/${rows[0].rule_key}`;
  const source = /<textarea[^>]*name="source"[^>]*>([^<]*)</.exec((await desk.get(rule)).body)[1];
  const text = source.replaceAll(/&#?\w+;/g, (entity) => ENTITIES[entity] ?? entity);
  const proposed = await desk.post(rule, { source: text, reason: 'Circulaire' });
  return {
    documentId: await one('SELECT id FROM registry.approval_document'),
    ruleKey: rows[0].rule_key,
    proposalId: idIn(proposed),
  };
}
