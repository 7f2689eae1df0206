import { FeatureSpace } from './feature-space.js';
import { packGroupEntry, type LinearModel } from './linear-model.js';
import { DIVISION_FEATURES, FIRST_FEATURES, GROUP_FEATURES } from './shares-of.js';
import { SPARSE_LANGUAGES } from './told-confidence.js';

const MAGIC = 0x4c54414d;
const VERSION = 4;
const HEADER_WORDS = 8;

/** Sections in file order; each starts on a multiple of eight bytes. */
function sections(model: LinearModel): readonly ArrayBufferView[] {
  return [
    model.calibration.division,
    model.calibration.group,
    model.calibration.first,
    Float64Array.of(model.calibration.acceptFrom),
    model.calibration.steps,
    model.divisionPrior,
    model.groupPrior,
    model.space.hashes,
    model.space.rarity,
    model.divisionScale,
    model.groupScale,
    model.groupFrom,
    Uint16Array.from(model.groupEntries, (entry) => entry >> 8),
    model.space.blocks,
    model.divisionWeights,
    Int8Array.from(model.groupEntries, (entry) => (entry << 24) >> 24),
  ];
}

/** The learned part as bytes (little endian), to be compressed and shipped in `data/tagging/`. */
export function encodeModel(model: LinearModel): Uint8Array {
  const parts = sections(model);
  const size = parts.reduce((sum, part) => sum + padded(part.byteLength), HEADER_WORDS * 4);
  const bytes = new Uint8Array(size);
  const header = [
    MAGIC,
    VERSION,
    model.space.size,
    model.divisions,
    model.groups,
    model.groupEntries.length,
    model.calibration.division.length,
    model.calibration.group.length,
  ];
  new Uint32Array(bytes.buffer, 0, HEADER_WORDS).set(header);
  let at = HEADER_WORDS * 4;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  return bytes;
}

/** @throws RangeError when the bytes are not a model of this version */
export function decodeModel(bytes: Uint8Array): LinearModel {
  const { buffer } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const base = bytes.byteOffset % 8 === 0 ? bytes.byteOffset : 0;
  const [magic, version, features = 0, divisions = 0, groups = 0, entries = 0, ofDivision = 0, ofGroup = 0] =
    new Uint32Array(buffer, base, HEADER_WORDS);
  const fits = ofDivision === DIVISION_FEATURES && ofGroup === GROUP_FEATURES;
  if (magic !== MAGIC || version !== VERSION || !fits)
    throw new RangeError('not a tagging model of this version');
  let at = base + HEADER_WORDS * 4;
  const take = <T>(
    make: (buffer: ArrayBufferLike, offset: number, length: number) => T,
    length: number,
    unit: number,
  ): T => {
    const part = make(buffer, at, length);
    at += padded(length * unit);
    return part;
  };
  const doubles = (length: number): Float64Array => take((b, o, l) => new Float64Array(b, o, l), length, 8);
  const floats = (length: number): Float32Array => take((b, o, l) => new Float32Array(b, o, l), length, 4);
  const calibration = {
    division: doubles(ofDivision),
    group: doubles(ofGroup),
    first: doubles(FIRST_FEATURES),
    acceptFrom: doubles(1)[0] ?? 1,
    steps: doubles(2 * SPARSE_LANGUAGES.length),
  };
  const divisionPrior = floats(divisions);
  const groupPrior = floats(groups);
  const hashes = take((b, o, l) => new Int32Array(b, o, l), features, 4);
  const rarity = floats(features);
  const divisionScale = floats(features);
  const groupScale = floats(features);
  const groupFrom = take((b, o, l) => new Uint32Array(b, o, l), features + 1, 4);
  const groupIds = take((b, o, l) => new Uint16Array(b, o, l), entries, 2);
  const blocks = take((b, o, l) => new Uint8Array(b, o, l), features, 1);
  const divisionWeights = take((b, o, l) => new Int8Array(b, o, l), features * divisions, 1);
  const groupWeights = take((b, o, l) => new Int8Array(b, o, l), entries, 1);
  return {
    space: new FeatureSpace(hashes, blocks, rarity),
    divisions,
    groups,
    divisionWeights,
    divisionScale,
    groupFrom,
    groupEntries: pack(groupIds, groupWeights),
    groupScale,
    divisionPrior,
    groupPrior,
    calibration,
  };
}

function pack(groups: Uint16Array, weights: Int8Array): Int32Array {
  const entries = new Int32Array(groups.length);
  for (let i = 0; i < entries.length; i += 1) {
    entries[i] = packGroupEntry(groups[i] as number, weights[i] as number);
  }
  return entries;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
