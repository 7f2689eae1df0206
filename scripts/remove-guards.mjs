#!/usr/bin/env node
// Takes away, one at a time, each guard between people and what is not theirs, and looks whether the tests notice.
//   npm run guards -- [--only WORDS] [--from WORDS]
// In a copy of the working tree, so that nothing is left half open; first every test in question as it is, since one that is
// red anyway would notice anything. About twenty minutes on two cores. Exit 1 when one of the guards of guards.mjs, a list kept by
// hand, is missed by nobody. The policies of row security need no script: test/e2e/two-layers.e2e.spec.ts takes each away.
import '../bin/node-24.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GUARDS } from './guards.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, from: { type: 'string', default: '' } },
});
const first = GUARDS.findIndex(({ guard }) => guard.includes(values.from));
const tried = GUARDS.slice(Math.max(first, 0)).filter(({ guard }) => guard.includes(values.only));
if (first < 0 || tried.length === 0) fail(`no guard has these words: ${values.only || values.from}`);

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'maillon-guards-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));

cpSync(root, copy, { recursive: true, filter: (path) => !/\/(node_modules|\.git|\.data)$/.test(path) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

for (const spec of new Set(tried.map((guard) => guard.spec)))
  if (fails(spec)) fail(`${spec} fails with every guard in place: it can tell nothing`);

const unnoticed = tried.filter(isMissedByNobody);
process.stdout.write(
  unnoticed.length === 0
    ? `each of the ${tried.length} guards listed is missed when it is gone\n`
    : `${unnoticed.length} not missed\n`,
);
process.exitCode = unnoticed.length === 0 ? 0 : 1;

function isMissedByNobody({ guard, file, find, put, spec }) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
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
  if (!existsSync(report)) fail(`${spec}: the tests did not start`);
  const { numTotalTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (numTotalTests === 0 || numRuntimeErrorTestSuites > 0) fail(`${spec}: no test ran`);
  return numFailedTests > 0;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
