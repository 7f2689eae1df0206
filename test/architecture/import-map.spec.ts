import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypes from 'dependency-cruiser/config-utl/extract-ts-config';
import { fromRoot } from '../../src/platform/project-root.js';

const door = (name: string): string => `export const ${name} = 1;\n`;

// In this process: the tool takes longer to start than to read a small house.
const map: ICruiseOptions = await extractOptions(fromRoot('.dependency-cruiser.mjs'));
const types = extractTypes(fromRoot('tsconfig.json'));

/** A small house that keeps every rule; each case below breaks one. */
const HOUSE: Readonly<Record<string, string>> = {
  'src/kernel/index.ts': door('word'),
  'src/kernel/cpv.ts': door('cpv'),
  'src/platform/db/index.ts': `import 'typeorm';\nimport '../../kernel/index.js';\n${door('db')}`,
  'src/legal-basis/index.ts': `import './domain/index.js';\n${door('law')}`,
  'src/legal-basis/domain/index.ts': `import '../../kernel/index.js';\n${door('inForce')}`,
  'src/tenders/index.ts': `import '../legal-basis/index.js';\nimport './tender.repository.js';\n`,
  'src/tenders/tender.repository.ts': `import 'typeorm';\nimport '../platform/db/index.js';\n`,
  'src/tenders/domain/index.ts': `import './split.js';\nimport '../../legal-basis/domain/index.js';\n`,
  'src/tenders/domain/split.ts': `import '../../kernel/index.js';\n${door('split')}`,
  'src/tenders/domain/split.spec.ts': `import 'fast-check';\n`,
  'src/pipeline/index.ts': `import '../tenders/index.js';\n`,
  'src/commands/index.ts': `import '../pipeline/index.js';\n`,
  'src/web/index.ts': `import '../pipeline/index.js';\nimport '../tenders/index.js';\n`,
  'src/app.module.ts': `import './web/index.js';\nimport './tenders/index.js';\n`,
};

/** @returns names of the rules that are broken, once each */
async function broken(changes: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'maillon-map-'));
  try {
    for (const [path, text] of Object.entries({ ...HOUSE, ...changes })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    symlinkSync(fromRoot('node_modules'), join(root, 'node_modules'));
    const { output } = await cruise(['src'], { ...map, baseDir: root }, {}, { tsConfig: types });
    const { summary } = output as ICruiseResult;
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the map of imports', () => {
  it('is content with a house in order', async () => {
    expect(await broken({})).toEqual([]);
  });

  it.each<[what: string, rule: string, changes: Record<string, string>]>([
    [
      'a database behind what is read from files',
      'files-without-a-server',
      {
        'src/tenders/files/index.ts': `import '../examples.js';\n`,
        'src/tenders/examples.ts': `import './tender.repository.js';\n`,
      },
    ],
    [
      'a room entered beside its door',
      'doors-of-tenders',
      { 'src/tenders/x.ts': `import '../legal-basis/act.js';`, 'src/legal-basis/act.ts': '' },
    ],
    [
      'a domain file entered beside its door',
      'doors-of-pipeline',
      { 'src/pipeline/x.ts': `import '../tenders/domain/split.js';` },
    ],
    [
      'an arrow that is not on the map',
      'doors-of-legal-basis',
      { 'src/legal-basis/x.ts': `import '../pipeline/index.js';` },
    ],
    ['the pages from a room', 'doors-of-tenders', { 'src/tenders/x.ts': `import '../web/index.js';` }],
    ['the commands from the pages', 'doors-of-web', { 'src/web/x.ts': `import '../commands/index.js';` }],
    ['a package in a domain', 'domain-is-pure', { 'src/tenders/domain/split.ts': `import 'pg';` }],
    ['Node in a domain', 'domain-is-pure', { 'src/tenders/domain/split.ts': `import 'node:fs';` }],
    [
      'technology in a domain',
      'domain-is-pure',
      { 'src/tenders/domain/split.ts': `import '../../platform/db/index.js';` },
    ],
    [
      'its own service in a domain',
      'domain-is-pure',
      { 'src/tenders/domain/split.ts': `import '../tender.repository.js';` },
    ],
    [
      'a type in a domain',
      'domain-is-pure',
      { 'src/tenders/domain/split.ts': `import type { Client } from 'pg';\nexport type C = Client;` },
    ],
    ['anything in the kernel', 'kernel-stands-alone', { 'src/kernel/cpv.ts': `import 'node:crypto';` }],
    [
      'business in the platform',
      'platform-knows-no-business',
      { 'src/platform/x.ts': `import '../tenders/index.js';` },
    ],
    ['SQL in a service', 'sql-has-a-room', { 'src/tenders/tender.service.ts': `import 'typeorm';` }],
    ['SQL at the top', 'sql-has-a-room', { 'src/main.ts': `import 'typeorm';` }],
    [
      'a circle',
      'no-circles',
      { 'src/tenders/a.ts': `import './b.js';`, 'src/tenders/b.ts': `import './a.js';` },
    ],
  ])('refuses %s', async (_what, rule, changes) => {
    expect(await broken(changes)).toEqual([rule]);
  });
});
