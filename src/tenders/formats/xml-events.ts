import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Place } from '../../kernel/index.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

export interface XmlHandlers {
  /** @param name without prefix */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (part: string) => void;
  readonly close: (name: string) => void;
}

const CHUNK = 64 * 1024;

/**
 * Strict reading of a long XML part, piece by piece, without keeping it. Elements are as many as the inflated bytes
 * allow: their number is bounded by what they describe (rows, columns), not here.
 */
export class XmlEvents {
  constructor(private readonly handlers: XmlHandlers) {}

  /** @throws FormatRefusal `file.xml.doctype`, `file.xml.malformed`, `file.limit.xml-depth` */
  read(xml: string): void {
    const parser = new SaxesParser();
    const { open, text, close } = this.handlers;
    const here = (): Place => ({ line: parser.line });
    let depth = 0;
    parser.on('error', (error) => {
      throw new FormatRefusal('file.xml.malformed', { place: here(), found: error.message, expected: 'XML' });
    });
    parser.on('doctype', () => {
      throw new FormatRefusal('file.xml.doctype', {
        place: here(),
        found: '<!DOCTYPE',
        expected: 'no DOCTYPE',
      });
    });
    parser.on('opentag', (tag: SaxesTagPlain) => {
      depth += 1;
      if (depth > LIMITS['xml-depth'].value) throw limitRefusal('xml-depth', depth, here());
      open(localName(tag.name), tag.attributes);
    });
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('closetag', (tag) => {
      depth -= 1;
      close(localName(tag.name));
    });
    for (let from = 0; from < xml.length; from += CHUNK) parser.write(xml.slice(from, from + CHUNK));
    parser.close();
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
