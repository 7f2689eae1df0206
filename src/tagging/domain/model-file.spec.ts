import { loadTagModel } from '../files/load-model.js';
import { decodeModel, encodeModel } from './model-file.js';

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** jest compares typed arrays number by number, in minutes. */
function sameBytes(left: ArrayBufferView, right: ArrayBufferView): boolean {
  return bytesOf(left).equals(bytesOf(right));
}

describe('the model file', () => {
  it('gives back what was written', () => {
    const { linear } = loadTagModel();
    if (!linear) throw new Error('the trained model is missing from data/tagging');
    const again = decodeModel(encodeModel(linear));
    expect(again.calibration).toEqual(linear.calibration);
    expect(sameBytes(again.groupEntries, linear.groupEntries)).toBe(true);
    expect(sameBytes(again.divisionWeights, linear.divisionWeights)).toBe(true);
    expect(sameBytes(again.space.rarity, linear.space.rarity)).toBe(true);
    expect(sameBytes(encodeModel(again), encodeModel(linear))).toBe(true);
  });

  it('reads from any place of a larger buffer', () => {
    const { linear } = loadTagModel();
    if (!linear) throw new Error('the trained model is missing from data/tagging');
    const bytes = encodeModel(linear);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(sameBytes(decodeModel(shifted.subarray(3)).groupFrom, linear.groupFrom)).toBe(true);
  });

  it('refuses other bytes', () => {
    expect(() => decodeModel(new Uint8Array(64))).toThrow(RangeError);
  });
});
