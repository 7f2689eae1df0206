import type { Point } from './geography.js';

/** Western Canaries to Nicosia, Gibraltar to the North Cape: outside, a coordinate is wrong or swapped. Degrees. */
export const EUROPE = { south: 27, north: 72, west: -32, east: 45 } as const;

export function isLatitudeOfEurope(lat: number): boolean {
  return lat >= EUROPE.south && lat <= EUROPE.north;
}

export function isLongitudeOfEurope(lon: number): boolean {
  return lon >= EUROPE.west && lon <= EUROPE.east;
}

export function isInEurope({ lat, lon }: Point): boolean {
  return isLatitudeOfEurope(lat) && isLongitudeOfEurope(lon);
}
