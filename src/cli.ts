import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { fromRoot } from './platform/project-root.js';

enableCompileCache(join(fromRoot('dist'), '.cache'));

const { run } = await import('./commands/run.js');
process.exitCode = await run(process.argv.slice(2));
