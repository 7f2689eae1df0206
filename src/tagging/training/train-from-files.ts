import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodeModel } from '../domain/model-file.js';
import { readKnowledge } from '../files/load-model.js';
import { translations, writtenTexts } from './own-texts.js';
import { pseudoDocuments } from './pseudo-documents.js';
import type { LabelledLine } from './read-line.js';
import { trainModel } from './train-model.js';

export interface TrainFromFiles {
  /** JSON lines (`.gz` or not) with `id, lang, title, context, text, cpv`. */
  readonly labelled: string;
  /** The project's `data` directory; the model is written to `tagging/model.bin.gz` below it. */
  readonly dataDirectory: string;
  readonly seed: number;
  readonly report: (step: string) => void;
}

/** Reads JSON lines, compressed or not. */
export function readLabelled(path: string): LabelledLine[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LabelledLine);
}

function csvFilesOf(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.csv'))
    .toSorted()
    .map((name) => readFileSync(`${directory}/${name}`, 'utf8'));
}

/** Trains and writes the model. Deterministic: the same files and seed give the same bytes. */
export function trainFromFiles({ labelled, dataDirectory, seed, report }: TrainFromFiles): void {
  const knowledge = readKnowledge(dataDirectory);
  const lexicons = csvFilesOf(`${dataDirectory}/tagging/lexicon`);
  const translated = readFileSync(`${dataDirectory}/tagging/translations.csv`, 'utf8');
  const written = csvFilesOf(`${dataDirectory}/tagging/written-texts`);
  const lines = readLabelled(labelled).filter(({ cpv }) => knowledge.catalogue.divisionOf(cpv) >= 0);
  const further = [
    ...translations(translated, lines),
    ...written.flatMap(writtenTexts),
    ...pseudoDocuments(knowledge.catalogue, lexicons),
  ];
  const model = trainModel(knowledge, lines, further, { seed, folds: 4, epochs: 7, report });
  const bytes = gzipSync(encodeModel(model), { level: 9 });
  writeFileSync(`${dataDirectory}/tagging/model.bin.gz`, bytes);
  report(`model.bin.gz: ${bytes.length} bytes; accepted from ${model.calibration.acceptFrom.toFixed(3)}`);
}
