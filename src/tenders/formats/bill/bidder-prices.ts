import type { Problem } from '../../../kernel/index.js';
import { headerCells, rememberedAt, type FoundHeader } from './columns.js';
import { cellPlace, cellText, isBlank, type Grid } from './grid.js';
import { fold } from './fold.js';
import { roleOfHeader } from './header-words.js';
import { namesBidder } from './words.js';

/**
 * A comparison of offers has prices of bidders side by side, named above them or in their heads. None of these is what
 * the work is worth to us: the first column of prices that names no bidder counts, else none, and that is told. Prices
 * of one bidder alone are those of the document.
 */
export function withoutBidderPrices(grid: Grid, header: FoundHeader, problems: Problem[]): FoundHeader {
  const cells = headerCells(grid, header);
  if (!cells || rememberedAt(grid, cells)) return header;
  const roles = cells.cells.map((cell) => (isBlank(cell) ? null : roleOfHeader(cellText(cell))));
  const prices = roles.flatMap((role, index) => (role === 'unitPrice' ? [index] : []));
  const titles = new Map(prices.map((index) => [index, titleAbove(grid, header, index)] as const));
  const bidders = new Map(
    prices.flatMap((index) => {
      const bidder = [titles.get(index) ?? '', cellText(cells.cells[index])].find(namesBidder);
      return bidder === undefined ? [] : [[index, bidder] as const];
    }),
  );
  // Two groups of prices have a reason: a name that says nothing else may be that of whoever offers them.
  const unclear = new Set(titles.values()).size > 1 && new Set(bidders.values()).size < 2;
  for (const [index, title] of unclear ? titles : [])
    if (!bidders.has(index) && mayBeName(title)) bidders.set(index, title);
  const own = prices.find((index) => !bidders.has(index));
  const named = new Set(bidders.values());
  if (named.size === 0 || (named.size === 1 && own === undefined)) return header;
  const total = own === undefined ? -1 : roles.indexOf('total', own);
  const columns = new Map(header.columns);
  columns.delete('unitPrice');
  columns.delete('total');
  if (own !== undefined) columns.set('unitPrice', own);
  if (total >= 0 && ![...bidders.keys()].some((index) => own !== undefined && index > own && index < total))
    columns.set('total', total);
  const body = grid.rows.slice(header.index + header.height);
  const [first] = [...bidders.keys()].filter((index) => body.some((row) => !isBlank(row.cells[index])));
  if (first === undefined) return { ...header, columns };
  problems.push({
    code: [...named].every(namesBidder) ? 'bill.prices.others' : 'bill.prices.unclear',
    severity: 'warning',
    place: cellPlace(grid.sheet, cells.row, first),
    found: [...named].join(', ').slice(0, 200),
    expected: null,
    params: { sheet: grid.sheet },
  });
  return { ...header, columns };
}

const ESTIMATE = /^(estim|raming|schatz|budget|reference|richtprijs)/;
/** Words over prices that are no name: what kind of prices they are, and of which part of the works. */
const NO_NAME =
  /^(\d|.{0,2}$|maitre|auteur|architecte|bouwheer|bauherr|client|moe?\b|htva|ht\b|tvac|ttc|excl|incl|netto|brutto|tranche|phase|fase|lot\b|perceel|los\b|option|variant|annee|year|jahr|jaar|fourniture|pose\b|main d|mat|levering|plaatsing|lohn|labour|base\b|quantit)/;
/** Whose prices are not told by the building they are for: `École communale`, `Kinderdagverblijf`. */
const BUILDING =
  /^(ecole|creche|batiment|bloc|immeuble|appartement|logement|salle|eglise|piscine|gymnase|bibliotheque|hopital|caserne|cantine|refectoire|cuisine|presbytere|cure|chapelle|musee|gare|aile|annexe|pavillon|hangar|residence|cour|jardin|rue|place|avenue|zone|site|school|kinderdagverblijf|gebouw|blok|woning|huis|zaal|kerk|sporthal|zwembad|bibliotheek|gemeentehuis|ziekenhuis|kazerne|keuken|kapel|museum|station|vleugel|bijgebouw|loods|residentie|tuin|speelplaats|straat|plein|schule|grundschule|kita|kindergarten|gebaude|block|wohnung|haus|saal|kirche|turnhalle|schwimmbad|bibliothek|rathaus|krankenhaus|kaserne|kuche|kapelle|bahnhof|flugel|anbau|nebengebaude|garten|hof|strasse|platz|bereich|nursery|building|flat|house|church|library|hospital|kitchen|wing|annex|garden|street|square|area)s?\b/;
/** Parts of a building and of the works, which firms bear in their names, too: only where nothing else is said. */
const PART =
  /^((maison|garage|bureau|bureaux|atelier|toiture|facade|cave|combles|rez|rez de chaussee|etage|niveau|sous sol|interieur|exterieur|abords|voirie|outillage|mise en oeuvre|transport|evacuation|montage|demontage|entretien|kantoor|dak|gevel|kelder|zolder|gelijkvloers|verdieping|binnen|buiten|omgeving|arbeid|uitvoering|vervoer|afvoer|onderhoud|buro|werkstatt|dach|fassade|keller|dachgeschoss|erdgeschoss|obergeschoss|stockwerk|innen|aussen|arbeit|ausfuhrung|einbau|lieferung|wartung|office|roof|basement|floor|inside|outside|supply|installation|maintenance|et|en|und|and)s?( |$))+$/;

function mayBeName(title: string): boolean {
  const folded = fold(title);
  const isWord = [ESTIMATE, NO_NAME, BUILDING, PART].some((words) => words.test(folded));
  return /\p{L}{3}/u.test(folded) && !isWord && roleOfHeader(title) === null;
}

/** The words over a group of columns: merged cells hold them in the first one. */
function titleAbove(grid: Grid, { index, height, columns }: FoundHeader, column: number): string {
  const upper = grid.rows[height === 2 ? index : index - 1];
  const first = (columns.get('label') ?? 0) + 1;
  const over = upper?.cells.slice(first, column + 1).findLast((cell) => !isBlank(cell));
  return cellText(over);
}
