import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodeModel } from '../domain/model-file.js';
import { readKnowledge } from '../files/load-model.js';
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

/** Trains and writes the model. Deterministic: the same files and seed give the same bytes. */
export function trainFromFiles({ labelled, dataDirectory, seed, report }: TrainFromFiles): void {
  const knowledge = readKnowledge(dataDirectory);
  const directory = `${dataDirectory}/tagging/lexicon`;
  const lexicons = readdirSync(directory)
    .filter((name) => name.endsWith('.csv'))
    .toSorted()
    .map((name) => readFileSync(`${directory}/${name}`, 'utf8'));
  const pseudo = pseudoDocuments(knowledge.catalogue, lexicons);
  const lines = readLabelled(labelled).filter(({ cpv }) => knowledge.catalogue.divisionOf(cpv) >= 0);
  const model = trainModel(knowledge, lines, pseudo, { seed, folds: 4, epochs: 12, report });
  const bytes = gzipSync(encodeModel(model), { level: 9 });
  writeFileSync(`${dataDirectory}/tagging/model.bin.gz`, bytes);
  report(`model.bin.gz: ${bytes.length} bytes; accepted from ${model.calibration.acceptFrom.toFixed(3)}`);
}
