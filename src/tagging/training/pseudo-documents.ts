import type { CpvCatalogue } from '../domain/catalogue.js';
import { parseCsv } from '../domain/csv.js';
import type { FurtherText, LabelledLine } from './read-line.js';

const LANGUAGES = ['fr', 'nl', 'de', 'en'] as const;
const LONGEST = 2_000;
const WEIGHT = 0.4;

/** The official labels, one text per four-digit class and language, and the lexicon, one text per row and language. */
export function pseudoDocuments(catalogue: CpvCatalogue, lexicons: readonly string[]): FurtherText[] {
  return [...fromLabels(catalogue), ...lexicons.flatMap(fromLexicon)];
}

function pseudoDocument(text: Pick<LabelledLine, 'cpv' | 'lang' | 'text'>): FurtherText {
  return { ...text, id: '', of: null, weight: WEIGHT, isVocabulary: true };
}

function fromLabels(catalogue: CpvCatalogue): FurtherText[] {
  const parts = new Map<string, { cpv: string; lang: string; labels: string[] }>();
  for (const entry of catalogue.entries.values()) {
    for (const lang of LANGUAGES) {
      const key = `${entry.code.slice(0, 4)}${lang}`;
      const part = parts.get(key) ?? { cpv: entry.code.slice(0, 4).padEnd(8, '0'), lang, labels: [] };
      part.labels.push(entry.labels[lang]);
      parts.set(key, part);
    }
  }
  return [...parts.values()].map(({ cpv, lang, labels }) =>
    pseudoDocument({ cpv, lang, text: labels.join(' | ').slice(0, LONGEST) }),
  );
}

function fromLexicon(csv: string): FurtherText[] {
  return parseCsv(csv).flatMap((row) =>
    LANGUAGES.flatMap((lang) => {
      const terms = (row[lang] ?? '')
        .split('|')
        .map((term) => (term.split('^')[0] ?? '').replaceAll('*', ''));
      const text = terms.filter((term) => term.trim() !== '').join(' | ');
      return text === '' ? [] : [pseudoDocument({ cpv: row['code'] ?? '', lang, text })];
    }),
  );
}
