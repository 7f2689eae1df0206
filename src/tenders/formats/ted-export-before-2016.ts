import { isDay, type Day, type Money, type Problem } from '../../kernel/index.js';
import {
  NO_PLACE,
  blankLot,
  blankTender,
  daysFromTo,
  durationInDays,
  type Buyer,
  type Duration,
  type FactSources,
  type Lot,
  type ParsedTender,
  type Reserved,
  type StatedPlace,
} from '../domain/index.js';
import { countryCode } from './countries.js';
import { localMoment } from './local-time.js';
import { machineDecimal, statedMoney } from './stated-values.js';
import { cpvCodes, placesWithin, TED_NATURES, tellSeveralContracts } from './ted-values.js';
import { deepText, descendants, pathsWith, xpathOf, xpathsOf, type XmlNode } from './xml-tree.js';

const at = pathsWith({});

/** Forms of one directive differ in the names of what surrounds a lot, not in what stands in it. */
const LOT = /^(F\d{2}_)?ANNEX_B|^LOT_PRIOR_INFORMATION|^AWARD_OF_CONTRACT|^AWARD_AND_CONTRACT_VALUE/;
const AWARD = /^AWARD_/;

/** The form of a notice of the schema R2.0.8: `CONTRACT`, `CONTRACT_AWARD`, `PRIOR_INFORMATION_DEFENCE` … */
export function isFormBefore2016(node: XmlNode): boolean {
  return node.children.some((child) => child.local.startsWith('FD_'));
}

/** What a form says of the contract, whatever its schema. */
export interface FormFacts {
  readonly tender: ParsedTender['tender'];
  readonly lots: readonly Lot[];
  readonly buyers: readonly Buyer[];
  readonly sources: FactSources;
  readonly procedureType: string | null;
}

/** What the form says; the parts of a notice that are the same in all schemas are left to the caller. */
export function readFormBefore2016(form: XmlNode, language: string | null, problems: Problem[]): FormFacts {
  const body = form.children.find((child) => child.local.startsWith('FD_')) ?? form;
  const objects = body.children.filter((child) => child.local.startsWith('OBJECT_'));
  const object = objects[0] ?? null;
  const buyers = buyersOf(body);
  const reserved = reservedOf(body);
  const deadline = deadlineOf(body, buyers[0]?.country ?? null);
  const whole = object && describedIn(object);
  const cpv = object ? codesOf(outsideLots(object, 'CPV')[0] ?? null, problems) : [];
  const places = object ? placesIn(object, language) : [];
  const priced = object && pricedIn(object);
  const value = moneyOf(priced, problems);
  const durations = object ? durationsIn(object) : [];
  const shared = { reserved, deadline };
  if (objects.length > 1) tellSeveralContracts(objects, problems);
  const lots = lotsOf(body, problems).map((lot) => ({
    ...lot,
    ...shared,
    place: places[0] ?? NO_PLACE,
    places,
  }));
  return {
    tender: {
      ...blankTender(),
      title: whole?.title ?? null,
      description: whole?.description ?? null,
      buyer: buyers[0] ?? null,
      nature: TED_NATURES[kindOf(body, object) ?? ''] ?? null,
      deadline,
      cpv,
      value,
      place: places[0] ?? NO_PLACE,
      places,
      reserved,
      durations,
    },
    lots:
      lots.length > 0
        ? lots
        : (object ? objects : [form]).map((one, index) => ({
            // What the first says amiss was told of the whole.
            ...wholeOf(one, index, language, index === 0 ? [] : problems),
            declared: objects.length > 1,
            ...shared,
          })),
    buyers,
    sources: xpathsOf({
      title: object && outsideLots(object, 'TITLE_CONTRACT')[0],
      value: value && priced,
      cpv: object && outsideLots(object, 'CPV')[0],
      place: object && outsideLots(object, 'LOCATION_NUTS')[0],
      buyer: descendants(body, 'CA_CE_CONCESSIONAIRE_PROFILE')[0],
      deadline: descendants(body, 'RECEIPT_LIMIT_DATE')[0],
    }),
    procedureType: startingWith(body, 'PT_')?.local ?? null,
  };
}

/** A contract without lots is one. */
function wholeOf(object: XmlNode, index: number, language: string | null, problems: Problem[]): Lot {
  const places = placesIn(object, language);
  const durations = durationsIn(object);
  const { start, end } = intervalOf(outsideLots(object, 'PERIOD_WORK_DATE_STARTING')[0]);
  return blankLot({
    ref: String(index + 1),
    ...describedIn(object),
    cpv: codesOf(outsideLots(object, 'CPV')[0] ?? null, problems),
    value: moneyOf(pricedIn(object), problems),
    place: places[0] ?? NO_PLACE,
    places,
    durations,
    durationDays: durations[0] ? durationInDays(durations[0]) : daysFromTo(start, end),
    start,
    end,
    at: { xpath: xpathOf(object) },
  });
}

/** Elements of a name that speak of the whole: not of a lot. */
function outsideLots(from: XmlNode, local: string): readonly XmlNode[] {
  return from.children.flatMap((child) => {
    if (child.local === local) return [child];
    return LOT.test(child.local) ? [] : outsideLots(child, local);
  });
}

function startingWith(from: XmlNode, start: string): XmlNode | null {
  for (const child of from.children) {
    const found = child.local.startsWith(start) ? child : startingWith(child, start);
    if (found) return found;
  }
  return null;
}

function textIn(from: XmlNode | null | undefined): string | null {
  return from ? deepText(from) || null : null;
}

/** The value of a framework agreement stands with the agreement, that of another contract with its scope. */
function pricedIn(object: XmlNode): XmlNode | null {
  const places = ['NATURE_QUANTITY_SCOPE', 'TOTAL_ESTIMATED'].flatMap((local) => outsideLots(object, local));
  return places.find((place) => descendants(place, 'VALUE_COST').length > 0) ?? null;
}

function durationsIn(object: XmlNode): readonly Duration[] {
  const stated = durationsOf(outsideLots(object, 'PERIOD_WORK_DATE_STARTING')[0] ?? null);
  if (stated.length > 0) return stated;
  return (['YEAR', 'MONTH'] as const).flatMap((unit) => {
    const value = machineDecimal(textIn(outsideLots(object, `DURATION_FRAMEWORK_${unit}`)[0]));
    return value === null ? [] : [{ value, unit }];
  });
}

function describedIn(object: XmlNode): {
  readonly title: string | null;
  readonly description: string | null;
} {
  const said = (local: string): string | null => textIn(outsideLots(object, local)[0]);
  return {
    title: said('TITLE_CONTRACT'),
    description: DESCRIPTIONS.map(said).find((words) => words !== null) ?? null,
  };
}

/** Each form names it otherwise. */
const DESCRIPTIONS = [
  'SHORT_CONTRACT_DESCRIPTION',
  'SHORT_DESCRIPTION',
  'DESCRIPTION_OF_CONTRACT',
  'TOTAL_QUANTITY_OR_SCOPE',
];

/** On the form as a whole, or with its object. */
function kindOf(body: XmlNode, object: XmlNode | null): string | undefined {
  const [stated] = object ? outsideLots(object, 'TYPE_CONTRACT') : [];
  return body.attributes.get('CTYPE') ?? stated?.attributes.get('VALUE');
}

function intervalOf(period: XmlNode | undefined): { readonly start: Day | null; readonly end: Day | null } {
  const [interval] = period ? at(period, 'INTERVAL_DATE') : [];
  const day = (local: string): Day | null => (interval ? dayOf(at(interval, local)[0]) : null);
  return { start: day('START_DATE'), end: day('END_DATE') };
}

function codesOf(cpv: XmlNode | null, problems: Problem[]): readonly string[] {
  if (cpv === null) return [];
  return cpvCodes([...at(cpv, 'CPV_MAIN/CPV_CODE'), ...at(cpv, 'CPV_ADDITIONAL/CPV_CODE')], problems);
}

/** The buyer's own address; those for further information and appeals stand elsewhere. */
function buyersOf(body: XmlNode): readonly Buyer[] {
  return descendants(body, 'CA_CE_CONCESSIONAIRE_PROFILE').map((profile) => {
    const [organisation] = at(profile, 'ORGANISATION');
    const named = organisation ? at(organisation, 'OFFICIALNAME')[0] : undefined;
    return {
      name: textIn(named ?? organisation),
      id: organisation ? textIn(at(organisation, 'NATIONALID')[0]) : null,
      country: countryCode(at(profile, 'COUNTRY')[0]?.attributes.get('VALUE') ?? null),
      nuts: null,
    };
  });
}

function reservedOf(body: XmlNode): Reserved {
  const says = (local: string): boolean => descendants(body, local).length > 0;
  return {
    participation: says('RESTRICTED_TO_SHELTERED_WORKSHOPS') ? 'res-ws' : null,
    execution: says('RESTRICTED_TO_FRAMEWORK') ? 'yes' : null,
  };
}

/** Day, month and year in an element each; the time beside them. */
function dayOf(node: XmlNode | null | undefined): Day | null {
  if (!node) return null;
  const part = (local: string): string => (textIn(at(node, local)[0]) ?? '').padStart(2, '0');
  const day = `${part('YEAR')}-${part('MONTH')}-${part('DAY')}`;
  return isDay(day) ? day : null;
}

function deadlineOf(body: XmlNode, country: string | null): string | null {
  const [limit] = descendants(body, 'RECEIPT_LIMIT_DATE');
  const day = dayOf(limit);
  return limit && day ? localMoment(day, textIn(at(limit, 'TIME')[0]), country) : null;
}

/** One stated amount, tax excluded; a range is none. */
function moneyOf(scope: XmlNode | null, problems: Problem[]): Money | null {
  const costs = scope && (startingWith(scope, 'COSTS_RANGE_AND_CURRENCY') ?? scope);
  const amount = costs ? at(costs, 'VALUE_COST')[0] : undefined;
  if (!costs || !amount) return null;
  const stated = amount.attributes.get('FMTVAL') ?? amount.text;
  if (at(costs, 'INCLUDING_VAT').length > 0) {
    problems.push({
      code: 'notice.value.with-tax',
      severity: 'warning',
      place: { xpath: xpathOf(amount) },
      found: stated,
      expected: null,
    });
    return null;
  }
  return statedMoney(stated, costs.attributes.get('CURRENCY') ?? null);
}

function placesIn(object: XmlNode, language: string | null): readonly StatedPlace[] {
  const locations = outsideLots(object, 'LOCATION_NUTS');
  const codes = locations.flatMap((location) =>
    at(location, 'NUTS').flatMap((nuts) => nuts.attributes.get('CODE') ?? []),
  );
  return placesWithin(
    codes,
    locations.flatMap((location) => at(location, 'LOCATION')),
    language,
  );
}

function durationsOf(period: XmlNode | null): readonly Duration[] {
  if (!period) return [];
  return (['MONTHS', 'DAYS'] as const).flatMap((local) => {
    const value = machineDecimal(textIn(at(period, local)[0]));
    return value === null
      ? []
      : [{ value, unit: local === 'MONTHS' ? ('MONTH' as const) : ('DAY' as const) }];
  });
}

function lotsOf(body: XmlNode, problems: Problem[]): readonly Lot[] {
  const nodes: XmlNode[] = [];
  const visit = (node: XmlNode): void => {
    for (const child of node.children) {
      if (isLot(child)) nodes.push(child);
      else visit(child);
    }
  };
  visit(body);
  const numbers = nodes.map((node) => textIn(at(node, 'LOT_NUMBER')[0]));
  let free = 0;
  const refs = numbers.map((number) => {
    if (number !== null) return number;
    do free += 1;
    while (numbers.includes(String(free)));
    return String(free);
  });
  const lots = nodes.map((node, index) => lotOf(node, refs[index]!, problems));
  return nodes.some(({ local }) => !AWARD.test(local)) ? lots : awardedOnce(lots);
}

/** A lot that several got is one; what each of them is paid is not what it is worth. */
function awardedOnce(lots: readonly Lot[]): readonly Lot[] {
  return [...Map.groupBy(lots, ({ ref }) => ref).values()].flatMap(([first, ...others]) =>
    first ? [others.length > 0 ? { ...first, value: null } : first] : [],
  );
}

/** An annex may describe a lot and leave its number out; what is awarded without one is the whole. */
function isLot(node: XmlNode): boolean {
  if (!LOT.test(node.local)) return false;
  const says = (...locals: readonly string[]): boolean => locals.some((local) => at(node, local).length > 0);
  return says('LOT_NUMBER') || (!AWARD.test(node.local) && says('LOT_TITLE', 'LOT_DESCRIPTION', 'CPV'));
}

function lotOf(node: XmlNode, ref: string, problems: Problem[]): Lot {
  const said = (local: string): string | null => textIn(at(node, local)[0]);
  const [period] = at(node, 'PERIOD_WORK_DATE_STARTING');
  const durations = durationsOf(period ?? null);
  const { start, end } = intervalOf(period);
  const scope = at(node, 'NATURE_QUANTITY_SCOPE')[0] ?? at(node, 'CONTRACT_VALUE_INFORMATION')[0] ?? null;
  return blankLot({
    ref,
    title: said('LOT_TITLE') ?? said('CONTRACT_TITLE') ?? said('TITLE_CONTRACT'),
    description: said('LOT_DESCRIPTION') ?? (scope && textIn(at(scope, 'TOTAL_QUANTITY_OR_SCOPE')[0])),
    cpv: codesOf(at(node, 'CPV')[0] ?? null, problems),
    value: moneyOf(scope, problems),
    durations,
    durationDays: durations[0] ? durationInDays(durations[0]) : daysFromTo(start, end),
    start,
    end,
    at: { xpath: xpathOf(node) },
  });
}
