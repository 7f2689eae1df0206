import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Place } from '../../kernel/index.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

/** One element. Namespaces are compared by URI, never by prefix. */
export interface XmlNode {
  readonly uri: string;
  readonly local: string;
  readonly prefixed: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly parent: XmlNode | null;
  /** Direct text, trimmed, in Unicode NFC. */
  readonly text: string;
  /** Direct text as written: spaces at its ends may matter in a word processor's run. */
  readonly raw: string;
  /** Text and elements in the order of the document. */
  readonly mixed: readonly (string | XmlNode)[];
}

interface OpenNode {
  readonly uri: string;
  readonly local: string;
  readonly prefixed: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenNode[];
  readonly parent: OpenNode | null;
  text: string;
  raw: string;
  readonly mixed: (string | OpenNode)[];
}

const CHUNK = 64 * 1024;

/**
 * Reads an XML document into a small tree. No DTD is ever needed, so any DOCTYPE ends the reading; entities other
 * than the five of XML are unknown and end it too.
 * @throws FormatRefusal `file.xml.doctype`, `file.xml.malformed`, `file.limit.xml-depth`, `file.limit.xml-nodes`
 */
export function readXmlTree(xml: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  let root: OpenNode | null = null;
  let open: OpenNode | null = null;
  let depth = 0;
  let nodes = 0;
  const here = (): Place => ({ line: parser.line });
  parser.on('error', (error) => {
    throw new FormatRefusal('file.xml.malformed', {
      place: here(),
      found: error.message,
      expected: 'well-formed XML',
    });
  });
  parser.on('doctype', () => {
    throw new FormatRefusal('file.xml.doctype', {
      place: here(),
      found: '<!DOCTYPE',
      expected: 'no DOCTYPE',
    });
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    nodes += 1;
    if (depth > LIMITS['xml-depth'].value) throw limitRefusal('xml-depth', depth, here());
    if (nodes > LIMITS['xml-nodes'].value) throw limitRefusal('xml-nodes', nodes, here());
    const node = openNode(tag, open);
    open?.children.push(node);
    open?.mixed.push(node);
    root ??= node;
    open = node;
  });
  const text = (part: string): void => {
    if (!open) return;
    open.raw += part;
    open.mixed.push(part);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    depth -= 1;
    if (open) {
      open.text = open.raw.trim().normalize('NFC');
      open = open.parent;
    }
  });
  for (let from = 0; from < xml.length; from += CHUNK) parser.write(xml.slice(from, from + CHUNK));
  parser.close();
  if (root === null) throw new FormatRefusal('file.xml.malformed', { expected: 'an element' });
  return root;
}

function openNode(tag: SaxesTagNS, parent: OpenNode | null): OpenNode {
  const attributes = new Map<string, string>();
  for (const attribute of Object.values(tag.attributes)) attributes.set(attribute.local, attribute.value);
  return {
    uri: tag.uri,
    local: tag.local,
    prefixed: tag.name,
    attributes,
    children: [],
    parent,
    text: '',
    raw: '',
    mixed: [],
  };
}

/** Steps to the children of an element: of a list of thousands each is asked. */
const stepsBelow = new WeakMap<XmlNode, ReadonlyMap<XmlNode, string>>();

/** Where an element stands, with the prefixes of the document and a position among its like. */
export function xpathOf(node: XmlNode): string {
  const path: string[] = [];
  for (let at: XmlNode | null = node; at !== null; at = at.parent) path.unshift(stepTo(at));
  return `/${path.join('/')}`;
}

function stepTo(node: XmlNode): string {
  if (node.parent === null) return node.prefixed;
  const known = stepsBelow.get(node.parent) ?? stepsTo(node.parent.children);
  stepsBelow.set(node.parent, known);
  return known.get(node) ?? node.prefixed;
}

function stepsTo(children: readonly XmlNode[]): ReadonlyMap<XmlNode, string> {
  const alike = Map.groupBy(children, ({ uri, local }) => `${uri} ${local}`);
  return new Map(
    [...alike.values()].flatMap((group) =>
      group.map((child, index) => [
        child,
        group.length > 1 ? `${child.prefixed}[${index + 1}]` : child.prefixed,
      ]),
    ),
  );
}

/** The places of the elements that state facts; those that are not there have none. */
export function xpathsOf<Fact extends string>(
  nodes: Readonly<Record<Fact, XmlNode | null | undefined>>,
): Partial<Record<Fact, { xpath: string }>> {
  const places: Partial<Record<Fact, { xpath: string }>> = {};
  for (const fact of Object.keys(nodes) as Fact[]) {
    const node = nodes[fact];
    if (node) places[fact] = { xpath: xpathOf(node) };
  }
  return places;
}

/** Elements under a node along a path of steps; `null` as URI matches any namespace. */
export type PathReader = (from: XmlNode, path: string) => readonly XmlNode[];

/**
 * A reader of paths such as `cac:ProcurementProject/cbc:Name`, for the given prefixes. A step without a prefix
 * matches its local name in any namespace.
 */
export function pathsWith(namespaces: Readonly<Record<string, string>>): PathReader {
  const compiled = new Map<string, readonly { uri: string | null; local: string }[]>();
  const compile = (path: string): readonly { uri: string | null; local: string }[] => {
    const known = compiled.get(path);
    if (known) return known;
    const steps = path.split('/').map((step) => {
      const [first = '', second] = step.split(':');
      return second === undefined
        ? { uri: null, local: first }
        : { uri: namespaces[first] ?? '', local: second };
    });
    compiled.set(path, steps);
    return steps;
  };
  return (from, path) => {
    let found: readonly XmlNode[] = [from];
    for (const step of compile(path)) {
      found = found.flatMap((node) =>
        node.children.filter((c) => c.local === step.local && (step.uri === null || c.uri === step.uri)),
      );
    }
    return found;
  };
}

/** All elements of that local name at any depth under a node, in document order. */
export function descendants(from: XmlNode, local: string): readonly XmlNode[] {
  const found: XmlNode[] = [];
  const visit = (node: XmlNode): void => {
    for (const child of node.children) {
      if (child.local === local) found.push(child);
      visit(child);
    }
  };
  visit(from);
  return found;
}

/** Elements that end no word: what stands in them goes on with what stands before. */
const WITHIN_WORDS = new Set(['span', 'sub', 'sup']);

/** Text of an element and all below it in the order of the document, blocks separated by one space; no pictures. */
export function deepText(node: XmlNode): string {
  return flowing(node).replace(/\s+/g, ' ').trim().normalize('NFC');
}

function flowing(node: XmlNode): string {
  const pieces = node.mixed.map((part) => {
    if (typeof part === 'string') return part;
    if (part.local === 'image') return ' ';
    return WITHIN_WORDS.has(part.local) ? flowing(part) : ` ${flowing(part)} `;
  });
  return pieces.join('');
}

/** A mark of a style, such as bold, counts where it is not taken back. */
export function isOn(mark: XmlNode): boolean {
  return !['0', 'false'].includes(mark.attributes.get('val') ?? '1');
}
