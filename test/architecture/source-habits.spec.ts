import { globSync, readFileSync } from 'node:fs';
import { fromRoot } from '../../src/platform/project-root.js';

interface Habit {
  readonly files: readonly string[];
  readonly except: RegExp | null;
  readonly refused: RegExp;
  readonly planted: readonly string[];
  readonly fine: readonly string[];
}

/** What no linter of ours sees. */
const HABITS: Readonly<Record<string, Habit>> = {
  'the environment is read in one place': {
    files: ['src/**/*.ts'],
    except: /^src\/platform\/config\/|\.spec\.ts$/,
    refused: /\bprocess\.env\b/,
    planted: [`const port = process.env.PORT;`],
    fine: [`config().port`],
  },
  'time comes from the clock': {
    files: ['src/**/*.ts'],
    except: /^src\/platform\/|\.spec\.ts$/,
    refused: /\bDate\.now\(\)|\bnew Date\(\)/,
    planted: ['const today = new Date();', 'const ms = Date.now();'],
    fine: ['new Date(instant)', 'clock.now()'],
  },
  'what was held for true ends and begins by one rule': {
    files: ['src/**/*.ts'],
    except: /^src\/platform\/db\/recorded\.ts$/,
    refused: /\btstzrange\(lower\(recorded\)/,
    planted: ['SET recorded = tstzrange(lower(recorded), $2)'],
    fine: [`SET recorded = ${'$'}{endedAt('$2')}`],
  },
  'what is to be done is done, or is written where work is planned': {
    files: ['src/**/*.ts', 'test/**/*.ts', 'migrations/*.ts', 'bin/*.mjs', 'docs/**/*.md'],
    except: /^test\/architecture\/source-habits\.spec\.ts$/,
    refused: /\b(TODO|FIXME|XXX|HACK)\b/,
    planted: ['// TODO: later'],
    fine: ['a todo list'],
  },
  'the linter and the compiler are never silenced': {
    files: ['src/**/*.ts', 'test/**/*.ts', 'migrations/*.ts'],
    except: /^test\/architecture\/source-habits\.spec\.ts$/,
    refused: /(eslint|oxlint)-disable|@ts-(ignore|nocheck|expect-error)|\bas any\b/,
    planted: ['// oxlint-disable-next-line', '// @ts-ignore', 'x as any'],
    fine: ['as many as possible'],
  },
  'no test runs alone or not at all': {
    files: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
    except: /^test\/architecture\/source-habits\.spec\.ts$/,
    refused: /\b(describe|it|test)\.only\b|\b(fdescribe|fit|xit|xdescribe)\(/,
    planted: [`it.only('x')`, `xit('x')`],
    fine: [`it.each`, 'exit('],
  },
  'a relative import names the file that will run': {
    files: ['src/**/*.ts', 'migrations/*.ts'],
    except: null,
    refused: /from '\.{1,2}\/(?:[^']*[^s']|[^']*[^j]s)';/,
    planted: [`import { a } from './a';`, `import { a } from '../a.ts';`],
    fine: [`import { a } from './a.js';`, `import fs from 'node:fs';`],
  },
};

const found = ({ files, except, refused }: Habit): string[] =>
  files
    .flatMap((pattern) => globSync(pattern, { cwd: fromRoot() }))
    .filter((file) => !except?.test(file))
    .flatMap((file) =>
      readFileSync(fromRoot(file), 'utf8')
        .split('\n')
        .flatMap((line, at) => (refused.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
    );

describe.each(Object.entries(HABITS))('%s', (_sentence, habit) => {
  it('everywhere', () => {
    expect(found(habit)).toEqual([]);
  });

  it('and is noticed when not', () => {
    for (const line of habit.planted) expect(line).toMatch(habit.refused);
    for (const line of habit.fine) expect(line).not.toMatch(habit.refused);
  });
});

describe('the records of decisions', () => {
  it('have a number each, in order, and none is missing', () => {
    const numbers = globSync('docs/adr/*.md', { cwd: fromRoot() })
      .map((file) => /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1])
      .sort();
    expect(numbers).toEqual(numbers.map((_, at) => String(at + 1).padStart(4, '0')));
  });
});

describe('the list of dependencies', () => {
  it('gives a reason and a licence for each, and for no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(fromRoot('package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>;
    const rows = readFileSync(fromRoot('docs/dependencies.md'), 'utf8').matchAll(
      /^\| `([^`]+)` +\| +(\S[^|]*?) +\| +(\S[^|]*?) +\|$/gm,
    );
    const listed = [...rows].map(([, name]) => name!);
    const present = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(listed.sort()).toEqual(present.sort());
  });
});
