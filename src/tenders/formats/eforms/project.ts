import { isCpvShape, type Cpv, type Day, type Money, type Problem } from '../../../kernel/index.js';
import {
  CONTRACT_NATURES,
  NO_PLACE,
  type ContractNature,
  type Duration,
  type StatedPlace,
} from '../../domain/index.js';
import { placesIn } from '../bill/gazetteer.js';
import { countryCode, languageCode } from '../countries.js';
import { machineDecimal, statedDay, statedMoney, tellAmount } from '../stated-values.js';
import type { XmlNode } from '../xml-tree.js';
import { EXTENSION, at, textAt, textIn, xpathOf } from './paths.js';

/** What a `cac:ProcurementProject` states, of the procedure or of one lot. */
export interface Project {
  readonly title: string | null;
  readonly description: string | null;
  readonly nature: ContractNature | null;
  readonly cpv: readonly Cpv[];
  readonly value: Money | null;
  readonly places: readonly StatedPlace[];
  readonly durations: readonly Duration[];
  readonly start: Day | null;
  readonly end: Day | null;
}

const NUTS = /^[A-Z]{2}[0-9A-Z]{0,3}$/;
const UNITS: Readonly<Record<string, Duration['unit']>> = {
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
  YEAR: 'YEAR',
  ANN: 'YEAR',
  MON: 'MONTH',
};

/** BT-21, 24, 23, 262, 263, 27, 5071, 5121, 5131, 5141, 36, 536 and 537 of one project. */
export function readProject(project: XmlNode, language: string | null, problems: Problem[]): Project {
  const nature = textAt(project, 'cbc:ProcurementTypeCode');
  return {
    title: textIn(language, project, 'cbc:Name'),
    description: textIn(language, project, 'cbc:Description'),
    nature: CONTRACT_NATURES.find((known) => known === nature) ?? null,
    cpv: readCpv(project, problems),
    value: readValue(project, problems),
    places: readPlaces(project, language, problems),
    durations: readDurations(project, problems),
    start: statedDay(textAt(project, 'cac:PlannedPeriod/cbc:StartDate')),
    end: statedDay(textAt(project, 'cac:PlannedPeriod/cbc:EndDate')),
  };
}

function problemAt(node: XmlNode, code: string, expected: string): Problem {
  return {
    code,
    severity: 'warning',
    place: { xpath: xpathOf(node) },
    found: node.text.slice(0, 200),
    expected,
  };
}

function readCpv(project: XmlNode, problems: Problem[]): readonly Cpv[] {
  const codes = [
    ...at(project, 'cac:MainCommodityClassification/cbc:ItemClassificationCode'),
    ...at(project, 'cac:AdditionalCommodityClassification/cbc:ItemClassificationCode'),
  ];
  const read = codes.flatMap((node) => {
    const code = node.text.replace(/-\d$/, '');
    if (isCpvShape(code)) return [code];
    problems.push(problemAt(node, 'notice.cpv.unreadable', '45000000'));
    return [];
  });
  return [...new Set(read)];
}

function readValue(project: XmlNode, problems: Problem[]): Money | null {
  const [amount] = at(project, 'cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount');
  if (!amount || amount.text === '') {
    const [most] = at(project, `cac:RequestedTenderTotal/${EXTENSION}/efbc:FrameworkMaximumAmount`);
    if (most) tellAmount('notice.value.maximum', most, most.attributes.get('currencyID'), problems);
    return null;
  }
  const money = statedMoney(amount.text, amount.attributes.get('currencyID') ?? null);
  if (money === null) problems.push(problemAt(amount, 'notice.amount.unreadable', '125000.00'));
  return money;
}

function readPlaces(project: XmlNode, language: string | null, problems: Problem[]): readonly StatedPlace[] {
  const places = at(project, 'cac:RealizedLocation').flatMap((location) => {
    const addresses = at(location, 'cac:Address').map((address) => readAddress(address, problems));
    const words = textIn(language, location, 'cbc:Description');
    return addresses.length === 1 && addresses[0] && words !== null
      ? withinWords(addresses[0], words, language)
      : addresses;
  });
  const stated = places.filter((place) => Object.values(place).some((value) => value !== null));
  return [...new Map(stated.map((place) => [JSON.stringify(place), place])).values()];
}

function readAddress(address: XmlNode, problems: Problem[]): StatedPlace {
  const [node] = at(address, 'cbc:CountrySubentityCode');
  const nuts = node?.text ?? '';
  const known = NUTS.test(nuts);
  if (node && nuts !== '' && !known) problems.push(problemAt(node, 'notice.nuts.unreadable', 'BE332'));
  return {
    nuts: known ? nuts : null,
    postalCode: textAt(address, 'cbc:PostalZone'),
    municipality: textAt(address, 'cbc:CityName'),
    locality: null,
    country: countryCode(textAt(address, 'cac:Country/cbc:IdentificationCode')),
  };
}

/** BT-728: the municipality may stand in words alone, beside the code of the region. */
function withinWords(place: StatedPlace, words: string, language: string | null): readonly StatedPlace[] {
  if (place.postalCode !== null || place.municipality !== null) return [place];
  const country = place.country ?? countryCode(place.nuts?.slice(0, 2) ?? null);
  const sites = placesIn(words, languageCode(language)).filter((site) => site.country === country);
  return sites.length > 0 ? sites.map((site) => ({ ...site, nuts: place.nuts })) : [place];
}

function readDurations(project: XmlNode, problems: Problem[]): readonly Duration[] {
  return at(project, 'cac:PlannedPeriod/cbc:DurationMeasure').flatMap((node) => {
    const unit = UNITS[node.attributes.get('unitCode') ?? ''];
    const value = machineDecimal(node.text);
    if (unit !== undefined && value !== null) return [{ value, unit }];
    if (node.text !== '') problems.push(problemAt(node, 'notice.duration.unreadable', '120 DAY'));
    return [];
  });
}

/** The first place, or one that states nothing. */
export function firstPlace(places: readonly StatedPlace[]): StatedPlace {
  return places[0] ?? NO_PLACE;
}
