import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  parseEnterpriseNumber,
  type Actor,
  type Language,
  type Problem,
  type Role,
} from '../kernel/index.js';
import type { Tx } from '../platform/db/index.js';
import { deterministicId } from '../platform/ids.js';
import { fromRoot } from '../platform/project-root.js';
import { checkEnterprise, type Enterprise } from './domain/index.js';
import { loadGeography } from './places.js';
import type { RegistryService } from './registry.service.js';
import { loadTradeCodes } from './trades.js';

/** An organisation of the sample with the people who can sign in for it. */
export interface SampleOrganisation {
  /** The same in every database. */
  readonly id: string;
  readonly key: string;
  readonly role: Role;
  readonly name: string;
  readonly enterpriseNumber: string;
  readonly language: Language;
  readonly nis: string;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly language: Language;
  }[];
}

export interface SampleEnterprise {
  readonly organisationId: string;
  readonly enterprise: Enterprise;
}

export interface Sample {
  readonly organisations: readonly SampleOrganisation[];
  readonly enterprises: readonly SampleEnterprise[];
}

interface SampleFile {
  readonly organisations: readonly (Omit<SampleOrganisation, 'id' | 'people'> & {
    readonly people: readonly Omit<SampleOrganisation['people'][number], 'id'>[];
  })[];
  readonly enterprises: readonly (Readonly<Record<string, unknown>> & { readonly organisation: string })[];
}

/**
 * The basin of `data/sample/basin.yaml`, checked like any registry; passwords are not in it.
 * @throws Error naming every problem: the file ships with the release, so a fault in it is ours
 */
export function readSample(kindExists: (kind: string) => boolean): Sample {
  const file = parse(readFileSync(fromRoot('data', 'sample', 'basin.yaml'), 'utf8')) as SampleFile;
  const organisations = file.organisations.map((one): SampleOrganisation => {
    if (parseEnterpriseNumber(one.enterpriseNumber) === null)
      throw new Error(`sample: ${one.key}: enterprise number`);
    const people = one.people.map((person) => ({
      ...person,
      id: deterministicId('sample', 'person', person.email),
    }));
    return { ...one, id: organisationId(one.key), people };
  });
  const known = new Set(organisations.map(({ key }) => key));
  const enterprises = file.enterprises.map(({ organisation, ...profile }) => {
    if (!known.has(organisation)) throw new Error(`sample: no organisation ${organisation}`);
    const id = deterministicId('sample', 'enterprise', organisation);
    return {
      organisationId: organisationId(organisation),
      enterprise: checked({ ...profile, id }, organisation, kindExists),
    };
  });
  return { organisations, enterprises };
}

function organisationId(key: string): string {
  return deterministicId('sample', 'organisation', key);
}

function checked(value: unknown, key: string, kindExists: (kind: string) => boolean): Enterprise {
  const [geography, trades] = [loadGeography(), loadTradeCodes()];
  const read = checkEnterprise(value, {
    cpvExists: (code) => trades.has(code),
    placeExists: (place) => geography.extent(place) !== null,
    kindExists,
  });
  if ('enterprise' in read) return read.enterprise;
  throw new Error(`sample: ${key}: ${read.problems.map(inShort).join('; ')}`);
}

function inShort({ code, place, found }: Problem): string {
  return `${code} at ${place !== null && 'pointer' in place ? place.pointer : ''} (${found})`;
}

/**
 * Enters the enterprises of the sample; their organisations must exist. Whoever calls also refreshes what they
 * are looked up by (`OffersService.refresh`). @returns identities of the enterprises
 */
export async function registerSample(
  tx: Tx,
  actor: Actor,
  registry: RegistryService,
  sample: Sample,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { enterprise, organisationId: owner } of sample.enterprises) {
    ids.push(
      await registry.register(tx, actor, enterprise, { organisationId: owner, enterpriseId: enterprise.id }),
    );
  }
  return ids;
}
