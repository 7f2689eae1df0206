import { readFileSync } from 'node:fs';
import { fromRoot } from '../platform/project-root.js';
import { readCsv } from './read-csv.js';
import {
  Geography,
  resolvePlace as resolveIn,
  type BoundaryRow,
  type LocalityRow,
  type MunicipalityRow,
  type ResolvedPlace,
  type StatedPlaceWords,
} from './domain/index.js';

interface Topology {
  readonly transform: {
    readonly scale: readonly [number, number];
    readonly translate: readonly [number, number];
  };
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
  readonly objects: { readonly municipalities: { readonly geometries: readonly TopologyGeometry[] } };
}

interface TopologyGeometry {
  readonly type: 'Polygon' | 'MultiPolygon';
  readonly arcs: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
  readonly properties: { readonly nis: string };
}

let geography: Geography | undefined;

/** The geography of Belgium and its neighbours, read from `data/` on first use (about 0.1 s) and kept. */
export function loadGeography(): Geography {
  geography ??= new Geography({
    municipalities: readMunicipalities(),
    localities: [...readBelgianLocalities(), ...readNeighbours()],
    nuts: readCsv(fromRoot('data', 'nuts', 'nuts.csv')).map((row) => ({
      code: row['code']!,
      names: [...new Set([row['fr']!, row['nl']!, row['de']!, row['en']!])],
    })),
    postalPrefixes: readPrefixes(),
    boundaries: readBoundaries(),
  });
  return geography;
}

/**
 * Where a stated place is: keys of every known level that describe one place (`postal:`, `nis:`, `nuts:`),
 * or the candidates when a person must choose.
 */
export function resolvePlace(stated: StatedPlaceWords): ResolvedPlace {
  return resolveIn(stated, loadGeography());
}

function readMunicipalities(): MunicipalityRow[] {
  return readCsv(fromRoot('data', 'belgium', 'municipalities.csv')).map((row) => ({
    nis: row['nis']!,
    names: [...new Set([row['name_fr']!, row['name_nl']!])],
    nuts3: row['nuts3']!,
    lat: Number(row['lat']),
    lon: Number(row['lon']),
    postalCodes: row['postal_codes']!.split('|'),
  }));
}

function readBelgianLocalities(): LocalityRow[] {
  return readCsv(fromRoot('data', 'belgium', 'postal-codes.csv')).map((row) => ({
    country: 'BE',
    postalCode: row['postal_code']!,
    name: row['locality']!,
    nis: row['nis']!,
    nuts: null,
    lat: Number(row['lat']),
    lon: Number(row['lon']),
  }));
}

function readPrefixes(): { country: string; prefix: string; nuts: string }[] {
  return readCsv(fromRoot('data', 'nuts', 'postal-prefixes.csv')).map((row) => ({
    country: row['country']!,
    prefix: row['prefix']!,
    nuts: row['nuts']!,
  }));
}

function readNeighbours(): LocalityRow[] {
  const regions = new Map(
    readCsv(fromRoot('data', 'nuts', 'admin-regions.csv')).map((row) => [
      `${row['country']}/${row['admin']}`,
      row['nuts']!,
    ]),
  );
  const prefixes = readPrefixes();
  return readCsv(fromRoot('data', 'nuts', 'postal-codes-neighbours.csv')).map((row) => {
    const [country, postalCode] = [row['country']!, row['postal_code']!];
    const prefix = prefixes.find((entry) => entry.country === country && postalCode.startsWith(entry.prefix));
    const region = regions.get(`${country}/${row['admin2']}`) ?? regions.get(`${country}/${row['admin1']}`);
    return {
      country,
      postalCode,
      name: row['locality']!,
      nis: null,
      nuts: prefix?.nuts ?? region ?? null,
      lat: Number(row['lat']),
      lon: Number(row['lon']),
    };
  });
}

function readBoundaries(): BoundaryRow[] {
  const text = readFileSync(fromRoot('data', 'belgium', 'municipalities.topo.json'), 'utf8');
  const topology = JSON.parse(text) as Topology;
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]): [number, number] => {
      [x, y] = [x + dx, y + dy];
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  const ring = (indexes: readonly number[]): [number, number][] =>
    indexes.flatMap((index) => (index >= 0 ? arcs[index]! : [...arcs[~index]!].reverse()));
  return topology.objects.municipalities.geometries.map((geometry) => ({
    nis: geometry.properties.nis,
    rings: (geometry.arcs as readonly unknown[])
      .flatMap((part) => (geometry.type === 'Polygon' ? [part] : (part as readonly unknown[])))
      .map((indexes) => ring(indexes as readonly number[])),
  }));
}
