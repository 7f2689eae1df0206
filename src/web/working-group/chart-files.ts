import { UPTAKE_FIGURES } from '../../monitoring/index.js';
import type { Say } from './figures-table.js';
import type { FiguresMap } from './figures-map.js';
import type { FiguresPage } from './figures.page.js';

/** The colours of the page in daylight, without its style sheet: a picture stands alone where it is shown. */
const SHADES = ['#ffffff', '#cfdee1', '#aac6cb', '#86aeb4', '#62959e'] as const;
const LINE = '#36434e';
const TEXT = '#0b0c0c';
const WIDTH = 760;
const MARGIN = 16;
const LEADING = 20;

/** Pictures that can be taken away. */
export const CHARTS = ['map', 'funnel'] as const;
export type ChartName = (typeof CHARTS)[number];

/** What a picture says of itself, in words. */
interface About {
  /** Of which days and where. */
  readonly days: string;
  /** From which state of the data. */
  readonly source: string;
}

/** The map of published packages, with what it says below it. */
export function mapFile(map: FiguresMap, about: About, say: Say): string {
  const scale = (WIDTH - 2 * MARGIN) / map.width;
  const finding = say('figures.map.finding', {
    place: map.mostName,
    part: map.most.count,
    whole: map.published,
  });
  const below = 64 + map.height * scale + 28;
  const areas = map.municipalities.map(
    ({ outline, shade }) => `<path fill="${SHADES[shade]!}" stroke="${LINE}" d="${outline}"/>`,
  );
  const labels = map.municipalities.flatMap(({ label }) =>
    label === null
      ? []
      : `<text x="${label.x}" y="${label.y}" text-anchor="middle" dominant-baseline="central" font-weight="700" paint-order="stroke" stroke="#ffffff" stroke-width="4">${label.text}</text>`,
  );
  const key = map.steps.map(
    ({ shade, from }, index) =>
      `<rect x="${MARGIN + index * 150}" y="${below - 11}" width="20" height="12" fill="${SHADES[shade]!}" stroke="${LINE}"/>` +
      line(say('figures.map.from', { count: from }), MARGIN + index * 150 + 28, below),
  );
  return picture(
    say('figures.map'),
    [
      `<g transform="translate(${MARGIN} 64) scale(${scale})">${areas.join('')}${labels.join('')}</g>`,
      ...key,
      line(finding, MARGIN, below + LEADING + 4),
    ],
    below + LEADING + 8,
    about,
  );
}

/** The path from publication to award, a bar for each stage; what is hidden on the page has none here. */
export function funnelFile({ figures }: Pick<FiguresPage, 'figures'>, about: About, say: Say): string {
  const most = figures[0]?.numerator ?? 0;
  const bars = UPTAKE_FIGURES.flatMap((key, index) => {
    const figure = figures[index] ?? null;
    const y = 76 + index * 34;
    const width = figure === null || most === 0 ? 0 : Math.round((figure.numerator / most) * 400);
    return [
      line(say(`figure.${key}`), MARGIN, y + 16),
      `<rect x="280" y="${y}" width="${width}" height="22" fill="#0d5c69"/>`,
      line(figure === null ? say('figures.hidden') : String(figure.numerator), 288 + width, y + 16),
    ];
  });
  return picture(say('figures.funnel'), bars, 76 + UPTAKE_FIGURES.length * 34, about);
}

function picture(title: string, drawn: readonly string[], end: number, { days, source }: About): string {
  const height = Math.ceil(end + LEADING + MARGIN);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Arial, Helvetica, sans-serif" font-size="14" fill="${TEXT}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="28" font-size="18" font-weight="700">${escaped(title)}</text>`,
    line(days, MARGIN, 50),
    ...drawn,
    line(`Maillon · ${source}`, MARGIN, end + LEADING),
    '</svg>',
    '',
  ].join('\n');
}

function line(text: string, x: number, y: number): string {
  return `<text x="${x}" y="${y}">${escaped(text)}</text>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
}
