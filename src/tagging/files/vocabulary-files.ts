import { readdirSync, readFileSync } from 'node:fs';

/** The files of codes and terms, as they lie there. */
export interface VocabularyBytes {
  readonly cpv: Buffer;
  readonly lexicons: readonly Buffer[];
  readonly actions: Buffer;
  readonly misleadingLabels: Buffer;
  readonly places: readonly Buffer[];
}

const PLACES = ['municipalities.csv', 'postal-codes.csv'] as const;

export function readVocabularyFiles(dataDirectory: string): VocabularyBytes {
  const lexicon = `${dataDirectory}/tagging/lexicon`;
  const lexicons = readdirSync(lexicon)
    .filter((name) => name.endsWith('.csv'))
    .toSorted();
  return {
    cpv: readFileSync(`${dataDirectory}/cpv/cpv-2008.csv`),
    lexicons: lexicons.map((name) => readFileSync(`${lexicon}/${name}`)),
    actions: readFileSync(`${dataDirectory}/tagging/actions.csv`),
    misleadingLabels: readFileSync(`${dataDirectory}/tagging/misleading-labels.csv`),
    places: PLACES.map((name) => readFileSync(`${dataDirectory}/belgium/${name}`)),
  };
}
