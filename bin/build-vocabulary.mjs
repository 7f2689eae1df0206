// The tagger's codes and terms as it reads them at the start; part of the build, after the compiler.
import './node-24.mjs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileVocabulary } from '../dist/src/tagging/files/compiled-vocabulary.js';

compileVocabulary(join(dirname(dirname(fileURLToPath(import.meta.url))), 'data'));
