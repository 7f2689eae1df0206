import type { Tx } from '../platform/db/index.js';
import type { Probe } from './domain/index.js';
import { arePostingsSpread, findSpreadCandidates } from './find-candidates-spread.query.js';
import { findCandidates, type Candidate } from './find-candidates.query.js';

/**
 * Where candidates are looked up. Every source gives the same answer: all enterprises whose postings pass the probe,
 * the highest bound first, then by identity, no more than the limit.
 */
export abstract class CandidateSource {
  abstract find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]>;
}

/** Asks PostgreSQL each time, one machine or those that the postings are spread over: nothing to load, never behind. */
export class SqlCandidates extends CandidateSource {
  private isSpread: boolean | null = null;

  async find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]> {
    this.isSpread ??= await arePostingsSpread(tx);
    return this.isSpread ? findSpreadCandidates(tx, probe, limit) : findCandidates(tx, probe, limit);
  }
}
