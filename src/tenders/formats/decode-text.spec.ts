import { decodeUndeclared, decodeXml } from './decode-text.js';
import { parseTender } from './index.js';

const WORDS = [
  'Étanchéité',
  'Grâce-Hollogne',
  'Œuvre',
  'Fenêtre à l’étage',
  'Küche',
  'coëfficiënt',
  'n° 3',
  '25 €',
  'façade',
];

/** Bytes of a text in an encoding that Node only reads: found by asking it for each byte. */
function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new Uint8Array(Buffer.from(text));
  if (encoding === 'utf-8-bom') return new Uint8Array(Buffer.from(`\ufeff${text}`));
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (encoding === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  return Uint8Array.from([...text], (character) => bytes.get(character) ?? 0x3f);
}

const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh', 'iso-8859-15'];

describe('a text that declares no encoding', () => {
  it.each(ENCODINGS)('is read in %s', (encoding) => {
    // ISO-8859-15 has no curly apostrophe.
    const text = WORDS.join('\n').replace('’', encoding === 'iso-8859-15' ? "'" : '’');
    expect(decodeUndeclared(encode(text, encoding)).text).toBe(text);
  });

  it.each(WORDS)('is not mistaken when «%s» is all there is in windows-1252', (word) => {
    const text = `N°;Désignation;Unité\n1;${word};m\n`;
    expect(decodeUndeclared(encode(text, 'windows-1252')).text).toBe(text);
  });

  it.each(['Maître d’œuvre', 'œuvre', '25 €', '½ journée', 'Žižkov'])(
    'is right in both western encodings when «%s» is the only hint, or what both can write',
    (word) => {
      const apostrophe = word.replace('’', "'");
      const text = `N°;Désignation;Unité\n1;${apostrophe};m\n`;
      expect(decodeUndeclared(encode(text, 'windows-1252')).text).toBe(text);
      const latin9 = text.replace('½', 'demi');
      expect(decodeUndeclared(encode(latin9, 'iso-8859-15')).text).toBe(latin9);
    },
  );

  const ends = [
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ] as const;
  const cases = ENCODINGS.flatMap((encoding) =>
    [';', ',', '\t'].flatMap((separator) => ends.map(([name, end]) => ({ encoding, separator, name, end }))),
  );

  it.each(cases)('is a bill in $encoding with $separator and $name', async ({ encoding, separator, end }) => {
    const rows = [
      ['N°', 'Désignation', 'Unité', 'Quantité'],
      ['1', `"Étanchéité${separator}dite ""légère"""`, 'm2', '12'],
      ['2', 'Façade', 'm', '7'],
      [],
    ];
    const text = rows.map((row) => row.join(separator)).join(end);
    const tender = await parseTender(encode(text, encoding), 'a.csv');
    expect(tender).toMatchObject({
      format: 'csv',
      lots: [
        {
          lines: [
            {
              label: `Étanchéité${separator === '\t' ? ' ' : separator}dite "légère"`,
              unit: 'm2',
              quantity: '12',
            },
            { label: 'Façade' },
          ],
        },
      ],
    });
  });
});

describe('an XML document', () => {
  const TEXT = '<a>Straße, Büro, m²</a>';
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>${TEXT}`;

  it.each([
    ['utf-16', 'utf-8'],
    ['UTF-16LE', 'utf-8'],
    ['ISO-8859-1', 'utf-8'],
    ['windows-1252', 'utf-8'],
    ['us-ascii', 'utf-8'],
    ['ISO-8859-1', 'windows-1252'],
    ['utf-8', 'utf-16le'],
    ['utf-16', 'utf-16be'],
  ])('that declares %s is read by its bytes, which are %s', (label, encoding) => {
    expect(decodeXml(encode(declared(label), encoding))).toBe(declared(label));
  });

  it('begins with its declaration, whatever blank stands around it', () => {
    const text = declared('utf-8');
    expect(decodeXml(encode(`\n  ${text}\n\0\0`, 'utf-8'))).toBe(`${text}\n`);
    expect(decodeXml(encode(`\ufeff\n${text}`, 'utf-8-bom'))).toBe(text);
  });

  it('is refused where its bytes are not what it declares', () => {
    expect(() => decodeXml(encode(declared('utf-8'), 'windows-1252'))).toThrow('file.encoding.broken');
  });
});
