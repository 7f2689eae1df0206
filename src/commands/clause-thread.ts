// A thread of `maillon clause`: answers the blocks it is sent, in their order.
import { workerData } from 'node:worker_threads';
import type { Language } from '../kernel/index.js';
import type { LegalRules } from '../legal-basis/domain/index.js';
import { Messages, type Sentences } from '../platform/i18n/index.js';
import { clauseBlocks } from './clause-block.js';
import { answerInThread } from './thread.js';

/** What the thread is started with: to read it from the files again would take longer than most files of facts. */
export interface ClauseThread {
  readonly rules: LegalRules;
  readonly sentences: Sentences;
  readonly language: Language;
}

const { rules, sentences, language } = workerData as ClauseThread;
answerInThread(clauseBlocks(rules, new Messages(sentences), language));
