import fc from 'fast-check';
import { blocksOf, linesOf, type Line } from './blocks.js';

async function linesIn(reads: readonly Buffer[]): Promise<Line[]> {
  const lines: Line[] = [];
  const file = (async function* () {
    yield* reads;
  })();
  for await (const block of blocksOf(file)) lines.push(...linesOf(block));
  return lines;
}

function cut(file: Buffer, sizes: readonly number[]): Buffer[] {
  const reads: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    reads.push(file.subarray(at, at + size));
    at += size;
  }
  return [...reads, file.subarray(at)].filter((read) => read.length > 0);
}

/** Lines that are no more than they seem: without ends inside, and not marked. */
const content = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[\r\n\ufeff]/g, ''));

describe('blocks of lines', () => {
  it('hold every line with its own number, wherever the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(content, fc.constantFrom('\n', '\r\n'))),
        content,
        fc.array(fc.integer({ min: 1, max: 30 })),
        fc.constantFrom('', '\ufeff'),
        async (ended, last, sizes, mark) => {
          const file = mark + ended.map(([text, end]) => text + end).join('') + last;
          const expected = [...ended.map(([text]) => text), last]
            .map((text, index) => ({ text, number: index + 1 }))
            .filter(({ text }) => text.trim() !== '');
          expect(await linesIn(cut(Buffer.from(file), sizes))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are none of an empty file', async () => {
    expect(await linesIn([])).toEqual([]);
  });
});
