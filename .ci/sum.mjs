// Adds up jest's reports and says so in the last line. A suite that could not even start counts as a failed test,
// and a red step that no test stands for counts as one too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, redSteps = '0'] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const passed = sum('numPassedTests');
const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
const red = Number(redSteps);
process.stdout.write(`${passed} passed, ${red > 0 ? Math.max(failed, red) : failed} failed\n`);
process.exit(failed === 0 && red === 0 && passed > 0 ? 0 : 1);
