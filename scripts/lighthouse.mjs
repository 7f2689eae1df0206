#!/usr/bin/env node
// What Lighthouse says of the main pages, on a phone as it measures by default.
//   npm start, then: PASSWORD=... npm run lighthouse -- ADDRESS   (the password of the sample's people)
// Lighthouse comes by npx, pinned, and is no dependency. Exit 1 when a category is below 95. Pages that want a session
// ask search engines to stay away, so that the one audit about that is left out there.
import '../bin/node-24.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIGHTHOUSE = 'lighthouse@13.0.1';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const [address = 'http://localhost:3000'] = process.argv.slice(2);
const password = process.env.PASSWORD ?? '';
const chrome = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'maillon-lighthouse-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const contractor = await signIn('batisseurs@example.org');
const enterprise = await signIn('couleurs@example.org');
const workingGroup = await signIn('gess@example.org');
const published = await first('/api/v1/tenders', contractor, ({ status }) => status === 'published');
const draft = await first('/api/v1/tenders', contractor, ({ status }) => status === 'draft');
const { packages } = await get(`/api/v1/tenders/${draft.id}`, contractor);
const offered = await first('/api/v1/opportunities', enterprise, () => true);
/** What is told is short; what is measured has the sample's ids. */
const PAGES = [
  ['/', '/', null],
  ['/tenders', '/tenders', null],
  ['contractor: tenders', '/contractor/tenders', contractor],
  ['contractor: bring', '/contractor/tenders/new', contractor],
  ['contractor: tender', `/contractor/tenders/${draft.id}`, contractor],
  ['contractor: package', `/contractor/tenders/${draft.id}/packages/${packages[0].id}`, contractor],
  ['contractor: publish', `/contractor/tenders/${draft.id}/publish`, contractor],
  ['contractor: board', `/contractor/tenders/${published.id}/board`, contractor],
  ['enterprise: opportunities', '/enterprise/opportunities', enterprise],
  ['enterprise: opportunity', `/enterprise/opportunities/${offered.packageId}`, enterprise],
  ['working group: figures', '/working-group', workingGroup],
];

let worst = 100;
for (const [name, path, cookie] of PAGES) {
  const { categories } = look(path, cookie);
  const unmeasured = CATEGORIES.filter((category) => typeof categories[category]?.score !== 'number');
  if (unmeasured.length > 0) fail(`${path}: not measured: ${unmeasured.join(', ')}`);
  const scores = CATEGORIES.map((category) => Math.round(categories[category].score * 100));
  worst = Math.min(worst, ...scores);
  process.stdout.write(`${name.padEnd(28)} ${scores.join('  ')}\n`);
}
process.exitCode = worst < 95 ? 1 : 0;

async function signIn(email) {
  const answer = await fetch(`${address}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }).catch(() => fail(`${address} does not answer`));
  if (!answer.ok) fail(`${email} is not let in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function get(path, cookie) {
  const answer = await fetch(address + path, { headers: { cookie } });
  if (!answer.ok) fail(`${path}: ${answer.status}`);
  return answer.json();
}

async function first(path, cookie, isIt) {
  const found = (await get(path, cookie)).items.find(isIt);
  return found ?? fail(`${path} lacks what the sample tells in the first minute: is this its database?`);
}

function look(path, cookie) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const { status, stderr } = spawnSync(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      address + path,
      '--quiet',
      '--output=json',
      `--output-path=${report}`,
      `--only-categories=${CATEGORIES}`,
      `--chrome-path=${chrome}`,
      '--chrome-flags=--headless=new --no-sandbox',
      ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`, '--skip-audits=is-crawlable'] : []),
    ],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: chrome } },
  );
  if (status !== 0 || !existsSync(report)) fail(`${path}: Lighthouse gave no report\n${stderr}`);
  return JSON.parse(readFileSync(report, 'utf8'));
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
