import { parseCsv } from '../domain/csv.js';
import type { FurtherText, LabelledLine } from './read-line.js';

const LANGUAGES = ['fr', 'nl', 'de', 'en'] as const;
/** A line said again in three languages tells little more than said once. */
const TRANSLATED_WEIGHT = 0.25;
const WRITTEN_WEIGHT = 0.4;
/** Between the title of a written text and what it goes on to say. */
const DASH = ' — ';

/**
 * Labelled lines in other words: each with the code its buyer gave the line it was translated from.
 * @param csv `of, lang, text`; rows of lines that are not given are left out
 */
export function translations(csv: string, lines: readonly LabelledLine[]): FurtherText[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return parseCsv(csv).flatMap(({ of = '', lang = '', text = '' }) => {
    const cpv = byId.get(of)?.cpv;
    return cpv === undefined
      ? []
      : [
          {
            ...titled(text),
            id: `${of}-${lang}`,
            of,
            lang,
            cpv,
            weight: TRANSLATED_WEIGHT,
            isVocabulary: false,
          },
        ];
  });
}

/** Texts written for a code, as buyers write: `code, fr, nl, de, en`. */
export function writtenTexts(csv: string): FurtherText[] {
  return parseCsv(csv).flatMap((row) =>
    LANGUAGES.map((lang) => ({
      ...titled(row[lang] ?? ''),
      id: '',
      of: null,
      lang,
      cpv: row['code'] ?? '',
      weight: WRITTEN_WEIGHT,
      isVocabulary: false,
    })),
  );
}

/** Further texts, parted: those that say one of these lines again, which are held back with it, and the others. */
export function partedBy<T extends Pick<FurtherText, 'of'>>(
  held: readonly Pick<LabelledLine, 'id'>[],
  texts: readonly T[],
): Readonly<Record<'again' | 'others', readonly T[]>> {
  const ids = new Set(held.map(({ id }) => id));
  const { again = [], others = [] } = Object.groupBy(texts, ({ of }) =>
    of !== null && ids.has(of) ? 'again' : 'others',
  );
  return { again, others };
}

function titled(text: string): { title: string; text: string } {
  return { title: text.split(DASH)[0] ?? text, text };
}
