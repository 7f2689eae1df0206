import type { ColumnRole, QuantityNature } from '../../domain/index.js';
export type { ColumnRole } from '../../domain/index.js';
import { fold } from './fold.js';
import { normalUnit } from './units.js';

/** Header words, folded, in French, Dutch, German and English. The first pattern that fits wins. */
const HEADERS: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    'bidderQuantity',
    /^(q|qte|qtes|quantites?|hoeveelheid|hoeveelheden|menge|quantity) .*(entreprise|soumissionnaire|candidat|inschrijver|bieter|bidder|tenderer)/,
  ],
  [
    'quantity',
    /^(totale hoeveelheid|total quantity|gesamtmenge|(min|mini|minimum|minimale|minimal|max|maxi|maximum|maximale|maximal|vermoedelijke|verm|forfaitaire|forf|geschatte|geraamde|jaarlijkse|estimated|est|approx|approximate|indicative|annual|geschatzte|voraussichtliche|jahrliche) (hoev|hoeveelheid|hoeveelheden|quantity|quantities|qty|menge|mengen)|q|qt|qte|qtes|quant|quantites?|hoev|hoeveelh|hoeveelheid|hoeveelheden|aantal|menge|mengen|qty|quantity|quantities)( .*)?$/,
  ],
  ['quantity', /^(qp|qf|vh|fh)$/],
  [
    'quantity',
    /^((contract|tender|bill|billed|boq|original|remeasured|revised|actual|planned|net|gross) (qty|quantity|quantities)|(mindest|hochst|minimal|maximal|jahres|gesamt|vertrags|auftrags|ausschreibungs|plan|soll|ist)mengen?|(geschatzte|voraussichtliche) \w*mengen?|contracthoeveelhe(id|den))$/,
  ],
  // What was measured comes to it: `Länge | Höhe | Ergebnis`.
  ['quantity', /^(ergebnis|ausmass|resultaat|resultat|result)$/],
  // Not the hours a building is open.
  [
    'quantity',
    /^(heures|uren|stunden|hours)( (par|per|pro|a|an|jaar|jahr|annuelles|estimees|prevues|geschatte|geschatzt|estimated)( .*)?)?$/,
  ],
  ['total', /^cost( (eur|euros?|gbp|excl.*))?$/],
  [
    'total',
    /^(extended|(contract|tender|original|extended|line|net|gross|remeasured|revised) (amount|sum|total|value))( .*)?$/,
  ],
  [
    'catalogue',
    /^(code |art |article |artikel )?(cctb|cctg|cct|stabu|stlb|neutrale bestektekst|vmsw)( .*)?$/,
  ],
  ['lot', /^(lot|lots|perceel|los)( (n|no|nr|num))?$/],
  [
    'nature',
    /^(nature|nat|type|aard|art der menge|mengenart|soort|qp qf|qf qp|vh fh|fh vh|nature (des |de la |de |du )?(quantite|qte|poste|prix)s?|type (de |d )?(quantite|qte|prix|poste)s?|aard (van de )?hoeveelhe(id|den))$/,
  ],
  [
    'option',
    /^(base )?(en option|in optie|options?|opties?|optionnel(le)?s?|optioneel|optional|pse)( (options?|opties?|optional|o n|oui non|j n|ja nee|ja nein|y n|yes no))*$/,
  ],
  ['unit', /^(prijs per|prix par|preis (je|pro)|price per)$/],
  ['total', /^mt( ht| htva)?$/],
  // `Fourniture | Pose | Total unitaire`.
  [
    'unitPrice',
    /^(total|totaal|gesamt|prix total|montant total) (unitaire|a l unite|par unite|per eenheid|je einheit|pro einheit|per unit)( .*)?$/,
  ],
  [
    'total',
    /^(prix total|prix totaux|prix tot|prix annuel|montant annuel|total annuel|jaarprijs|jaarbedrag|jahrespreis|annual price|totale kostprijs|cout total|total cost|gesamtkosten|total price|totale prijs|totaalprijs|prijs totaal|gesamtpreis|gesamtbetrag|ges preis|montant total|montant tot|tot)( .*)?$/,
  ],
  [
    'unitPrice',
    /^(montant unitaire|pu|p u|pu ht|prix u|prix unit|prix unitaires?|prix a l unite|eenheidspr|eenheidsprijs|eenheidsprijzen|eh prijs|eenh prijs|ep|e p|einheitspreis|einzelpreis|unit price|unit rate|rate|taux horaires?|tarifs?|tarief|uurloon|stundensatz|prix|prijs|preis|price|kostprijs|cout unitaire|unit cost)( .*)?$/,
  ],
  [
    'total',
    /^(total|totaux|totaal|montants?|somme|som|sommes|pt|p t|tp|gp|g p|gesamt|betrag|bedrag|amount)( .*)?$/,
  ],
  [
    'label',
    /^(designation|designations|libelle|libelles|description|descriptions|descriptif|intitule|denomination|ouvrages?|prestations?|travaux|taches?|services?|nature des (travaux|ouvrages|prestations)|omschrijving|artikelomschrijving|beschrijving|benaming|werken|werkzaamheden|prestaties?|taken?|diensten?|leistungsbeschreibung|leistung|leistungen|tatigkeiten?|arbeiten|bezeichnung|kurztext|langtext|leistungstext|positionstext|raumgruppen?|beschreibung|textes?|tekst|text|item description|fournitures?|produits?|producten|produkte?|goederen|materiel|materiaux|materialen|materialien|goods|materials|works?|scope|activity|activities)( .*)?$/,
  ],
  ['unit', /^(u|un|unit|unite|unites|units|eenh|eenheid|eenheden|einheit|einh|me|eh|mesure|uom)$/],
  [
    'zone',
    /^(batiment|batiments|zone|zones|local|locaux|localisation|gebouw|lokaal|lokalen|gebaude|bereich|niveau|etage|verdieping|building|location|site|sites|chantier|lieu|lieux|commune|communes|gemeente|gemeenten|locatie|plaats|werf|gemeinde|ort|standort|baustelle|municipality|adresse (du |des )?(chantier|site|travaux)s?)( .*)?$/,
  ],
  [
    'remark',
    /^(remarque|remarques|observation|observations|opmerking|opmerkingen|bemerkung|bemerkungen|commentaires?|notes?|remark|remarks)$/,
  ],
  [
    'ref',
    /^(n|no|nr|num|numero|nummer|number|code|codes|ref|refs|reference|poste|postes|post|posten|art|article|articles|artikel|artikelnr|artikelnummer|oz|ordnungszahl|pos|position|postnr|postnummer|volgnr|volgnummer|lfd nr|lfdnr|itemnr|item|id|rep|repere|sor|n article|n d article|n de poste|n poste|nr post|no d ordre|n d ordre)( .*)?$/,
  ],
];

const LONGEST_HEADER = 80;

/** A price is written out beside its figures: `Prix unitaire en toutes lettres`. */
const IN_LETTERS = /\b(en (toutes )?lettres|in (letters|woorden|worten|buchstaben|words))\b/;
/** `€/U`. */
const PER_UNIT = /^\s*(?:€|EUR)\s*\/\s*\p{L}/iu;

/** What a year costs is a sum: `Preis pro Jahr`. */
const YEARLY =
  /^(prix|montant|prijs|bedrag|preis|betrag|price|cost) (.* )?(par an|annuels?|per jaar|pro jahr|per year|annual|(an|jaar|jahr|year)$)\b/;

/** The role a header cell announces; null when it is none we know. Belgian headers may say it in two languages. */
export function roleOfHeader(text: string): ColumnRole | null {
  if (text.length > LONGEST_HEADER || isPerMonth(text) || IN_LETTERS.test(fold(text))) return null;
  if (PER_UNIT.test(text)) return 'unitPrice';
  if (YEARLY.test(fold(text))) return 'total';
  const whole = roleOfWords(text);
  if (whole !== null) return whole;
  const parts = text
    .replace(ASIDE, ' ')
    .split(/[/|\n\r]| - /)
    .filter((part) => part.trim() !== '');
  return parts.length < 2 ? null : (parts.map(roleOfWords).find((role) => role !== null) ?? null);
}

const LEAST = /\b(min|mini|minimum|minim(al|aal)\w*|mindest\w*|bas|basse|laag|lage|niedrig\w*|low|lowest)\b/;
const MOST = /\b(max|maxi|maximum|maxim(al|aal)\w*|hochst\w*|haut|haute|hoog|hoge|hoch|high|highest)\b/;

/** `Qté min`: what is ordered for sure, or the lower of two estimates. */
export function isLeast(text: string): boolean {
  return LEAST.test(fold(text));
}

export function isMost(text: string): boolean {
  return MOST.test(fold(text));
}

const WITH_TAX = /\b(ttc|tvac|tva comprise|brut|brute|brutto|bruto|incl|inclusief|inkl|including)\b/;
const AFTER_DISCOUNT = /\b(net|nette|netto|remise|remisee?)\b/;

/** `Total TTC`, beside another. */
export function isWithTax(text: string): boolean {
  return WITH_TAX.test(fold(text));
}

/** `PU net`, beside `PU`. */
export function isAfterDiscount(text: string): boolean {
  return AFTER_DISCOUNT.test(fold(text));
}

/** What stands in brackets explains a head: `Option (O/N)`. */
const ASIDE = /\([^()]*\)/g;
/** What a month costs is neither the price of a piece nor the sum. */
const MONTHLY =
  /^(prix|montant|prijs|bedrag|preis|price|rate) (.* )?(mois|mensuels?|maand|monat|month|monthly)\b|^(maandprijs|monatspreis|monthly (price|rate))\b/;

export function isPerMonth(text: string): boolean {
  return MONTHLY.test(fold(text));
}

/** What a line costs, right of what a piece does: `Prix unitaire | Prix HTVA`, `Rate | £`. */
export function isPlainPrice(text: string): boolean {
  return /^\s*(?:€|£|EUR|CHF)\s*$/i.test(text) || PLAIN_PRICE.test(fold(text));
}

const PLAIN_PRICE =
  /^(prix|prijs|preis|price|kostprijs|cout)( (htva|ht|hors tva|excl btw|exclusief btw|netto|eur|euro|forfaitaire|global|forfait))?$/;

function roleOfWords(text: string): ColumnRole | null {
  const folded = fold(text.replaceAll('°', ' '));
  return folded === '' ? null : (HEADERS.find(([, words]) => words.test(folded))?.[0] ?? null);
}

const DIMENSION =
  /^(l|h|b|d|long|longueurs?|larg|largeurs?|haut|hauteurs?|epaisseurs?|prof|profondeurs?|lengte|lengten|breedte|hoogte|dikte|diepte|lange|breite|hohe|tiefe|dicke|length|width|height|depth|dimensions?|coeff?|coefficient)$/;
const PART = /^(partiels?|quantites? partielles?|deelhoeveelhe(id|den)|teilmenge)$/;
const COUNT =
  /^(nb|nbre|nombre|aantal|anzahl|anz|stuck|stuckzahl|stk|stuks|pieces|longueurs?|lengte|lange|length|surfaces?|superficie|oppervlakte|opp|flache|area|volume)$/;
const REPETITION =
  /^(nb de fois|times|timesing|fois|keer|turnus|((nb|nombre|nbre) (de |d )?)?(passages?|interventions?|frequences?)|frequentie|(aantal )?beurten|aantal keer|haufigkeit|(anzahl )?(durchgange|einsatze)|frequency)( (par|per|pro|an|jaar|jahr|year|annee|annuel\w*).*)?$/;
const MONEY =
  /€|\b(eur|euros?|prix|prijs|preis|price|ht|htva|hors|tva|btw|mwst|vat|excl|incl|netto|montants?|bedrag|betrag|amount|pt|p t|gp|g p)\b/;

/** One measure of many that give a quantity: a length, a part of the sum. */
export function isDimension(text: string): boolean {
  return DIMENSION.test(fold(text)) || isPart(text);
}

/** What the measures of one row give, beside a column for what all rows give. */
export function isPart(text: string): boolean {
  return PART.test(fold(text));
}

/** `Ep` heads a thickness in French, and the unit price in Dutch and German. */
export function mayBeThickness(text: string): boolean {
  return fold(text) === 'ep';
}

const NUMBERS =
  /^(n|no|nr|num|numero|nummer|number|ref|reference|pos|oz|ordnungszahl|lfd nr|lfdnr|volgnr|volgnummer|postnr|code|id|rep|repere)$/;

/** What is below is no more than a number: an `Article` may have words. */
export function isOfNumbers(text: string): boolean {
  return NUMBERS.test(fold(text.replaceAll('°', ' ')));
}

/** `Fläche in m²`, `Surface m²`. */
const IN_UNIT = /\s(?:en|in)\s+(\S+)\s*$|\s(m[²2³3])\s*$/;

/** What is counted in hours says so by its name: `Stunden pro Jahr`. */
const HOURS = /^(heures|uren|stunden|hours)\b/;

export function isOfHours(text: string): boolean {
  return HOURS.test(fold(text));
}

/** `Quantité (a)`: letters that name the columns in a formula. */
const COLUMN_LETTER = /\(\s*([a-z])\s*\)/i;
const FORMULA = /\(\s*[a-z]\s*[x×*+]\s*[a-z]\s*\)/i;
const UNIT_OF_ONE_LETTER = /^[mhtlu]$/i;

/**
 * The unit that a head of quantities names: `Surface (m²)`.
 * @param heads of the whole table: one that is a formula makes the letters names of columns
 */
export function unitOfHeader(text: string, heads: readonly string[]): string | null {
  const hours = HOURS.exec(fold(text))?.[0];
  if (hours !== undefined) return hours;
  const inBrackets = /\(([^()]{1,20})\)/.exec(text)?.[1];
  const unit = (inBrackets ?? IN_UNIT.exec(text)?.slice(1).find(Boolean) ?? '').trim();
  if (unit.length === 1 && (!UNIT_OF_ONE_LETTER.test(unit) || heads.some(namesColumn))) return null;
  return normalUnit(unit) === null ? null : unit;
}

function namesColumn(head: string): boolean {
  return FORMULA.test(head) || !UNIT_OF_ONE_LETTER.test(COLUMN_LETTER.exec(head)?.[1] ?? 'm');
}

/** `Van | Tot`: where a stretch ends, no total. */
export function endsStretch(text: string, heads: readonly string[]): boolean {
  return /^tot(?!\w|\.)/i.test(text.trim()) && heads.some((head) => /^van\b/i.test(head.trim()));
}

/** `Désignation du lot`, beside what is done in it. */
export function namesLot(text: string): boolean {
  return /\b(lots?|perce(el|len)|los|lose)$/.test(fold(text.replace(ASIDE, ' ')));
}

/** What is done, in one word: below it often stands the kind of work, and its description under a head of its own. */
const KIND_OF_WORK =
  /^(travaux|taches?|services?|werkzaamheden|prestaties?|taken?|diensten?|leistungen|tatigkeiten?|arbeiten|raumgruppen?|fournitures?|produits?|producten|produkte?|goederen|materiel|materiaux|materialen|materialien|goods|materials)\b/;

export function mayBeKindOfWork(text: string): boolean {
  return KIND_OF_WORK.test(fold(text));
}

/** How many pieces there are, or how much of it: a quantity, but only of measures where another column adds these up. */
export function isCount(text: string): boolean {
  return COUNT.test(fold(text.replace(ASIDE, ' ').replace(IN_UNIT, '')));
}

/** How often the measures of a row are taken. */
export function isRepetition(text: string): boolean {
  return REPETITION.test(fold(text));
}

/** Whether the head of a column of sums says that they are sums of money. */
export function namesMoney(text: string): boolean {
  return MONEY.test(`${text} ${fold(text)}`);
}

/** What kind of quantities a column of its own holds: `Quantité présumée` beside `Quantité forfaitaire`. */
export function natureOfHeader(text: string): QuantityNature | null {
  const folded = fold(text);
  if (/\b(presumees?|pres|qp|vermoedelijke?|verm|vh)\b/.test(folded)) return 'QP';
  return /\b(forfaitaires?|forf|fixes?|qf|fh)\b/.test(folded) ? 'QF' : null;
}
