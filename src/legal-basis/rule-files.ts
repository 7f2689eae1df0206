import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  type Document,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../kernel/index.js';
import { deterministicId } from '../platform/ids.js';
import { fromRoot } from '../platform/project-root.js';
import {
  buildRules,
  checkRules,
  overlayVersion,
  type LegalRules,
  type RuleEntry,
  type RuleVersion,
  type UnidentifiedVersion,
} from './domain/index.js';

/** A rule file as it lies on disk; the name is relative to the folder of the law. */
export interface RuleFile {
  readonly name: string;
  readonly text: string;
}

const FRAME = new Set(['set', 'key', 'from', 'until', 'citation', 'confidence']);

/** The rule files of the project: one per act or circular, and the tables that run through all of them. */
export function ruleFiles(): RuleFile[] {
  return ['acts', 'tables'].flatMap((folder) =>
    readdirSync(fromRoot('src', 'legal-basis', folder))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => ({
        name: `${folder}/${file}`,
        text: readFileSync(fromRoot('src', 'legal-basis', folder, file), 'utf8'),
      })),
  );
}

/**
 * Reads and checks rule files. @returns the versions, or every problem with its file (`params.file`) and line:
 * a set of files is accepted as a whole or not at all.
 */
export function readRules(files: readonly RuleFile[]): RuleVersion[] | { readonly problems: Problem[] } {
  const read = files.map(readRuleFile);
  const problems = read.flatMap((file) => file.problems);
  const entries = read.flatMap((file) => file.entries);
  if (problems.length === 0) problems.push(...checkRules(entries));
  return problems.length > 0 ? { problems } : entries.map(toVersion);
}

/** The law as the files of this release say it, without a database. @throws when a file is not acceptable */
export function rulesFromFiles(files: readonly RuleFile[] = ruleFiles()): LegalRules {
  const versions = readRules(files);
  if (!Array.isArray(versions)) throw new RulesRefused(versions.problems);
  return toRules(versions);
}

/** Rule files that were refused; the law in force stays as it is. */
export class RulesRefused extends Error {
  constructor(readonly problems: readonly Problem[]) {
    const first = problems[0];
    const line = first?.place && 'line' in first.place ? first.place.line : 0;
    super(
      `${problems.length} problem(s) in the rule files, first: ${first?.code} at ${first?.params?.['file']}:${line}`,
    );
    this.name = 'RulesRefused';
  }
}

/** Versions, arranged; the stamp follows from their identities alone. */
export function toRules(versions: readonly RuleVersion[]): LegalRules {
  const identities = versions.map((version) => version.id).sort();
  return buildRules(versions, knownCpv(), createHash('sha256').update(identities.join()).digest('hex'));
}

let cpv: ReadonlySet<string> | undefined;

function knownCpv(): ReadonlySet<string> {
  cpv ??= new Set(csvCodes(fromRoot('data', 'cpv', 'cpv-2008.csv')));
  return cpv;
}

function csvCodes(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => (line === '' ? [] : [line.split(',')[0] ?? '']));
}

interface ReadFile {
  readonly entries: RuleEntry[];
  readonly problems: Problem[];
}

function readRuleFile(file: RuleFile): ReadFile {
  const lines = new LineCounter();
  const doc = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  if (doc.errors.length > 0)
    return {
      entries: [],
      problems: doc.errors.map((error) =>
        fileProblem(file, 'file.unreadable', lines.linePos(error.pos[0]).line, error.code),
      ),
    };
  const lineOf = (node: unknown): number => lines.linePos(rangeStart(node)).line;
  const entries = [
    ...maps(doc.get('rules', true)).map((node) => entry(file, doc, node, lineOf)),
    ...maps(doc.get('periods', true)).flatMap((node) => periodEntries(file, doc, node, lineOf)),
    ...matrixEntries(file, doc, lineOf),
  ];
  return {
    entries,
    problems: entries.length === 0 ? [fileProblem(file, 'file.empty', 1, file.name)] : [],
  };
}

function fileProblem(file: RuleFile, code: string, line: number, found: string): Problem {
  const expected = 'YAML with rules, periods or a matrix';
  return {
    code: `rules.${code}`,
    severity: 'error',
    place: { line },
    found,
    expected,
    params: { file: file.name, field: '' },
  };
}

function rangeStart(node: unknown): number {
  return (node as { range?: readonly number[] } | null)?.range?.[0] ?? 0;
}

function maps(node: unknown): YAMLMap[] {
  return isSeq(node) ? node.items.filter((item) => isMap(item)) : [];
}

function plain(doc: Document, node: YAMLMap): Record<string, unknown> {
  return node.toJS(doc) as Record<string, unknown>;
}

function fieldLines(node: YAMLMap, lineOf: (node: unknown) => number): Record<string, number> {
  return Object.fromEntries(
    node.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), lineOf(pair.key)]] : [])),
  );
}

type LineOf = (node: unknown) => number;

function entry(file: RuleFile, doc: Document, node: YAMLMap, lineOf: LineOf): RuleEntry {
  return makeEntry(file, plain(doc, node), lineOf(node), fieldLines(node, lineOf));
}

function makeEntry(
  file: RuleFile,
  fields: Record<string, unknown>,
  line: number,
  lines: Record<string, number>,
): RuleEntry {
  const body = Object.fromEntries(Object.entries(fields).filter(([name]) => !FRAME.has(name)));
  if (typeof body['codes_from'] === 'string')
    body['codes'] = csvCodes(fromRoot('data', 'cpv', basename(body['codes_from'])));
  const { set, key, from, until, citation, confidence } = fields;
  return { set, key, from, until, citation, confidence, body, file: file.name, line, lines };
}

/** One entry for each value of a period: columns of a table of amounts. */
function periodEntries(file: RuleFile, doc: Document, node: YAMLMap, lineOf: LineOf): RuleEntry[] {
  const { values, ...shared } = plain(doc, node);
  const cells = node.get('values', true);
  if (!isMap(cells)) return [makeEntry(file, shared, lineOf(node), fieldLines(node, lineOf))];
  return cells.items.map((pair) => {
    const key = String(isScalar(pair.key) ? pair.key.value : '');
    const own = (values as Record<string, object>)[key];
    const line = lineOf(pair.key);
    const frame = fieldLines(node, lineOf);
    return makeEntry(file, { ...shared, ...own, key }, line, { ...frame, amount: line, key: line });
  });
}

/** One entry for each cell of a matrix of kinds by columns. */
function matrixEntries(file: RuleFile, doc: Document, lineOf: LineOf): RuleEntry[] {
  const matrix = doc.get('matrix', true);
  if (!isMap(matrix)) return [];
  const { rows: _, ...shared } = plain(doc, matrix);
  return maps(matrix.get('rows', true)).flatMap((row) => {
    const { kinds, ...columns } = plain(doc, row) as { kinds: string[] } & Record<string, object>;
    const lines = fieldLines(row, lineOf);
    return kinds.flatMap((kind) =>
      Object.entries(columns).map(([column, cell]) =>
        makeEntry(
          file,
          { from: null, until: null, ...shared, ...cell, key: `${kind}:${column}`, kind, column },
          lines[column] ?? lineOf(row),
          {},
        ),
      ),
    );
  });
}

/** Same content, same text, however its keys are ordered. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}

/** SHA-256 over what a version says, its key and days aside. */
export function contentHash(version: Pick<RuleVersion, 'citation' | 'confidence' | 'body'>): string {
  const { citation, confidence, body } = version;
  return createHash('sha256')
    .update(canonical([citation, confidence, body]))
    .digest('hex');
}

function toVersion(checked: RuleEntry): RuleVersion {
  return identified({
    set: checked.set as RuleVersion['set'],
    key: String(checked.key),
    valid: { from: checked.from as string | null, until: checked.until as string | null },
    citation: checked.citation as RuleVersion['citation'],
    confidence: checked.confidence as RuleVersion['confidence'],
    body: checked.body,
    sourceFile: checked.file,
  });
}

/** A version with the identity that follows from what it says and when. */
export function identified(version: UnidentifiedVersion): RuleVersion {
  const { set, key, valid } = version;
  const id = deterministicId('rule', set, key, valid.from ?? '', valid.until ?? '', contentHash(version));
  return { ...version, id };
}

function toEntry({ set, key, valid, citation, confidence, body, sourceFile }: RuleVersion): RuleEntry {
  const { from, until } = valid;
  return { set, key, from, until, citation, confidence, body, file: sourceFile, line: 0, lines: {} };
}

/**
 * Reads one rule written as in a rule file and lays it over the law: where it shares days with versions of its rule,
 * it takes their place.
 * @returns the rule and the whole law with it, or every problem, those of the text with their line in it
 */
export function amendRules(
  versions: readonly RuleVersion[],
  file: RuleFile,
): { readonly version: RuleVersion; readonly versions: RuleVersion[] } | { readonly problems: Problem[] } {
  const { entries, problems } = readRuleFile(file);
  if (problems.length > 0) return { problems };
  const [only] = entries;
  if (entries.length !== 1 || !only)
    return { problems: [fileProblem(file, 'file.one-rule', 1, String(entries.length))] };
  // It must be whole before it can be laid over anything; the days of its neighbours come after that.
  const others = versions.filter((one) => one.set !== only.set || one.key !== only.key);
  const own = checkRules([...others.map(toEntry), only]).filter(
    ({ code, params }) => params?.['file'] === file.name && code !== 'rules.regime.gap',
  );
  if (own.length > 0) return { problems: own };
  const version = toVersion(only);
  const amended = overlayVersion(versions, version, identified);
  const faults = checkRules(amended.map(toEntry));
  return faults.length > 0 ? { problems: faults } : { version, versions: amended };
}

/** One version as a rule file has it, to be read back by `amendRules`. */
export function ruleText({
  set,
  key,
  valid,
  citation,
  confidence,
  body,
}: Omit<RuleVersion, 'id' | 'sourceFile'>): string {
  return stringify(
    { rules: [{ set, key, from: valid.from, until: valid.until, citation, confidence, ...body }] },
    { lineWidth: 110 },
  );
}
