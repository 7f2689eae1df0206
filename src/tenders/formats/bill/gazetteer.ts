import { readFileSync } from 'node:fs';
import { fromRoot } from '../../../platform/project-root.js';
import { fold } from './fold.js';
import type { StatedPlace } from '../../domain/index.js';

interface Locality {
  readonly country: string;
  readonly postalCode: string;
  readonly name: string;
  readonly folded: string;
  readonly nis: string | null;
}

interface Municipality {
  readonly fr: string;
  readonly nl: string;
}

interface Gazetteer {
  readonly byPostalCode: ReadonlyMap<string, readonly Locality[]>;
  readonly municipalities: ReadonlyMap<string, Municipality>;
}

let loaded: Gazetteer | null = null;

/** The files are comma-separated and quote a field only where it holds a comma. */
function records(...path: readonly string[]): readonly (readonly string[])[] {
  const lines = readFileSync(fromRoot('data', ...path), 'utf8')
    .split('\n')
    .slice(1);
  return lines
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => (m[1] ?? '').replace(/^"|"$/g, '')),
    );
}

function load(): Gazetteer {
  const byPostalCode = new Map<string, Locality[]>();
  const add = (country: string, postalCode: string, name: string, nis: string | null): void => {
    const localities = byPostalCode.get(postalCode) ?? [];
    localities.push({ country, postalCode, name, folded: fold(name), nis });
    byPostalCode.set(postalCode, localities);
  };
  for (const [code = '', name = '', nis = ''] of records('belgium', 'postal-codes.csv'))
    add('BE', code, name, nis);
  for (const [country = '', code = '', name = ''] of records('nuts', 'postal-codes-neighbours.csv')) {
    add(country, code, name, null);
  }
  const firstOf = new Map<string | null, Locality>();
  for (const one of [...byPostalCode.values()].flat()) if (!firstOf.has(one.nis)) firstOf.set(one.nis, one);
  const municipalities = new Map<string, Municipality>();
  for (const [nis = '', fr = '', nl = ''] of records('belgium', 'municipalities.csv')) {
    municipalities.set(nis, { fr, nl });
    const locality = firstOf.get(nis);
    if (locality) for (const name of [fr, nl]) add('BE', locality.postalCode, name, nis);
  }
  return { byPostalCode, municipalities };
}

const POSTAL =
  /(?:^|[^\d.,])(?:B-|F-|L-|D-|NL-)?(\d{4,5})\s+(\p{Lu}[\p{L}'’\- ]{1,60})(?:\(([^)]{2,60})\))?/gu;

/**
 * Places written as postal code and name that exist: `4102 Ougrée (Seraing)`. A number and a word that are no
 * locality together (`2027 Offres`) are no place.
 * @param language in which the municipality is named where it has two official names
 */
export function placesIn(text: string, language: string | null): readonly StatedPlace[] {
  loaded ??= load();
  const { byPostalCode, municipalities } = loaded;
  return [...text.matchAll(POSTAL)].flatMap(([, code = '', words = '', within]): StatedPlace[] => {
    const folded = fold(words);
    const [locality] = (byPostalCode.get(code) ?? [])
      .filter((one) => folded === one.folded || folded.startsWith(`${one.folded} `))
      .toSorted((a, b) => b.folded.length - a.folded.length);
    if (!locality) return [];
    const municipality = municipalities.get(locality.nis ?? '');
    const official = municipality && (language === 'nl' ? municipality.nl : municipality.fr);
    return [
      {
        nuts: null,
        postalCode: code,
        municipality: official ?? within?.trim() ?? locality.name,
        locality: locality.name,
        country: locality.country,
      },
    ];
  });
}
