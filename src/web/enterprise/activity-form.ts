import { isDecimal, type SiteKey } from '../../kernel/index.js';
import {
  DELIVERY_MODES,
  resolvePlace,
  ZONE_TYPES,
  type Activity,
  type DeliveryMode,
  type Zone,
} from '../../registry/index.js';
import { readAmount } from '../shared/read-amount.js';
import { readDay } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';

export type Entries = Readonly<Record<string, unknown>>;
export type ActivityForm = { readonly activity: Activity } | { readonly problems: readonly FieldProblem[] };

/** Regions a zone can be ticked from: the provinces and Brussels. */
export const REGIONS = [
  'BE10',
  'BE21',
  'BE22',
  'BE23',
  'BE24',
  'BE25',
  'BE31',
  'BE32',
  'BE33',
  'BE34',
  'BE35',
].map((code): SiteKey => `nuts:${code}`);

/**
 * Reads the form of one activity as a browser sends it. Whether codes and places exist, and whether amounts are in
 * order, is for the check of the register to say; what cannot be read is said here.
 */
export function readActivityForm(body: Entries): ActivityForm {
  const problems: FieldProblem[] = [];
  const trades = texts(body['trades']);
  if (trades.length === 0) problems.push({ field: 'search', key: 'activity.problem.trades' });
  const modes = texts(body['modes']).filter((mode): mode is DeliveryMode =>
    DELIVERY_MODES.some((known) => known === mode),
  );
  if (modes.length === 0) problems.push({ field: 'modes', key: 'activity.problem.modes' });
  const zone = readZone(body, problems);
  const capacity = {
    minValue: amountOf(body, 'minValue', problems),
    maxValue: amountOf(body, 'maxValue', problems),
    hoursPerWeek: hoursOf(body, problems),
    from: dayOf(body, 'from', 'activity.problem.day', problems),
    months: texts(body['months']).map(Number),
    partialScope: body['partialScope'] === 'yes',
  };
  return problems.length > 0 ? { problems } : { activity: { trades, modes, zone, capacity } };
}

/** The zone alone, to be shown on the map before the rest is entered. */
export function readZoneForm(
  body: Entries,
): { readonly zone: Zone } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const zone = readZone(body, problems);
  return problems.length > 0 ? { problems } : { zone };
}

function readZone(body: Entries, problems: FieldProblem[]): Zone {
  const type = ZONE_TYPES.find((known) => known === body['zone'] && known !== 'unset');
  if (!type) problems.push({ field: 'zone', key: 'activity.problem.zone' });
  const km = type === 'radius' ? kilometresOf(body, problems) : null;
  const areas = type === 'areas' ? [...texts(body['regions']), ...placesOf(body, problems)] : [];
  if (type === 'areas' && areas.length === 0 && problems.every(({ field }) => field !== 'places'))
    problems.push({ field: 'places', key: 'activity.problem.areas' });
  return { type: type ?? 'unset', km, areas: [...new Set(areas)] };
}

function kilometresOf(body: Entries, problems: FieldProblem[]): number | null {
  const found = text(body['km']);
  const km = Number(found.replace(/\s*km$/i, '').replace(',', '.'));
  if (found !== '' && km > 0 && km <= 500) return km;
  problems.push({ field: 'km', key: 'activity.problem.km', params: { found } });
  return null;
}

/** Municipalities or postal codes, one to a line or between commas. */
function placesOf(body: Entries, problems: FieldProblem[]): SiteKey[] {
  const words = text(body['places'])
    .split(/[\n,;]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return words.flatMap((found) => {
    const isPostal = /^(B(E)?[- ]?)?\d{4}$/i.test(found);
    const stated = isPostal ? { postalCode: found.slice(-4) } : { municipality: found };
    const { sites, candidates } = resolvePlace(stated);
    if (sites[0]) return [sites[0]];
    const [first] = candidates;
    // A postal code that several municipalities share is a place of its own.
    if (first && isPostal) return [`postal:BE-${found.slice(-4)}`];
    const key = first ? 'activity.problem.placeInDoubt' : 'activity.problem.place';
    problems.push({
      field: 'places',
      key,
      params: { found, choices: candidates.map(({ label }) => label).join(', ') },
    });
    return [];
  });
}

const AMOUNT_PROBLEM = {
  ambiguous: 'package.problem.value-ambiguous',
  unreadable: 'package.problem.value-unreadable',
} as const;

function amountOf(body: Entries, field: 'minValue' | 'maxValue', problems: FieldProblem[]): string | null {
  const found = text(body[field]);
  if (found === '') return null;
  const read = readAmount(found);
  if (typeof read === 'object' && isDecimal(read.amount)) return read.amount;
  problems.push({
    field,
    key: AMOUNT_PROBLEM[read === 'ambiguous' ? read : 'unreadable'],
    params: { found },
  });
  return null;
}

/** The legal week of whoever works full time, for crews that know their number and not their hours. */
const HOURS_OF_ONE = 38;

function hoursOf(body: Entries, problems: FieldProblem[]): number | null {
  const found = text(body['hoursPerWeek']);
  if (found === '') return hoursOfCrew(body, problems);
  const hours = Number(found.replace(',', '.'));
  if (hours >= 0 && hours <= 100_000) return hours;
  problems.push({ field: 'hoursPerWeek', key: 'activity.problem.hours', params: { found } });
  return null;
}

function hoursOfCrew(body: Entries, problems: FieldProblem[]): number | null {
  const found = text(body['people']);
  if (found === '') return null;
  const people = Number(found);
  if (/^\d{1,4}$/.test(found) && people > 0 && people <= 2500) return people * HOURS_OF_ONE;
  problems.push({ field: 'people', key: 'activity.problem.people', params: { found } });
  return null;
}

/** An optional day. */
export function dayOf(body: Entries, field: string, key: string, problems: FieldProblem[]): string | null {
  const found = text(body[field]);
  if (found === '') return null;
  const day = readDay(found);
  if (day === null) problems.push({ field, key, params: { found } });
  return day;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC').trim() : '';
}

/** One box ticked comes as a text, several as a list. */
export function texts(value: unknown): string[] {
  return [value ?? []].flat().filter((one): one is string => typeof one === 'string' && one !== '');
}

/** How areas stand in the form again: in words where these find their way back, else as boxes that are ticked. */
export function areaEntries(
  areas: readonly SiteKey[],
  nameOf: (key: SiteKey) => string,
): { readonly regions: readonly SiteKey[]; readonly places: string } {
  const said = areas.map((area) => ({ area, word: wordOf(area, nameOf) }));
  return {
    regions: said.filter(({ word }) => word === null).map(({ area }) => area),
    places: said.flatMap(({ word }) => word ?? []).join('\n'),
  };
}

/** Null for what cannot be written: a province or district, a name that two municipalities share. */
function wordOf(area: SiteKey, nameOf: (key: SiteKey) => string): string | null {
  if (area.startsWith('postal:BE-')) return area.slice('postal:BE-'.length);
  const name = nameOf(area);
  return resolvePlace({ municipality: name }).sites[0] === area ? name : null;
}
