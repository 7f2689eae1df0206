import type { GridCell } from './bill/grid.js';
import { XmlEvents } from './xml-events.js';

/** The table of texts that cells point into. Reading aids of Japanese texts (`rPh`) are not text. */
export function readSharedStrings(xml: string): readonly GridCell[] {
  const strings: GridCell[] = [];
  let text: string[] | null = null;
  let aside = 0;
  let inText = false;
  new XmlEvents({
    open: (name) => {
      if (name === 'si') text = [];
      else if (name === 'rPh') aside += 1;
      else if (name === 't') inText = aside === 0;
    },
    text: (part) => {
      if (inText) text?.push(part);
    },
    close: (name) => {
      if (name === 'si') strings.push(cellOf((text ?? []).join('')));
      else if (name === 'rPh') aside -= 1;
      else if (name === 't') inText = false;
    },
  }).read(xml);
  return strings;
}

/** Text in NFC without outer spaces; nothing when that is all there was. */
export function cellOf(text: string): GridCell {
  const trimmed = text.replaceAll('_x000D_', '').normalize('NFC').trim();
  return trimmed === '' ? null : trimmed;
}
