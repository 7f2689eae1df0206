import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { buildVocabulary, type Vocabulary } from '../domain/build-knowledge.js';
import { CpvCatalogue, type CpvEntry } from '../domain/catalogue.js';
import { HashTable } from '../domain/hash-table.js';
import { Lexicon, type Concept, type LexiconTables } from '../domain/lexicon.js';
import { readVocabularyFiles, type VocabularyBytes } from './vocabulary-files.js';

/** Beside the compiled code, hence made and thrown away with it: sources run as they are always read the files. */
const COMPILED = fileURLToPath(new URL('vocabulary.bin', import.meta.url));

/** Before the content, so that a damaged one is seen. */
const SUM_BYTES = 4;

interface Compiled {
  /** Of the files it was made of. */
  readonly sum: number;
  /** JSON of the entries and of the concepts: many small objects are read faster that way. */
  readonly entries: string;
  readonly lexicon: CompiledLexicon;
  readonly places: CompiledLexicon;
}

interface CompiledLexicon {
  readonly concepts: string;
  readonly tables: Omit<LexiconTables, 'concepts' | 'steps'>;
  readonly steps: Int32Array;
}

/** Builds the vocabulary once and for all; part of the build. */
export function compileVocabulary(dataDirectory: string): void {
  const files = readVocabularyFiles(dataDirectory);
  const unfinished = `${COMPILED}.new`;
  writeFileSync(unfinished, packVocabulary(buildVocabulary(textsOf(files)), sumOf(files)));
  // In one go: a process that starts meanwhile reads the one or the other.
  renameSync(unfinished, COMPILED);
}

/** The vocabulary of a data directory, from the build when it was made of the very files that lie there. */
export function readVocabulary(dataDirectory: string): Vocabulary {
  const files = readVocabularyFiles(dataDirectory);
  const compiled = existsSync(COMPILED) ? unpackVocabulary(readFileSync(COMPILED), sumOf(files)) : null;
  return compiled ?? buildVocabulary(textsOf(files));
}

/** @param sum of the files it was built from */
export function packVocabulary({ catalogue, lexicon, places }: Vocabulary, sum: number): Buffer {
  const compiled: Compiled = {
    sum,
    entries: JSON.stringify([...catalogue.entries.values()]),
    lexicon: packLexicon(lexicon),
    places: packLexicon(places),
  };
  const content = serialize(compiled);
  const own = Buffer.alloc(SUM_BYTES);
  own.writeUInt32LE(crc32(content));
  return Buffer.concat([own, content]);
}

/** @returns null when it was built from other files than those of this sum, or is not whole */
export function unpackVocabulary(bytes: Buffer, sum: number): Vocabulary | null {
  const compiled = unpack(bytes);
  if (compiled?.sum !== sum) return null;
  return {
    catalogue: new CpvCatalogue(JSON.parse(compiled.entries) as CpvEntry[]),
    lexicon: unpackLexicon(compiled.lexicon),
    places: unpackLexicon(compiled.places),
  };
}

function packLexicon({ tables: { concepts, steps, ...tables } }: Lexicon): CompiledLexicon {
  return { concepts: JSON.stringify(concepts), tables, steps: steps.contents };
}

function unpackLexicon({ concepts, tables, steps }: CompiledLexicon): Lexicon {
  return new Lexicon({
    ...tables,
    concepts: JSON.parse(concepts) as Concept[],
    steps: HashTable.of(steps),
  });
}

/** A disk that was full, or another Node, leaves what cannot be read: the files it was made of are there. */
function unpack(bytes: Buffer): Compiled | null {
  if (bytes.length < SUM_BYTES) return null;
  const content = bytes.subarray(SUM_BYTES);
  if (bytes.readUInt32LE() !== crc32(content)) return null;
  try {
    return deserialize(content) as Compiled;
  } catch {
    return null;
  }
}

function sumOf({ cpv, lexicons, actions, misleadingLabels, places }: VocabularyBytes): number {
  return [cpv, ...lexicons, actions, misleadingLabels, ...places].reduce(
    (sum, bytes) => crc32(bytes, sum),
    0,
  );
}

function textsOf({
  cpv,
  lexicons,
  actions,
  misleadingLabels,
  places,
}: VocabularyBytes): Parameters<typeof buildVocabulary>[0] {
  return {
    cpv: cpv.toString('utf8'),
    lexicons: lexicons.map((bytes) => bytes.toString('utf8')),
    actions: actions.toString('utf8'),
    misleadingLabels: misleadingLabels.toString('utf8'),
    places: places.map((bytes) => bytes.toString('utf8')),
  };
}
