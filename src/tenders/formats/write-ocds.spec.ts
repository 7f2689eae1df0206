import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formatsPlugin from 'ajv-formats';
import { fromRoot } from '../../platform/project-root.js';
import type { OpenedTender } from '../audience.repository.js';
import { parseTender } from './index.js';
import { writeOcds } from './write-ocds.js';

/** The schemas of the standard do not ship with the product. */
const SCHEMAS = fromRoot('..', 'shared', 'data', 'ocds');
const NOW = new Date('2026-11-24T10:00:00Z');
const ORIGIN = {
  uri: 'https://maillon.example/a',
  publisher: 'https://maillon.example',
  next: null,
  now: NOW,
};

const tender: OpenedTender = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  title: 'Rénovation "École" <à> Seraing',
  description: 'Toitures\net façades',
  language: 'fr',
  contractorId: '0199a1b2-0000-7000-8000-000000000002',
  contractor: 'Bâtir & frères',
  municipality: 'Seraing',
  postalCode: '4100',
  deadline: new Date('2026-12-15T11:00:00Z'),
  publishedAt: new Date('2026-11-20T08:00:00Z'),
  version: 3,
  isWithdrawn: false,
  packages: [
    {
      id: 'p1',
      title: 'Toiture',
      trades: ['45261210', '45261000'],
      startsOn: '2027-03-01',
      endsOn: '2027-04-30',
    },
    { id: 'p2', title: 'Nettoyage', trades: [], startsOn: null, endsOn: null },
  ],
};
const bare: OpenedTender = {
  ...tender,
  description: null,
  language: null,
  municipality: null,
  postalCode: null,
};
const releaseOf = (one: OpenedTender) =>
  (JSON.parse(writeOcds([one], ORIGIN)) as { releases: { tag: string[]; tender: { status: string } }[] })
    .releases[0]!;

describe('releases of the open contracting standard', () => {
  it('are read back as they were by the reader of tenders', async () => {
    const read = await parseTender(new TextEncoder().encode(writeOcds([tender], ORIGIN)), 'a.json');
    expect(read).toMatchObject({
      format: 'ocds',
      language: 'fr',
      problems: [],
      tender: {
        title: tender.title,
        description: tender.description,
        buyer: { name: 'Bâtir & frères' },
        deadline: '2026-12-15T11:00:00.000Z',
        noticeDate: '2026-11-20',
        cpv: ['45261210', '45261000'],
        place: { municipality: 'Seraing', postalCode: '4100' },
      },
      lots: [
        { ref: 'p1', title: 'Toiture', cpv: ['45261210', '45261000'] },
        { ref: 'p2', title: 'Nettoyage', cpv: [] },
      ],
    });
  });

  it('say whether the tender is open, over or withdrawn', () => {
    const over = { ...tender, deadline: NOW };
    const withdrawn = { ...tender, isWithdrawn: true };
    expect(
      [tender, over, withdrawn].map(releaseOf).map(({ tag, tender: { status } }) => [tag[0], status]),
    ).toEqual([
      ['tender', 'active'],
      ['tender', 'complete'],
      ['tenderCancellation', 'withdrawn'],
    ]);
  });

  it('lead to what follows, and say so of themselves; at the end there is no link', () => {
    const told = (next: string | null) => JSON.parse(writeOcds([tender], { ...ORIGIN, next }));
    expect(told('https://maillon.example/a?after=1').links).toEqual({
      next: 'https://maillon.example/a?after=1',
    });
    expect(told('https://maillon.example/a').extensions).toContainEqual(
      expect.stringContaining('ocds_pagination'),
    );
    expect(told(null)).not.toHaveProperty('links');
    expect(told(null).extensions.join()).not.toContain('ocds_pagination');
  });

  it('follow the schema of the standard, where it is at hand', () => {
    if (!existsSync(SCHEMAS)) return;
    const schemaOf = (name: string): Record<string, unknown> => {
      const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'));
      return schema;
    };
    const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
    (formatsPlugin as unknown as (one: Ajv) => void)(ajv);
    const isPackage = ajv.compile({
      ...schemaOf('release-package-schema.json'),
      properties: {
        ...(schemaOf('release-package-schema.json')['properties'] as object),
        releases: { type: 'array', minItems: 1 },
      },
    });
    const isRelease = ajv.compile(schemaOf('release-schema.json'));
    const told = JSON.parse(
      writeOcds([tender, bare, { ...tender, isWithdrawn: true }], {
        ...ORIGIN,
        next: 'https://maillon.example/b',
      }),
    );
    isPackage(told);
    expect(isPackage.errors).toBeNull();
    for (const release of told.releases) {
      isRelease(release);
      expect(isRelease.errors).toBeNull();
    }
    isRelease({ ...told.releases[0], tag: [] });
    expect(isRelease.errors).not.toBeNull();
  });
});
