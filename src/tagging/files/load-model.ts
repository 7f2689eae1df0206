import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fromRoot } from '../../platform/project-root.js';
import { buildPlaceable } from '../domain/build-knowledge.js';
import type { TagModel } from '../domain/model.js';
import { decodeModel } from '../domain/model-file.js';
import { buildOccupations } from '../domain/occupations.js';
import { readVocabulary } from './compiled-vocabulary.js';

let loaded: TagModel | null = null;

/** The tagger's knowledge from `data/`, read once per process. @returns the same object each time */
export function loadTagModel(): TagModel {
  loaded ??= readTagModel(fromRoot('data'));
  return loaded;
}

/** Reads a model from a data directory: the vocabulary, the lexicon, the placeable tables, the weights. */
function readTagModel(dataDirectory: string): TagModel {
  const knowledge = readKnowledge(dataDirectory);
  const weights = `${dataDirectory}/tagging/model.bin.gz`;
  return existsSync(weights)
    ? { ...knowledge, linear: decodeModel(gunzipSync(readFileSync(weights), { chunkSize: 1 << 24 })) }
    : knowledge;
}

/** What is written by people alone: what learning starts from, whatever weights of an earlier version lie there. */
export function readKnowledge(dataDirectory: string): TagModel {
  const read = (name: string): string => readFileSync(`${dataDirectory}/tagging/${name}`, 'utf8');
  const placeable = buildPlaceable(read('placeable-trades.csv'), read('placeable-cues.csv'));
  const occupations = buildOccupations(readFileSync(`${dataDirectory}/occupations.csv`, 'utf8'));
  return { ...readVocabulary(dataDirectory), placeable, occupations, linear: null };
}
