import { globSync, readFileSync } from 'node:fs';
import { fromRoot } from '../../platform/project-root.js';
import { parseCsv } from '../domain/csv.js';
import { partedBy, translations, writtenTexts } from './own-texts.js';

const LINES = [
  { id: 'ted-1-2020-L2', text: 'Travaux de peinture', lang: 'fr', cpv: '45442100' },
  { id: 'decp-1', text: 'Mobilier scolaire', lang: 'fr', cpv: '39160000' },
];

describe('texts of our own to learn from', () => {
  it('give a translation the code of its line, and leave out those of lines that are not given', () => {
    const csv = 'of,lang,text\nted-1-2020-L2,de,Malerarbeiten — Schule\ndecp-9,nl,Schoolmeubilair\n';
    expect(translations(csv, LINES)).toEqual([
      {
        id: 'ted-1-2020-L2-de',
        of: 'ted-1-2020-L2',
        lang: 'de',
        cpv: '45442100',
        title: 'Malerarbeiten',
        text: 'Malerarbeiten — Schule',
        weight: expect.any(Number) as number,
        isVocabulary: false,
      },
    ]);
  });

  it('are held back with the line they say again, and only those', () => {
    const texts = [{ of: 'decp-1' }, { of: 'ted-1-2020-L2' }, { of: null }, { of: 'decp-1' }];
    expect(partedBy([{ id: 'decp-1' }], texts)).toEqual({
      again: [{ of: 'decp-1' }, { of: 'decp-1' }],
      others: [{ of: 'ted-1-2020-L2' }, { of: null }],
    });
    expect(partedBy([], texts)).toEqual({ again: [], others: texts });
  });

  it('read one written text in each of its languages', () => {
    const texts = writtenTexts(
      'code,fr,nl,de,en\n90911200,Nettoyage,Schoonmaak,Reinigung,Cleaning — offices\n',
    );
    expect(texts.map(({ lang, cpv, title, of }) => [lang, cpv, title, of])).toEqual([
      ['fr', '90911200', 'Nettoyage', null],
      ['nl', '90911200', 'Schoonmaak', null],
      ['de', '90911200', 'Reinigung', null],
      ['en', '90911200', 'Cleaning', null],
    ]);
  });

  it('have an official code and a text in every language, each once', () => {
    const read = (path: string): Record<string, string>[] => parseCsv(readFileSync(fromRoot(path), 'utf8'));
    const codes = new Set(read('data/cpv/cpv-2008.csv').map(({ code }) => code));
    const rows = globSync('data/tagging/written-texts/*.csv', { cwd: fromRoot() }).flatMap(read);
    expect(rows.length).toBeGreaterThan(2000);
    const unfit = rows.filter(
      ({ code, fr, nl, de, en }) => !codes.has(code) || [fr, nl, de, en].some((text) => !text?.trim()),
    );
    expect(unfit).toEqual([]);
    const french = rows.map(({ fr }) => fr);
    expect(french.filter((text, i) => french.indexOf(text) !== i)).toEqual([]);
  });
});
