import { isCpvShape, isDay, type Day, type Problem } from '../../kernel/index.js';
import { NO_PLACE, type ContractNature, type StatedPlace } from '../domain/index.js';
import { placesIn } from './bill/gazetteer.js';
import { countryCode } from './countries.js';
import { deepText, xpathOf, type XmlNode } from './xml-tree.js';

export const TED_NATURES: Readonly<Record<string, ContractNature>> = {
  WORKS: 'works',
  SERVICES: 'services',
  SUPPLIES: 'supplies',
};

/** `20140409`. */
export function compactDay(value: string | null): Day | null {
  const day = value?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return isDay(day) ? day : null;
}

/** Codes of elements with an attribute `CODE`; what is no code is told. */
export function cpvCodes(nodes: readonly XmlNode[], problems: Problem[]): readonly string[] {
  const read = nodes.flatMap((node) => {
    const code = node.attributes.get('CODE');
    if (isCpvShape(code)) return [code];
    problems.push({
      code: 'notice.cpv.unreadable',
      severity: 'warning',
      place: { xpath: xpathOf(node) },
      found: code ?? null,
      expected: '45000000',
    });
    return [];
  });
  return [...new Set(read)];
}

/** A prior information may announce more than one. @param objects one each */
export function tellSeveralContracts(objects: readonly XmlNode[], problems: Problem[]): void {
  problems.push({
    code: 'notice.contracts.several',
    severity: 'info',
    place: { xpath: xpathOf(objects[0]!) },
    found: String(objects.length),
    expected: null,
    params: { count: objects.length },
  });
}

/**
 * Regions; where there is one or none, with the municipality that the words beside it name.
 * @param codes of regions
 */
export function placesWithin(
  codes: readonly string[],
  words: readonly XmlNode[],
  language: string | null,
): readonly StatedPlace[] {
  const regions = [...new Set(codes)].map((nuts) => ({
    ...NO_PLACE,
    nuts,
    country: countryCode(nuts.slice(0, 2)),
  }));
  const [region, ...others] = regions;
  if (others.length > 0) return regions;
  const sites = words.flatMap((site) => placesIn(deepText(site), language));
  if (!region) return sites;
  const within = sites.filter(({ country }) => country === region.country);
  return within.length > 0 ? within.map((site) => ({ ...site, nuts: region.nuts })) : [region];
}
