import { readFileSync } from 'node:fs';
import { cpvDivision, type Cpv, type Language } from '../kernel/index.js';
import { fromRoot } from '../platform/project-root.js';

type Labels = Readonly<Record<Language, string>>;
let labels: ReadonlyMap<Cpv, Labels> | null = null;

/** The name of a trade in a person's language; of its division when the code itself is unknown, null failing that. */
export function tradeLabel(code: Cpv, language: Language): string | null {
  labels ??= readLabels(readFileSync(fromRoot('data', 'cpv', 'cpv-2008.csv'), 'utf8'));
  const entry = labels.get(code) ?? labels.get(`${cpvDivision(code)}000000`);
  return entry?.[language] ?? null;
}

const FIELD = /("(?:[^"]|"")*"|[^,]*)(,|$)/y;

/** Our own file: one record per line, quoted where a label holds a comma. */
function readLabels(csv: string): ReadonlyMap<Cpv, Labels> {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = fields(header);
  return new Map(
    lines.map((line) => {
      const values = fields(line);
      const value = (name: string): string => values[names.indexOf(name)] ?? '';
      return [value('code'), { fr: value('fr'), nl: value('nl'), de: value('de'), en: value('en') }];
    }),
  );
}

function fields(line: string): string[] {
  const found: string[] = [];
  FIELD.lastIndex = 0;
  for (let match = FIELD.exec(line); match; match = FIELD.exec(line)) {
    found.push(match[1]!.startsWith('"') ? match[1]!.slice(1, -1).replaceAll('""', '"') : match[1]!);
    if (match[2] === '') break;
  }
  return found;
}
