import {
  BUYERS,
  CONFIDENCES,
  EVIDENCES,
  GROUPS,
  INSTRUMENTS,
  LEVELS,
  MAIN_CLAUSES,
  NATURES,
  REGIMES,
  REGIONS,
  RULE_SETS,
  WORK_KINDS,
} from './index.js';

/** The words of the contract: programs outside send and read them. */
describe('the words of a question and an answer', () => {
  it.each([
    [BUYERS, 'public public-utility private private-captured private-subsidy pep'],
    [LEVELS, 'federal regional local eco-dev-op'],
    [REGIONS, 'WAL BRU VLA'],
    [NATURES, 'works services supplies'],
    [WORK_KINDS, 'building roads-zae'],
    [MAIN_CLAUSES, 'flex training subcontracting none'],
    [
      INSTRUMENTS,
      'RESERVE_ACCESS RESERVE_LOT RESERVE_EXEC RESERVE_PUBSVC EXEC_COND VOLUNTARY SUBCON_SHARE TRAINING',
    ],
    [GROUPS, 'ESI59 SHELTERED SHELTERED30 INTEG30 PUBSVC CLAUSE_DEFINED TRAINEES ANY'],
    [REGIMES, 'PRE R1993 R2006 R2016 RCONTRACT'],
    [CONFIDENCES, 'sourced recalled uncertain'],
    [RULE_SETS, 'scope regime buyer basis threshold cpv-list overlay kind eligibility approval-class gate'],
    [EVIDENCES, 'art59 ratio30 majority-disabled main-aim statutes equivalence person'],
  ])('%j', (words, expected) => {
    expect([...words]).toEqual(expected.split(' '));
  });
});
