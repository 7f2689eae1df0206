import { readFileSync } from 'node:fs';
import { fromRoot } from './project-root.js';

/** The version of the product, from its package. */
export const VERSION = (JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { version: string })
  .version;
