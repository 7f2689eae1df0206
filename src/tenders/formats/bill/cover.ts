import type { Problem } from '../../../kernel/index.js';
import { NO_PLACE, type FactSources, type StatedPlace } from '../../domain/index.js';
import { fold, oneLine } from './fold.js';
import { placesIn } from './gazetteer.js';
import { cellPlace, cellText, filledColumns, type GridRow } from './grid.js';
import { momentIn } from './stated-dates.js';
import {
  isPageNumber,
  isRecapTitle,
  isSumLabel,
  lotHeadingOf,
  namesBidder,
  namesDocumentKind,
} from './words.js';

/** A row outside the tables: a cover sheet, titles above a table. */
export interface FrontRow {
  readonly sheet: string;
  readonly row: GridRow;
}

export interface Cover {
  readonly title: string | null;
  readonly place: StatedPlace;
  readonly deadline: string | null;
  readonly buyerName: string | null;
  readonly currency: string | null;
  readonly sources: FactSources;
}

const TITLE =
  /^(objet|titre|intitule|projet|objet du marche|objet des travaux|opdracht|voorwerp|project|titel|projekt|bauvorhaben|massnahme|title|works)( .*)?$/;
const PLACE =
  /^(site|lieu|chantier|adresse|adresse du chantier|lieu d execution|lieu des travaux|situation|localisation|commune|plaats|plaats van uitvoering|werf|adres|ligging|gemeente|ort|bauort|ausfuhrungsort|ort der ausfuhrung|baustelle|location|address)\b/;
const BUYER =
  /^(maitre d ouvrage|maitre de l ouvrage|pouvoir adjudicateur|adjudicateur|commanditaire|donneur d ordre|opdrachtgever|bouwheer|aanbestedende overheid|bestuur|auftraggeber|bauherr|vergabestelle|client|employer|buyer)\b/;
const DEADLINE =
  /\b(offres?|remise des offres|date limite|limite de depot|depot des offres|ouverture des offres|offres pour le|reception des offres|seance d ouverture|uiterste|indiening|opening der offertes|opening van de offertes|inschrijving|offertes|angebotsfrist|angebotsabgabe|abgabe|einreichung|submission|submissionstermin|deadline|tender closing)\b/;
const CURRENCY = /^(devise|monnaie|munt|munteenheid|wahrung|currency)\b/;
const PUBLIC_BODY =
  /^(administration communale|commune|ville|province|intercommunale|cpas|slsp|gemeente|gemeentebestuur|stad|stadsbestuur|provincie|ocmw|gemeindeverwaltung|gemeinde|stadt|stadtverwaltung|municipality|city) (de|d|du|des|van|der|of|\p{L}+$)\b/u;
/** A row of more is one of a table: `Fonction | Nombre | Taux horaire`. */
const MOST_WORDS_BESIDE = 2;
const CLAUSE = /^(article|artikel|art|clause|paragraphe) \d/;
const SHORTEST_TITLE = 12;
/** `Travaux de peinture, lot 2 etc.` */
const LONGEST_ABBREVIATED = 6;

interface Statement {
  readonly key: string;
  readonly value: string;
  readonly front: FrontRow;
}

/** What the rows around the tables say of the whole: title, site, deadline, buyer, currency. */
export function readCover(
  rows: readonly FrontRow[],
  propertyTitle: string | null,
  language: string | null,
  problems: Problem[],
): Cover {
  const statements = rows.flatMap(statementsOf);
  const amounts = rowsOfAmounts(rows);
  const title = findTitle(statements, propertyTitle, amounts);
  const place = findPlace(statements, language);
  const deadline = findDeadline(statements, place.value.country ?? 'BE', problems);
  const buyer =
    statements.find((one) => BUYER.test(fold(one.key)) && one.value !== '') ?? statements.find(isPublicBody);
  const found = { title: title.front, place: place.front, deadline: deadline.front, buyer: buyer?.front };
  return {
    title: title.value,
    place: place.value,
    deadline: deadline.value,
    buyerName: buyer?.value ?? null,
    currency:
      statements.find((one) => CURRENCY.test(fold(one.key)))?.value.match(/\b[A-Z]{3}\b/)?.[0] ?? null,
    sources: Object.fromEntries(
      Object.entries(found).flatMap(([fact, front]) =>
        front ? [[fact, cellPlace(front.sheet, front.row.row, filledColumns(front.row).at(-1))]] : [],
      ),
    ),
  };
}

/** What was found, and the row that says it. */
interface Found<Value> {
  readonly value: Value;
  readonly front?: FrontRow | undefined;
}

/** `Objet | Rénovation …`, `Lieu : 4040 Herstal`, or a text that stands alone (no key). */
function statementsOf(front: FrontRow): readonly Statement[] {
  const texts = filledColumns(front.row)
    .map((index) => oneLine(cellText(front.row.cells[index])))
    .filter((text) => text !== ':');
  const [key = '', second] = texts.map((text) => text.replace(/\s*:$/, ''));
  if (second !== undefined && texts.length === 2 && key.length <= 40 && !key.includes(':')) {
    return [{ key, value: second, front }];
  }
  return texts.flatMap((text) =>
    text.split(namesDocumentKind(text) ? / [-–—] / : ' - ').map((part) => {
      const colon = part.indexOf(':');
      const keyed = colon > 0 && colon <= 40;
      return keyed
        ? { key: part.slice(0, colon).trim(), value: part.slice(colon + 1).trim(), front }
        : { key: '', value: part.trim(), front };
    }),
  );
}

/** Rows of a summary: with a number on a sheet of sums, or one below another. A year beside a title is none. */
function rowsOfAmounts(rows: readonly FrontRow[]): ReadonlySet<FrontRow> {
  const numbered = rows.flatMap((front) => {
    const at = front.row.cells.findLastIndex((cell) => typeof cell === 'number');
    return at < 0 ? [] : [{ front, column: `${front.sheet}!${at}` }];
  });
  const ofSums = new Set(numbered.flatMap(({ front }) => (saysSum(front) ? [front.sheet] : [])));
  const columns = Map.groupBy(numbered, ({ column }) => column);
  return new Set(
    numbered.flatMap(({ front, column }) =>
      ofSums.has(front.sheet) || columns.get(column)!.length > 1 ? [front] : [],
    ),
  );
}

function saysSum({ row }: FrontRow): boolean {
  return row.cells.map(cellText).some((text) => isSumLabel(text) || lotHeadingOf(text) !== null);
}

function findTitle(
  statements: readonly Statement[],
  propertyTitle: string | null,
  amounts: ReadonlySet<FrontRow>,
): Found<string | null> {
  const keyed = statements.find(
    (one) => TITLE.test(fold(one.key)) && one.value !== '' && !isOnlyPlace(one.value),
  );
  const plain = statements.find((one) => !amounts.has(one.front) && isTitle(one));
  const whole = plain && wordsOf(plain);
  const found = keyed?.value ?? whole ?? null;
  if (found === null) return { value: propertyTitle };
  // Cover titles are often in capitals: the document's own title property keeps the accents and the case.
  const value = propertyTitle !== null && fold(propertyTitle) === fold(found) ? propertyTitle : found;
  return { value, front: (keyed ?? plain)?.front };
}

/** A year beside a title is not of it. */
function wordsOf({ key, value }: Statement): string {
  return [key, value].filter((text) => /\p{L}/u.test(text)).join(' : ');
}

/** `4102 Ougrée` says where; `Réhabilitation de la rue du Moulin à 4480 Engis` what. */
function isOnlyPlace(text: string): boolean {
  return looksLikePlace(text) && text.search(/\d{4}/) < SHORTEST_TITLE;
}

function looksLikePlace(text: string): boolean {
  return placesIn(text, null).length > 0;
}

/** `Administration communale de Differdange`, alone on its row. */
function isPublicBody({ key, value, front }: Statement): boolean {
  return key === '' && PUBLIC_BODY.test(fold(value)) && filledColumns(front.row).length === 1;
}

/** A clause, not what the works are called. */
function isSentence(text: string): boolean {
  return text.endsWith('.') && text.split(' ').length > LONGEST_ABBREVIATED;
}

function isTitle(statement: Statement): boolean {
  const { key, value, front } = statement;
  const text = key === '' ? value : `${key} : ${value}`;
  const folded = fold(text);
  return (
    text.length >= SHORTEST_TITLE &&
    front.row.cells.filter((cell) => /\p{L}/u.test(cellText(cell))).length <= MOST_WORDS_BESIDE &&
    !(key !== '' && namesBidder(key)) &&
    !namesDocumentKind(text) &&
    !isPageNumber(text) &&
    !isRecapTitle(text) &&
    lotHeadingOf(text) === null &&
    !isSumLabel(text) &&
    !PLACE.test(folded) &&
    !CLAUSE.test(folded) &&
    !isPublicBody(statement) &&
    !isSentence(text) &&
    !BUYER.test(folded) &&
    !DEADLINE.test(folded) &&
    !CURRENCY.test(folded) &&
    !looksLikePlace(text) &&
    /\p{L}{4}/u.test(text)
  );
}

function findPlace(statements: readonly Statement[], language: string | null): Found<StatedPlace> {
  const inOrder = [
    ...statements.filter((one) => PLACE.test(fold(one.key))),
    ...statements.filter((one) => !PLACE.test(fold(one.key)) && !BUYER.test(fold(one.key))),
  ];
  for (const { value, front } of inOrder) {
    const [place] = placesIn(value, language);
    if (place) return { value: place, front };
  }
  return { value: NO_PLACE };
}

function findDeadline(
  statements: readonly Statement[],
  country: string,
  problems: Problem[],
): Found<string | null> {
  for (const { key, value, front } of statements) {
    if (!DEADLINE.test(fold(`${key} ${value}`))) continue;
    const moment = momentIn(value, country);
    if (moment.kind === 'moment') return { value: moment.value, front };
    if (moment.kind === 'ambiguous') {
      problems.push({
        code: 'tender.deadline.ambiguous',
        severity: 'warning',
        place: cellPlace(front.sheet, front.row.row),
        found: moment.found,
        expected: moment.readings.join(' | '),
      });
    }
  }
  return { value: null };
}
