import type { LineKind, QuantityNature } from '../../domain/index.js';
import { fold } from './fold.js';

const NATURES: ReadonlyMap<string, QuantityNature> = new Map(
  Object.entries<QuantityNature>({
    qp: 'QP',
    vh: 'QP',
    qf: 'QF',
    fh: 'QF',
    pm: 'PM',
    'p m': 'PM',
    sr: 'SR',
    's r': 'SR',
    saj: 'SR',
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
    sog: 'FFT',
    tp: 'FFT',
    'prov sum': 'SR',
    'provisional sum': 'SR',
    'pc sum': 'SR',
    psch: 'FFT',
    pauschal: 'FFT',
  }),
);

/** QP, QF, PM, SR or FFT for the word a bill uses; null for a word we do not know. It may be said in two languages: `QP/VH`. */
export function natureOf(word: string): QuantityNature | null {
  const [nature, ...others] = new Set(
    [word, ...word.split('/')].flatMap((part) => NATURES.get(fold(part)) ?? []),
  );
  return others.length === 0 ? (nature ?? null) : null;
}

const NATURE_BESIDE_UNIT = /^(?:(.*?)[\s/(,;-]+)?(QP|QF|VH|FH|PM|P\.M\.?)(?![\p{L}\d])[\s/)]*(.*)$/iu;

/** The unit and the kind of quantity that one cell says: `m² QP`, `QF m²`, `m²/VH`, `(QP)`. */
export function unitAndNature(printed: string): {
  readonly unit: string;
  readonly nature: QuantityNature | null;
} {
  const [, before = '', word = '', after = ''] = NATURE_BESIDE_UNIT.exec(printed) ?? [];
  const nature = natureOf(word);
  const unit = before === '' ? after : before;
  // A unit may be `PM` alone.
  return nature === null || (unit === '' && nature === 'PM')
    ? { unit: printed, nature: null }
    : { unit, nature };
}

const DEDUCTION =
  /^(a deduire|deduction\w*|deduire|en moins|af te trekken|aftrek|in mindering|minus|abzug\w*|abzuglich|abzgl|less|deduct\w*)\b/;

/** `À déduire : baies`, among the measures of a line. */
export function isDeducted(text: string): boolean {
  return DEDUCTION.test(fold(text));
}

const INCLUDED = /^(dont|waarvan|davon|of which|y compris|inclus|inclusief|including)\b/;

/** `Dont baies`: a part of what is counted already. */
export function isIncluded(text: string): boolean {
  return INCLUDED.test(fold(text));
}

const OF_WHICH = /^(dont|waarvan|davon|of which)\b/;

/** `Dont baies`, where `y compris` may be a work of its own that has a quantity. */
export function isOfWhich(text: string): boolean {
  return OF_WHICH.test(fold(text));
}

const IN_ANOTHER =
  /^(so|s o|sans objet|nvt|n v t|niet van toepassing|entfallt|n a|not applicable|neant|nihil|pm|p m|pour mem\w*|pro mem\w*|memo|compris\w*|inclus\w*|incl|inbegrepen|begrepen|included|enthalten|inbegriffen|inkl)( (dans|au|aux|a|sous|poste|postes|article|art|in|bij|onder|post|posten|im|unter|pos|position|with|under|item)\b.*)?$/;

/** What stands where an amount would, of what another article pays for or nobody asks: `PM`, `compris`, `s.o.`. */
export function isPaidElsewhere(cell: string): boolean {
  return IN_ANOTHER.test(fold(cell));
}

const OPTION =
  /^(options?|optionen|opties?|opt \d+|pse|prestations? supplementaires? eventuelles?|(positions?|postes?) (eventuel\w*|optionnel\w*)|bedarfsposition(en)?|bedarfspos|eventualposition(en)?|eventualpos|optional|tranche conditionnelle|tranche optionnelle)\b(?! (compris|inclus|incl|inbegrepen))/;
const VARIANT =
  /^(variante|variantes|variant|var \d+|varianten|alternati(v|ve|ven|ef|eve)|alternativposition(en)?|wahlposition(en)?|grundposition mit alternativ)\b/;
const IN_OPTION = /\b(en option|in optie|als optie|als option)$/;
const PROVISIONAL =
  /^(somme reservee|somme a justifier|provision pour|somme provisionnelle|somme a valoir|voorbehouden som|provisional sums?|prime cost|pc sums?|contingenc(y|ies)|stelpost(en)?)\b/;

/** What a label or a title says its lines are: asked first, asked perhaps, a reserved sum. */
export function kindOfWords(text: string): LineKind {
  const folded = fold(text);
  // `Châssis (option exigée)`, `Toiture - VARIANTE zinc`.
  const parts = [text, ...text.split(/\s[-–—]\s|[()]/)].map(fold);
  if (IN_OPTION.test(folded) || parts.some((part) => OPTION.test(part))) return 'option';
  if (parts.some((part) => VARIANT.test(part))) return 'variant';
  return PROVISIONAL.test(folded) ? 'provisional' : 'base';
}

const YES = /^(o|oui|j|ja|y|yes|x|1|vrai|waar|wahr|true|opt|options?|opties?|optional|pse|[✓✔☑☒])$/iu;

/** What a column of options holds in the rows of one: `O`, `ja`, `x`. */
export function saysOption(cell: string): boolean {
  return YES.test(cell.replace(/\.$/, ''));
}

const SUM =
  /^(sous tot\w*|s total|ss total|total\w*|totaux|subtot\w*|sub total|tussentot\w*|totaal|algemeen totaal|\w*summe|zwischenbetrag|gesamtbetrag|endbetrag|nettobetrag|bruttobetrag|eindtotaal|totaalbedrag|eindbedrag|somme totale|montant (total|global|ht|htva|hors|ttc|tvac)|a payer|net a payer|te betalen|zu zahlen|amount due|a reporter|over te dragen|ubertragen|carried|brought|to summary|to collection|zzgl|zuzuglich|tva|btw|mwst|umsatzsteuer|vat|taxe sur la valeur)\b/;
/** Carried from page to page: `Transport`, but not `Transport des terres`. */
const CARRIED =
  /^(reports?|transport|overdracht|ubertrag)( (de |de la |des |van |von |du |vorige |volgende |aus )?(pages?|pagina|blz|bladzijde|seite|folio|p|precedent\w*|suivant\w*|sous tot\w*|tot\w*|lot|perceel|los|titel|chapitre|\d).*)?$/;

const TAX =
  /^((dont|waarvan|davon|of which|y compris|inclus|plus|zzgl|zuzuglich|montant|bedrag|betrag|total|totaal)( de la| la| de| der| van de)? )?(\d{1,2}( \d{1,2})? )?(tva|btw|mwst|mehrwertsteuer|umsatzsteuer|ust|vat)\b(?! (compris|incl|inbegrepen|enthalten))/;

/** What is added for tax, or is in a sum already: `TVA 21 %`, `dont TVA`. */
export function isTaxLabel(text: string): boolean {
  return TAX.test(fold(text));
}

/** A row of sums: subtotal, total, carried forward, tax. */
export function isSumLabel(text: string): boolean {
  return SUM.test(fold(text)) || CARRIED.test(fold(text)) || isTaxLabel(text);
}

const BIDDER =
  /\b(entreprise|entrepreneur|soumissionnaire|candidat|concurrent|offre de|inschrijver|inschrijvers|aannemer|bieter|bidder|tenderer|sprl|srl|sarl|bvba|gmbh|ltd)\b/;
/** Forms that are words, too, where they are written small, or among capitals: `FOURNITURE ET SA POSE`, `SAS D'ENTRÉE`. */
const SHORT_LEGAL_FORM =
  /(?<!\p{L})(?<!(?<!\p{L})(?:ET|OU|AVEC|POUR|PAR|DE|À|A|DANS|SUR|SANS|Y COMPRIS) )(SAS(?! D['’E])|SA|BV|NV|AG)(?!\p{L})/u;

/** `Entreprise Dupont`, `Offre de la SRL X`: words that somebody's prices stand under. */
export function namesBidder(text: string): boolean {
  return BIDDER.test(fold(text)) || SHORT_LEGAL_FORM.test(text);
}

const FOLLOWED_BY_NAME =
  /\b(entreprise|entrepreneur|soumissionnaire|candidat|concurrent|offre de|inschrijver|inschrijvers|aannemer|bieter|bidder|tenderer)\b(.*)$/;
const LONG_LEGAL_FORM = /\b(sprl|srl|sarl|bvba|gmbh|ltd)\b/;
const NO_NAME =
  /\b(de|la|le|l|du|des|nom|naam|name|raison sociale|adresse|adres|anschrift|tva|btw|n|no|nr|van|der|die|het)\b/g;

/** `Soumissionnaire : Dupont`, `Offre SPRL Untel`: not the empty line of a form, `Soumissionnaire : ……`. */
export function isNameOfBidder(text: string): boolean {
  const folded = fold(text);
  const named = (FOLLOWED_BY_NAME.exec(folded)?.[2] ?? '').replace(NO_NAME, '');
  const besideForm = fold(text.replace(SHORT_LEGAL_FORM, '|')).replace(LONG_LEGAL_FORM, '');
  return /\p{L}/u.test(named) || (besideForm !== folded && /\p{L}{3}/u.test(besideForm));
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

/** `1` of `Total du lot 1`; null where no lot is named. */
export function lotNamedAtEnd(text: string): string | null {
  return /\s(?:lot|perceel|los)\s+(?:n[°ºr.o]{0,2}\s*)?(\w{1,4})\s*:?$/iu.exec(text)?.[1] ?? null;
}

const DOCUMENT_KIND =
  /^(metre|metres|bordereau|inventaire|dpgf|dqe|bpu|decomposition du prix|detail quantitatif|detail estimatif|cadre de|devis|offre|soumission|meetstaat|samenvattende meetstaat|opmetingsstaat|inventaris|leistungsverzeichnis|bill of quantities|cahier special|cahier des charges|exemple|voorbeeld|beispiel|synthetisch\w*|annexe|bijlage|anlage|note|notes|opmerking|remarque|sommaire|document|statut)\b/;

/** A text that names the kind of document, not the works. */
export function namesDocumentKind(text: string): boolean {
  return DOCUMENT_KIND.test(fold(text));
}
