import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NO_TERMS, opportunitiesOf, type AnswerGiven, type AnswerKind } from './answers/index.js';
import { addDays, type Actor } from './kernel/index.js';
import { rulesFromFiles } from './legal-basis/index.js';
import { DraftingService, SharingService, TenderPipeline } from './pipeline/index.js';
import { Clock } from './platform/clock.js';
import { Database } from './platform/db/index.js';
import { fromRoot } from './platform/project-root.js';
import { readSample, type Sample } from './registry/index.js';
import { tagsOf } from './tagging/index.js';
import { packagesOf } from './tenders/index.js';

const CONTRACTOR = 'batisseurs@example.org';
const PUBLISHED = '01-maisons-ouvrieres-25-lignes.xlsx';
const DRAFT = '03-site-reconversion.json';
const DAYS_TO_ANSWER = 30;
const QUESTION = 'Avec combien de personnes viendriez-vous ?';
const REPLY = 'Quatre personnes et une cheffe d’équipe.';

/** What enterprises say of the first package that is offered to them, in their order. */
const ANSWERS: Readonly<Record<string, Partial<AnswerGiven> & { readonly kind: AnswerKind }>> = {
  'couleurs@example.org': { kind: 'full', message: 'Nous pouvons commencer à la date prévue.' },
  'facades@example.org': { kind: 'part', part: 'La moitié des surfaces, côté rue' },
  'menuiserie@example.org': { kind: 'no', reason: 'no-capacity' },
  'jardins@example.org': { kind: 'full' },
};

/** How long the worker is given to match what was published, in steps. */
const PATIENCE = { tries: 120, everyMs: 500 } as const;

/**
 * Lets the people of the sample live through the main job, by the doors that everybody uses: one tender published with its document, asked
 * about and answered, one draft to go on with. Whoever starts for the first time sees pages that hold something.
 * @param app of the pages; the worker that matches may be another process
 */
export async function tellSampleStory(app: INestApplicationContext): Promise<void> {
  const { kinds } = rulesFromFiles();
  const sample = readSample((kind) => kinds.has(kind));
  const contractor = personOf(sample, CONTRACTOR);
  const pipeline = app.get(TenderPipeline, { strict: false });
  const tenderId = await bring(pipeline, contractor, PUBLISHED);
  await offerAll(app, contractor, tenderId);
  await app.get(SharingService, { strict: false }).addOriginal(contractor, tenderId);
  await publish(app, contractor, tenderId);
  await bring(pipeline, contractor, DRAFT);
  for (let tries = 0; tries < PATIENCE.tries; tries += 1) {
    await pause(PATIENCE.everyMs);
    // All matches of a tender are there at once.
    if (await answerWhatIsOffered(app, sample)) return;
  }
}

/** @returns whether anything was offered to any of them */
async function answerWhatIsOffered(app: INestApplicationContext, sample: Sample): Promise<boolean> {
  let isOffered = false;
  for (const [email, given] of Object.entries(ANSWERS)) {
    const enterprise = personOf(sample, email);
    const packageId = await firstOffered(app, enterprise);
    if (packageId === null) continue;
    isOffered = true;
    const replies = given.kind === 'no' ? [] : [REPLY];
    const whole: AnswerGiven = {
      ...NO_TERMS,
      reason: null,
      part: null,
      lines: [],
      message: null,
      attachments: [],
      replies,
      ...given,
    };
    await app.get(TenderPipeline, { strict: false }).answer(enterprise, packageId, whole);
  }
  return isOffered;
}

function personOf({ organisations }: Sample, email: string): Actor {
  for (const { id, role, people } of organisations) {
    const person = people.find((one) => one.email === email);
    if (person) return { role, organisationId: id, personId: person.id, requestId: 'sample' };
  }
  throw new Error(`sample: nobody has ${email}`);
}

async function bring(pipeline: TenderPipeline, contractor: Actor, name: string): Promise<string> {
  const bytes = await readFile(fromRoot('data', 'sample', 'tenders', name));
  const { import: reading } = await pipeline.receive(contractor, { name, bytes });
  return pipeline.takeUp(contractor, reading.id);
}

/** Whatever the machine is sure of; what it asks a person to look at stays for that person. */
async function offerAll(app: INestApplicationContext, contractor: Actor, tenderId: string): Promise<void> {
  const reviews = await app.get(Database, { strict: false }).transaction(contractor, async (tx) => {
    const packages = await packagesOf(tx, tenderId);
    const ids = packages.map(({ id }) => id);
    const tags = Map.groupBy(await tagsOf(tx, ids), ({ packageId }) => packageId);
    return packages.flatMap(({ id: packageId, version }) => {
      const found = (tags.get(packageId) ?? []).filter(({ accepted }) => accepted);
      const trades = found.filter(({ kind }) => kind === 'trade').map(({ value }) => value);
      const isPlaceable = found.some(({ kind, value }) => kind === 'placeable' && value === 'yes');
      const decision = { trades, placeable: 'yes' } as const;
      return isPlaceable && trades.length > 0
        ? [{ packageId, version, decision, correction: { offered: true }, place: null }]
        : [];
    });
  });
  await app.get(DraftingService, { strict: false }).reviewPackages(contractor, reviews);
}

async function publish(app: INestApplicationContext, contractor: Actor, tenderId: string): Promise<void> {
  const drafting = app.get(DraftingService, { strict: false });
  await drafting.answerBuyer(contractor, tenderId, { authority: 'no' }, { buyer: 'private' });
  await drafting.chooseClause(contractor, tenderId, 'VOLUNTARY', 'BE-CONTRACT');
  const lastDay = addDays(app.get(Clock, { strict: false }).today(), DAYS_TO_ANSWER);
  const lacking = await app.get(TenderPipeline, { strict: false }).publish(contractor, tenderId, {
    deadline: new Date(`${lastDay}T11:00:00Z`),
    questions: [QUESTION],
    audience: { visibility: 'public', invited: [] },
  });
  if (lacking.length > 0) throw new Error(`sample: ${lacking.map(({ code }) => code).join(', ')}`);
}

async function firstOffered(app: INestApplicationContext, enterprise: Actor): Promise<string | null> {
  const [database, clock] = [app.get(Database, { strict: false }), app.get(Clock, { strict: false })];
  const asked = { state: 'open', words: [], page: 1, size: 1 } as const;
  const { items } = await database.transaction(enterprise, (tx) =>
    opportunitiesOf(tx, enterprise.organisationId!, clock.now(), asked),
  );
  return items[0]?.packageId ?? null;
}
