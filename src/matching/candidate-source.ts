import type { Tx } from '../platform/db/index.js';
import type { Probe } from './domain/index.js';
import { findSpreadCandidates } from './find-candidates-spread.query.js';
import { findCandidates, type Candidate } from './find-candidates.query.js';

/**
 * Where candidates are looked up. Every source gives the same answer: all enterprises whose postings pass the probe,
 * the highest bound first, then by identity, no more than the limit.
 */
export abstract class CandidateSource {
  abstract find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]>;
}

/** Asks the machines that the postings are spread over. */
export class SpreadCandidates extends CandidateSource {
  find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]> {
    return findSpreadCandidates(tx, probe, limit);
  }
}

/** Asks PostgreSQL each time: nothing to load, never behind. */
export class SqlCandidates extends CandidateSource {
  find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]> {
    return findCandidates(tx, probe, limit);
  }
}
