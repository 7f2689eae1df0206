import { createHmac } from 'node:crypto';
import { createOrganisation, createPerson, hashPassword, organisationById } from './accounts/index.js';
import type { Actor } from './kernel/index.js';
import { rulesFromFiles } from './legal-basis/index.js';
import { OffersService } from './matching/index.js';
import type { Clock } from './platform/clock.js';
import type { Tx } from './platform/db/index.js';
import { readSample, registerSample, RegistryService, type Sample } from './registry/index.js';

/** A person of the sample data, as printed at the start. */
export interface SampleAccount {
  /** Who this is, in words. */
  readonly who: string;
  readonly email: string;
  readonly password: string;
}

function sample(): Sample {
  const { kinds } = rulesFromFiles();
  return readSample((kind) => kinds.has(kind));
}

/** One password for all, another in each installation: whoever can read its data folder can sign in, nobody else. */
function samplePassword(secret: string): string {
  const letters = createHmac('sha256', secret).update('sample password').digest('hex').slice(0, 16);
  return `essai-${letters.match(/.{4}/g)!.join('-')}`;
}

/** Enters the sample basin, in the caller's transaction, as the system. */
export async function loadSample(tx: Tx, actor: Actor, clock: Clock, secret: string): Promise<void> {
  const { organisations, enterprises } = sample();
  const at = clock.now();
  const passwordHash = await hashPassword(samplePassword(secret));
  for (const { people, ...organisation } of organisations) {
    await createOrganisation(tx, organisation, at);
    for (const person of people)
      await createPerson(tx, { ...person, organisationId: organisation.id, passwordHash }, at);
  }
  const registry = new RegistryService(clock);
  const ids = await registerSample(tx, actor, registry, { organisations, enterprises });
  await new OffersService(clock, registry).refresh(tx, ids, clock.today());
}

/** Who can sign in, when this database holds the sample; empty otherwise. */
export async function sampleAccounts(tx: Tx, secret: string): Promise<SampleAccount[]> {
  const { organisations } = sample();
  const [first] = organisations;
  if (!first || !(await organisationById(tx, first.id))) return [];
  const password = samplePassword(secret);
  return organisations.flatMap(({ role, name, people }) =>
    people.map((person) => ({ who: `${role}: ${person.name}, ${name}`, email: person.email, password })),
  );
}
