import { fold } from './fold.js';

type Words = ReadonlySet<string>;

interface Signs {
  /** Short words that one language uses all the time and the others do not. */
  readonly common: Words;
  /** Words above columns, units and works, which no other of the languages writes so. */
  readonly bill: Words;
  readonly endings: RegExp;
  /** Letters that only this language has, before accents are taken off. */
  readonly letters: RegExp;
}

const words = (text: string): Words => new Set(text.split(/\s+/).map(fold));

/** Signs of others that share words with ours: a text in one of these is none of the four. */
const OTHERS = 'others';

const SIGNS: Readonly<Record<string, Signs>> = {
  [OTHERS]: {
    common: words(
      'del los las el y para con por una di il della dei delle per gli e da do dos das em na para i oraz na w z dla och för av til og',
    ),
    bill: words(
      `servicio servicios suministro suministros obras obra contratación mantenimiento lavori servizio servizi fornitura affidamento
      gestione manutenzione procedura serviços fornecimento usługi dostawa roboty`,
    ),
    endings:
      /.(?:cion|ciones|zione|zioni|mento|menti|mentos|ados|idad|ncia|encias?|oes|ario|ale|ico|ica|ovani)$/,
    letters: /[ñ¿óáíúãõìòłąęśćżźőűčšřěåø]/gi,
  },
  fr: {
    common: words(
      'du des le les et en pour sur avec sans par aux compris dans dépose au une un la d l y ou à ses ces',
    ),
    bill: words(
      `pose fourniture travaux désignation libellé unité unités quantité quantités unitaire poste postes prix montant métré
      bordereau ens pce fft forfait mur murs peinture peintures sol sols porte portes fenêtre toiture démolition démolitions
      enlèvement évacuation carrelage plafond plafonds cloison cloisons nettoyage tonte élagage haies béton enduit enduits
      châssis terrassement terrassements maçonnerie maçonneries menuiserie menuiseries chauffage électricité plomberie sanitaire
      sanitaires couverture clôture clôtures déchets bureaux locaux vitres entretien voirie égouttage pavage remblai déblai fourreaux`,
    ),
    endings: /.(?:eaux|aison|ique|euse|eur|ée|ées|oir|elle|iere|ettes?)$/,
    letters: /[éèêçàùœ]/gi,
  },
  nl: {
    common: words(
      'van het een met voor op en zonder uit aan tot door te ter om bij per niet inclusief exclusief naar',
    ),
    bill: words(
      `inbegrepen leveren plaatsen levering plaatsing bestaande werken omschrijving beschrijving eenheid hoeveelheid hoeveelheden
      eenheidsprijs totaal prijs post posten stuk stuks perceel meetstaat schilderen schilderwerken schilderwerk muren muur vloer
      vloeren deur deuren raam ramen dak daken afbraak verwijderen verwijdering afvoeren tegels tegelwerken plafonds wanden wand
      reiniging schoonmaak maaien snoeien hagen beton pleisterwerken grondwerken metselwerk schrijnwerk verwarming elektriciteit
      sanitair afsluiting afval onderhoud riolering bestrating aanvulling uitgraving kantoren lokalen binnen buiten`,
    ),
    endings: /.(?:ingen|werken|werk|heid|heden|lijke?|baar|oren|ijzen?|elijk)$/,
    letters: /ij|aa|uu|sch(?!e[mn])/gi,
  },
  de: {
    common: words(
      'und der die das mit für aus von ohne zu den dem bis im auf ein eine einer nach inkl einschl sowie je bzw',
    ),
    bill: words(
      `einschließlich liefern einbauen herstellen menge mengen einheit bezeichnung leistungsbeschreibung leistung einheitspreis pos gp
      gesamtpreis gesamt preis stk stck psch pauschal los wand wände wandflächen decke decken boden böden tür türen fenster dach dächer abbruch
      entfernen entsorgen entsorgung fliesen anstrich anstricharbeiten streichen malerarbeiten reinigung mähen schneiden hecken
      beton putz putzarbeiten erdarbeiten mauerwerk heizung elektro sanitär zaun zäune abfall wartung unterhaltung kanal pflaster
      verfüllung aushub büros räume innen außen gerüst demontage montage`,
    ),
    endings: /.(?:ung|ungen|arbeiten|flachen?|keit|schutz|bau|lich|platten|rohre)$/,
    letters: /[äöüß]/gi,
  },
  en: {
    common: words(
      'the of and for with to including without from by at in on or all as per new existing not any',
    ),
    bill: words(
      `works supply install qty rate rates quantity quantities unit amount item items sum wall walls painting floor floors door
      doors window windows roof demolition removal remove dispose disposal tiles tiling ceiling ceilings partition partitions
      cleaning mowing pruning hedges concrete plaster plastering earthworks excavation masonry brickwork joinery heating
      electrical plumbing fence fencing waste maintenance drainage paving backfill offices internal external painted paint`,
    ),
    endings: /.(?:ings?|ness|ed|work|works|ly|able|ment)$/,
    letters: /(?!)/g,
  },
};

const COMMON = 2;
const BILL = 2;
const ENDING = 1;
const LETTERS = 1;
/** A word and a half, so to say, and clearly more than for any other language. */
const FEWEST = 3;
const LEAD = 1.5;
/** So many texts tell as much as fifty thousand. */
const MOST_TEXTS = 3_000;

/** Which of four languages most of a document's words are written in; null when they do not tell. */
export function languageOf(texts: Iterable<string>): string | null {
  const scores = new Map(Object.keys(SIGNS).map((language) => [language, 0]));
  let seen = 0;
  for (const text of texts) {
    if ((seen += 1) > MOST_TEXTS) break;
    const folded = fold(text).split(' ');
    for (const [language, signs] of Object.entries(SIGNS)) {
      const score = scoreOf(text, folded, signs);
      if (score > 0) scores.set(language, scores.get(language)! + score);
    }
  }
  const [best, second] = [...scores].toSorted(([, a], [, b]) => b - a);
  if (!best || !second || best[1] < FEWEST || best[1] < second[1] * LEAD) return null;
  return best[0] === OTHERS ? null : best[0];
}

function scoreOf(text: string, folded: readonly string[], { common, bill, endings, letters }: Signs): number {
  let score = 0;
  for (const word of folded) {
    if (common.has(word)) score += COMMON;
    else if (bill.has(word)) score += BILL;
    else if (word.length > 4 && endings.test(word)) score += ENDING;
  }
  return score + (text.match(letters)?.length ?? 0) * LETTERS;
}
