import type { Place } from '../../kernel/index.js';
import type { ColumnLayout, ParsedTender } from '../domain/index.js';
import type { Archive } from './archive.js';
import type { Grid, GridCell, GridRow } from './bill/grid.js';
import { oneLine } from './bill/fold.js';
import { AnnouncedLots } from './announced-lots.js';
import { readBill } from './bill/read-bill.js';
import { decodeXml } from './decode-text.js';
import { FormatRefusal } from './format-refusal.js';
import { descendants, isOn, pathsWith, readXmlTree, type XmlNode } from './xml-tree.js';

const at = pathsWith({});

/** A specification in a text document: its tables, and its paragraphs as the texts around them. */
export function readDocx(archive: Archive, layouts: readonly ColumnLayout[] = []): ParsedTender {
  const document = part(archive, 'word/document.xml');
  const [body] = document ? at(document, 'body') : [];
  if (!body) throw new FormatRefusal('file.corrupt', { found: 'word/document.xml', expected: 'DOCX' });
  const paragraphs: GridRow[] = [];
  const tables: Grid[] = [];
  let counted = 0;
  const lots = new AnnouncedLots();
  for (const block of partsOf(body)) {
    if (block.local === 'p') {
      counted += 1;
      const text = textOf(block);
      if (text !== '') paragraphs.push({ row: counted, cells: [text], hidden: false });
      lots.read(text);
    } else if (block.local === 'tbl') {
      tables.push({
        sheet: `${TABLE}${tables.length + 1}`,
        table: tables.length + 1,
        hidden: false,
        hiddenColumns: new Set(),
        rows: rowsOf(block),
        ...lots.ofTable(),
      });
    }
  }
  const core = part(archive, 'docProps/core.xml');
  const title = core ? oneLine(at(core, 'title')[0]?.text ?? '') : '';
  return readBill(
    {
      format: 'docx',
      formatVersion: null,
      propertyTitle: title === '' ? null : title,
      grids: [{ sheet: TEXT, hidden: false, hiddenColumns: new Set(), rows: paragraphs }, ...tables],
      relocate: () => inDocument,
    },
    layouts,
  );
}

const TEXT = 'text';
const TABLE = 'table ';

/** A text document has paragraphs and tables, numbered from its beginning. */
function inDocument(place: Place): Place {
  if (!('sheet' in place)) return place;
  if (place.sheet === TEXT) return place.row === undefined ? place : { ...place, paragraph: place.row };
  return { ...place, table: Number(place.sheet.slice(TABLE.length)) };
}

function part(archive: Archive, name: string): XmlNode | null {
  const bytes = archive.read(name);
  return bytes ? readXmlTree(decodeXml(bytes)) : null;
}

/** What a template puts around paragraphs, rows and cells: fields to fill in, marks of changes. */
const WRAPPERS: ReadonlySet<string> = new Set(['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo']);

/** The parts of a body, a table or a row, without what is put around them; a table of contents is none of them. */
function partsOf(node: XmlNode): readonly XmlNode[] {
  const ofContents = at(node, 'sdtPr/docPartObj/docPartGallery').some(
    ({ attributes }) => attributes.get('val') === 'Table of Contents',
  );
  if (ofContents) return [];
  return node.children.flatMap((child) => (WRAPPERS.has(child.local) ? partsOf(child) : [child]));
}

/** Runs of a paragraph; deleted text of tracked changes is not text. */
function textOf(node: XmlNode): string {
  const parts: string[] = [];
  const visit = (from: XmlNode): void => {
    for (const child of from.children) {
      if (child.local === 't') parts.push(child.raw);
      else if (child.local === 'tab' || child.local === 'br') parts.push(' ');
      else if (child.local !== 'del' && child.local !== 'instrText') visit(child);
    }
  };
  visit(node);
  return oneLine(parts.join(''));
}

function rowsOf(table: XmlNode): readonly GridRow[] {
  const rows = partsOf(table).filter(({ local }) => local === 'tr');
  return rows.map((row, index) => ({
    row: index + 1,
    hidden: false,
    cells: [
      ...emptyCells(Number(at(row, 'trPr/gridBefore')[0]?.attributes.get('val') ?? 0)),
      ...partsOf(row)
        .filter(({ local }) => local === 'tc')
        .flatMap(cellsOf),
    ],
    ...(isAll(row, ['b']) ? { isBold: true } : {}),
    ...(isAll(row, ['strike', 'dstrike']) ? { isStruck: true } : {}),
  }));
}

const MOST_EMPTY = 199;

function emptyCells(count: number): readonly GridCell[] {
  return Array.from({ length: Math.min(Math.max(count, 0), MOST_EMPTY) || 0 }, () => null);
}

function isAll(row: XmlNode, marks: readonly string[]): boolean {
  const runs = descendants(row, 'r').filter((run) => textOf(run) !== '');
  return runs.length > 0 && runs.every((run) => marks.some((mark) => at(run, `rPr/${mark}`).some(isOn)));
}

/** A cell over several columns leaves the others empty, as a merged cell does. */
function cellsOf(cell: XmlNode): readonly GridCell[] {
  const text = descendants(cell, 'p')
    .map(textOf)
    .filter((words) => words !== '')
    .join(' ');
  const span = Number(at(cell, 'tcPr/gridSpan')[0]?.attributes.get('val') ?? 1);
  return [text === '' ? null : text, ...emptyCells(span - 1)];
}
