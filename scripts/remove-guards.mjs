#!/usr/bin/env node
// Takes away, one at a time, each guard between people and what is not theirs, and looks whether the tests notice.
//   npm run guards -- [--only WORDS] [--from WORDS]
// In a copy of the working tree, so that nothing is left half open. About twenty minutes on two cores. Exit 1 when a guard
// is missed by nobody. The policies of row security need no script: test/e2e/two-layers.e2e.spec.ts takes each away.
import '../bin/node-24.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GUARDS } from './guards.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, from: { type: 'string', default: '' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'maillon-guards-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));

cpSync(root, copy, { recursive: true, filter: (path) => !/\/(node_modules|\.git|\.data)$/.test(path) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const first = GUARDS.findIndex(({ guard }) => guard.includes(values.from));
const tried = GUARDS.slice(first).filter(({ guard }) => guard.includes(values.only));
const unnoticed = tried.filter(isMissedByNobody);
process.stdout.write(
  unnoticed.length === 0
    ? `each of ${tried.length} guards is missed when it is gone\n`
    : `${unnoticed.length} not missed\n`,
);
process.exitCode = unnoticed.length === 0 ? 0 : 1;

function isMissedByNobody({ guard, file, find, put, spec }) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${guard}: not once in ${file}: ${find}`);
  writeFileSync(
    path,
    source.replace(find, () => put),
  );
  const isNoticed = fails(spec);
  writeFileSync(path, source);
  process.stdout.write(`${isNoticed ? 'noticed    ' : 'NOT NOTICED'}  ${guard}\n`);
  return !isNoticed;
}

/** Whether a test fails that was there to run; a run in which nothing was tried says nothing. */
function fails(spec) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  spawnSync(
    process.execPath,
    [
      'bin/jest.mjs',
      '--selectProjects',
      'database',
      '--json',
      `--outputFile=${report}`,
      '--testPathPatterns',
      spec,
    ],
    { cwd: copy, stdio: 'ignore', env: process.env },
  );
  const { numTotalTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (numTotalTests === 0 || numRuntimeErrorTestSuites > 0) throw new Error(`${spec}: no test ran`);
  return numFailedTests > 0;
}
