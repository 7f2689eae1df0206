import type { LineKind, QuantityNature } from '../../domain/index.js';
import { fold } from './fold.js';

export const COLUMN_ROLES = [
  'lot',
  'ref',
  'catalogue',
  'label',
  'unit',
  'nature',
  'quantity',
  'bidderQuantity',
  'unitPrice',
  'total',
  'zone',
  'remark',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Header words, folded, in French, Dutch, German and English. The first pattern that fits wins. */
const HEADERS: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    'bidderQuantity',
    /^(q|qte|qtes|quantites?|hoeveelheid|hoeveelheden|menge|quantity) .*(entreprise|soumissionnaire|candidat|inschrijver|bieter|bidder|tenderer)/,
  ],
  [
    'quantity',
    /^(q|qt|qte|qtes|quant|quantites?|hoev|hoeveelh|hoeveelheid|hoeveelheden|aantal|menge|mengen|qty|quantity|quantities)( .*)?$/,
  ],
  [
    'catalogue',
    /^(code |art |article |artikel )?(cctb|cctg|cct|stabu|stlb|neutrale bestektekst|vmsw)( .*)?$/,
  ],
  ['lot', /^(lot|lots|perceel|los)( (n|no|nr|num))?$/],
  [
    'nature',
    /^(nature|nat|type|aard|art der menge|mengenart|soort|qp qf|nature (des |de la |de |du )?(quantite|qte|poste|prix)s?|type (de |d )?(quantite|qte|prix|poste)s?|aard (van de )?hoeveelhe(id|den))$/,
  ],
  [
    'unitPrice',
    /^(pu|p u|pu ht|prix u|prix unit|prix unitaires?|prix a l unite|eenheidspr|eenheidsprijs|eenheidsprijzen|eh prijs|eenh prijs|ep|e p|einheitspreis|einzelpreis|unit price|unit rate|rate|prix|prijs|preis)( .*)?$/,
  ],
  [
    'total',
    /^(total|totaux|totaal|montants?|somme|som|sommes|pt|p t|prix total|prix totaux|gp|g p|gesamtpreis|gesamtbetrag|gesamt|betrag|bedrag|amount|total price|totale prijs|totaalprijs)( .*)?$/,
  ],
  [
    'label',
    /^(designation|designations|libelle|libelles|description|descriptions|descriptif|intitule|denomination|ouvrages?|prestations?|nature des (travaux|ouvrages|prestations)|omschrijving|beschrijving|benaming|werken|leistungsbeschreibung|leistung|bezeichnung|kurztext|beschreibung|text|item description|works?|scope)( .*)?$/,
  ],
  ['unit', /^(u|un|unit|unite|unites|units|eenh|eenheid|eenheden|einheit|einh|me|eh|mesure|uom)$/],
  [
    'zone',
    /^(batiment|batiments|zone|zones|local|locaux|localisation|gebouw|lokaal|lokalen|gebaude|bereich|niveau|etage|verdieping|building|location)( .*)?$/,
  ],
  [
    'remark',
    /^(remarque|remarques|observation|observations|opmerking|opmerkingen|bemerkung|bemerkungen|commentaires?|notes?|remark|remarks)$/,
  ],
  [
    'ref',
    /^(n|no|nr|num|numero|nummer|number|code|codes|ref|refs|reference|poste|postes|post|posten|art|article|articles|artikel|artikelnr|artikelnummer|oz|pos|position|postnr|postnummer|item|id|repere|n article|n d article|n de poste|n poste|nr post|no d ordre|n d ordre)( .*)?$/,
  ],
];

/** The role a header cell announces; null when it is none we know. */
export function roleOfHeader(text: string): ColumnRole | null {
  if (text.length > 60) return null;
  const folded = fold(text.replaceAll('°', ' '));
  return folded === '' ? null : (HEADERS.find(([, words]) => words.test(folded))?.[0] ?? null);
}

const NATURES: Readonly<Record<string, QuantityNature>> = {
  qp: 'QP',
  vh: 'QP',
  qf: 'QF',
  fh: 'QF',
  pm: 'PM',
  'p m': 'PM',
  sr: 'SR',
  vs: 'SR',
  fft: 'FFT',
  ff: 'FFT',
  forfait: 'FFT',
  'quantite presumee': 'QP',
  presumee: 'QP',
  'vermoedelijke hoeveelheid': 'QP',
  vermoedelijk: 'QP',
  'quantite forfaitaire': 'QF',
  'quantite fixe': 'QF',
  forfaitaire: 'QF',
  fixe: 'QF',
  'forfaitaire hoeveelheid': 'QF',
  'pour memoire': 'PM',
  'pro memorie': 'PM',
  'pour mem': 'PM',
  'somme reservee': 'SR',
  'voorbehouden som': 'SR',
  'somme provisionnelle': 'SR',
  pg: 'FFT',
  gp: 'FFT',
  psch: 'FFT',
  pauschal: 'FFT',
};

/** QP, QF, PM, SR or FFT for the word a bill uses; null for a word we do not know. */
export function natureOf(word: string): QuantityNature | null {
  return NATURES[fold(word)] ?? null;
}

const OPTION =
  /^(option|options|optie|opties|pse|prestations? supplementaires? eventuelles?|bedarfsposition(en)?|bedarfspos|eventualposition(en)?|eventualpos|optional|tranche conditionnelle|tranche optionnelle)\b/;
const VARIANT =
  /^(variante|variantes|variant|varianten|alternative|alternativposition(en)?|wahlposition(en)?|grundposition mit alternativ)\b/;
const PROVISIONAL =
  /^(somme reservee|somme a justifier|somme provisionnelle|voorbehouden som|provisional sum|stelpost)\b/;

/** What a label or a title says its lines are: asked first, asked perhaps, a reserved sum. */
export function kindOfWords(text: string): LineKind {
  const folded = fold(text);
  if (OPTION.test(folded)) return 'option';
  if (VARIANT.test(folded)) return 'variant';
  return PROVISIONAL.test(folded) ? 'provisional' : 'base';
}

const SUM =
  /^(sous tot\w*|s total|ss total|total\w*|totaux|subtot\w*|sub total|tussentot\w*|totaal|algemeen totaal|zwischensumme|summe|gesamtsumme|endsumme|nettosumme|bruttosumme|somme totale|montant total|report|reports|a reporter|overdracht|over te dragen|transport|ubertrag|ubertragen|carried forward|brought forward|tva|btw|mwst|umsatzsteuer|vat|taxe)\b/;

/** A row of sums: subtotal, total, carried forward, tax. */
export function isSumLabel(text: string): boolean {
  return SUM.test(fold(text));
}

const RECAP =
  /^(recapitulati\w*|recapitulatif|recap|samenvatting|samenvattende|overzicht|zusammenstellung|zusammenfassung|summary|resume)\b/;

export function isRecapTitle(text: string): boolean {
  return RECAP.test(fold(text));
}

const PAGE = /^(page|pag|pagina|blz|bladzijde|seite|p)\s*\d{1,4}(\s*(sur|van|von|of|\/)\s*\d{1,4})?$/;

export function isPageNumber(text: string): boolean {
  return PAGE.test(fold(text)) || /^\d{1,4}\s?\/\s?\d{1,4}$/.test(text.trim());
}

/** `LOT 1 - Enveloppe`, `Perceel 2`, `Los 01: Rückbau`. */
const LOT =
  /^\s*(?:[Ll]ot|LOT|[Pp]erceel|PERCEEL|[Ll]os|LOS)\s*(?:[Nn]\s*[°ºr.o]{0,2}\s*)?([0-9]{1,3}[a-zA-Z]?|[IVX]{1,5}|[A-Z])(?!['’\p{L}\p{N}])\s*(.*)$/u;

export interface LotHeading {
  readonly ref: string;
  readonly title: string | null;
}

/** The number and title of a lot that a text announces; null when it announces none. */
export function lotHeadingOf(text: string): LotHeading | null {
  const match = LOT.exec(text);
  if (!match?.[1]) return null;
  const title = (match[2] ?? '').replace(/^[\s:;.\-–—)]+/u, '').trim();
  return { ref: match[1], title: title === '' ? null : title };
}

const DOCUMENT_KIND =
  /^(metre|metres|bordereau|inventaire|dpgf|dqe|bpu|decomposition du prix|detail quantitatif|detail estimatif|cadre de|devis|offre|soumission|meetstaat|samenvattende meetstaat|opmetingsstaat|inventaris|leistungsverzeichnis|bill of quantities|cahier special|cahier des charges|exemple|voorbeeld|beispiel|synthetisch\w*|annexe|bijlage|anlage|note|notes|opmerking|remarque|sommaire|document|statut)\b/;

/** A text that names the kind of document, not the works. */
export function namesDocumentKind(text: string): boolean {
  return DOCUMENT_KIND.test(fold(text));
}
