import type { SiteKey } from '../../kernel/index.js';
import type { Location } from './enterprise.js';
import type { Geography, Point } from './geography.js';

/** Where distances start: the coordinates, else the centre of the municipality, else of the postal code. */
export function pointOf(location: Location, geography: Geography): Point | null {
  if (location.lat !== null && location.lon !== null) return { lat: location.lat, lon: location.lon };
  const key = location.nis ? `nis:${location.nis}` : postalKey(location);
  return (key && geography.extent(key)?.points[0]) || null;
}

/**
 * The municipality of the enterprise's own location, which every zone serves; abroad, where municipalities are
 * not known, its postal code.
 */
export function homeKey(location: Location, geography: Geography): SiteKey | null {
  if (location.nis) return `nis:${location.nis}`;
  const postal = postalKey(location);
  if (location.country !== 'BE') return postal;
  const { lat, lon } = location;
  const at = lat !== null && lon !== null ? geography.municipalityAt({ lat, lon }) : null;
  if (at) return `nis:${at}`;
  const places = location.postalCode ? geography.localities('BE', location.postalCode) : [];
  const nis = new Set(places.map((place) => place.nis));
  return nis.size === 1 ? `nis:${[...nis][0]}` : postal;
}

function postalKey(location: Location): SiteKey | null {
  return location.postalCode ? `postal:${location.country}-${location.postalCode}` : null;
}
