import { hashString } from './hash.js';

/** Words that carry no trade. Folded. They also tell the language of a text, so they are kept by language. */
export const STOP_WORDS: Readonly<Record<string, string>> = {
  fr: `le la les l un une des du de d au aux et ou en dans sur sous pour par avec sans ce cet cette ces son sa ses leur leurs
    il elle ils elles nous vous qui que qu quoi dont est sont sera seront etre ete ayant a ainsi que y compris notamment
    selon afin lors chez entre vers comme plus ne pas se si tout toute tous toutes autre autres meme n c s j m t lot lots
    marche marches accord cadre objet present presente consultation numero porte concerne relatif relative relatifs relatives
    bons commande commandes procedure avis cctp cf voir`,
  nl: `de het een en of van voor met op in te ter ten aan bij door uit naar over om dat die dit deze er is zijn wordt worden
    werd als ook niet tot dan wel hun haar zijn onder tussen per zie perceel percelen opdracht opdrachten betreft
    raamovereenkomst bestek nr`,
  de: `der die das den dem des ein eine einer eines einem einen und oder von vom zu zum zur im in mit auf fur fuer bei an am aus
    nach uber ueber ist sind wird werden als auch nicht sowie sich durch um bis dass es sie er wie unter pro los lose
    auftrag auftrage gegenstand rahmenvertrag rahmenvereinbarung gemass bzw ca nr inkl`,
  en: `the a an of and or for to in on with by from at as is are be will this that these those it its their which not
    within under into through per all any other such lot lots contract contracts framework agreement tender procurement
    provide provision shall may has have been was were including required requirement requirements`,
};

const STOP_HASHES = new Set<number>(
  Object.values(STOP_WORDS).flatMap((list) => list.split(/\s+/).map((word) => hashString(word))),
);

export function isStopHash(hash: number): boolean {
  return STOP_HASHES.has(hash);
}
