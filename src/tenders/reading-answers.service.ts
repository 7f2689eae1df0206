import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { answerAmbiguity } from './domain/index.js';
import { importById, lockImport, replaceReading, type Import } from './import.repository.js';

/** What people answer where a document reads two ways. */
@Injectable()
export class ReadingAnswersService {
  constructor(private readonly clock: Clock) {}

  /**
   * Keeps the reading as it is meant.
   * @param question as the reading names it
   * @param reading which of its readings is meant, from 0
   * @throws Refusal not-found, import-not-staged, reading-not-asked
   */
  async answer(tx: Tx, importId: string, question: string, reading: number): Promise<Import> {
    const opened = await lockImport(tx, importId);
    if (!opened) throw new Refusal('not-found');
    if (opened.state !== 'staged' || !opened.parsed) throw new Refusal('import-not-staged');
    const meant = answerAmbiguity(opened.parsed, question, reading);
    if (!meant) throw new Refusal('reading-not-asked');
    if (!(await replaceReading(tx, importId, meant, this.clock.now())))
      throw new Refusal('import-not-staged');
    return (await importById(tx, importId))!;
  }
}
