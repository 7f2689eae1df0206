// No known vulnerability of grade high or critical in what we depend on. A registry that does not answer the question
// is no finding: said aloud, and asked again at the next run.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const say = (text) => process.stdout.write(`${text}\n`);

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const { metadata, vulnerabilities = {}, message = 'no answer' } = read(stdout);
if (!metadata) {
  say(`NOT CHECKED: the registry does not tell known vulnerabilities (${message.split(' - ')[0]}).`);
} else {
  const grave = Object.values(vulnerabilities).filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  );
  for (const { name, severity, range } of grave) say(`${severity}: ${name} ${range}`);
  say(`${metadata.dependencies?.total ?? 0} packages, ${grave.length} with a known grave vulnerability.`);
  process.exitCode = grave.length === 0 ? 0 : 1;
}
