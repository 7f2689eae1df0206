import { whyNotToSend, type SendingFacts } from './why-not-to-send.js';

const allWell: SendingFacts = {
  channel: 'mail',
  template: 'tender-published',
  personIsActive: true,
  personIsOfOrganisation: true,
  listIsStopped: false,
  isNotChosen: false,
  addressIsRefused: false,
  tenderStatus: 'published',
  currentPackages: 1,
  answerStands: true,
  performanceStands: true,
  questionWaits: true,
  decisionStands: true,
  packagesWithdrawn: false,
  placeStands: true,
  deadlineStands: true,
  approvalEnds: true,
};

describe('a notification about to leave', () => {
  it('leaves when it is allowed and still true', () => {
    expect(whyNotToSend(allWell)).toBeNull();
  });

  it('leaves when its reader has just asked for it, whatever else was stopped', () => {
    const asked = { ...allWell, template: 'mail-test', tenderStatus: null } as const;
    expect(whyNotToSend({ ...asked, listIsStopped: true, addressIsRefused: true })).toBeNull();
    expect(whyNotToSend({ ...asked, personIsActive: false })).not.toBeNull();
  });

  it('asks who answered to confirm again, whoever else hears of offers', () => {
    expect(whyNotToSend({ ...allWell, template: 'tender-amended', isNotChosen: true })).toBeNull();
  });

  it('says that a package was withdrawn, and goes on with what was done of it', () => {
    for (const template of ['package-withdrawn', 'performance-entered'] as const)
      expect(whyNotToSend({ ...allWell, template, packagesWithdrawn: true })).toBeNull();
  });

  it.each<[string, Partial<SendingFacts>, string, string]>([
    ['the account was closed', { personIsActive: false }, 'cancelled', 'person-disabled'],
    ['the person works elsewhere', { personIsOfOrganisation: false }, 'cancelled', 'person-moved'],
    ['the person stopped the list', { listIsStopped: true }, 'suppressed', 'stopped'],
    ['the address was refused for good', { addressIsRefused: true }, 'suppressed', 'address-refused'],
    ['the enterprise has others hear', { isNotChosen: true }, 'suppressed', 'not-chosen'],
    [
      'nothing of several offers stands any more',
      { template: 'offers-digest', tenderStatus: null, currentPackages: 0 },
      'cancelled',
      'nothing-to-offer',
    ],
    [
      'all that it reminds of is answered',
      { template: 'offer-reminder', currentPackages: 0 },
      'cancelled',
      'nothing-to-offer',
    ],
    [
      'it reminds of a deadline that was moved',
      { template: 'offer-reminder', deadlineStands: false },
      'cancelled',
      'deadline-changed',
    ],
    [
      'it reminds of a tender that was withdrawn',
      { template: 'offer-reminder', tenderStatus: 'withdrawn' },
      'cancelled',
      'tender-not-published',
    ],
    [
      'the approval was renewed',
      { template: 'approval-expiring', tenderStatus: null, currentPackages: 0, approvalEnds: false },
      'cancelled',
      'approval-renewed',
    ],
    ['the tender was withdrawn', { tenderStatus: 'withdrawn' }, 'cancelled', 'tender-not-published'],
    ['the tender is gone', { tenderStatus: null }, 'cancelled', 'tender-not-published'],
    ['nothing matches any more', { currentPackages: 0 }, 'cancelled', 'no-longer-a-match'],
    [
      'nothing of a new match matches any more',
      { template: 'match-new', currentPackages: 0 },
      'cancelled',
      'no-longer-a-match',
    ],
    [
      'the withdrawn tender is published again',
      { template: 'tender-withdrawn' },
      'cancelled',
      'tender-not-withdrawn',
    ],
    [
      'the amended tender was withdrawn',
      { template: 'tender-amended', tenderStatus: 'withdrawn' },
      'cancelled',
      'tender-not-published',
    ],
    [
      'the receipt speaks of a withdrawn tender',
      { template: 'tender-receipt', tenderStatus: 'withdrawn' },
      'cancelled',
      'tender-not-published',
    ],
    [
      'the partner answered already',
      { template: 'team-invited', placeStands: false },
      'cancelled',
      'team-changed',
    ],
    [
      'the deadline was moved once more',
      { template: 'tender-extended', deadlineStands: false },
      'cancelled',
      'deadline-changed',
    ],
    ['its package was withdrawn', { packagesWithdrawn: true }, 'cancelled', 'package-withdrawn'],
    [
      'what it answers was withdrawn',
      { template: 'question-answered', packagesWithdrawn: true },
      'cancelled',
      'package-withdrawn',
    ],
    [
      'the tender of the withdrawn package was withdrawn, too',
      { template: 'package-withdrawn', packagesWithdrawn: true, tenderStatus: 'withdrawn' },
      'cancelled',
      'tender-not-published',
    ],
    [
      'the answer was changed',
      { template: 'answer-given', answerStands: false },
      'cancelled',
      'answer-changed',
    ],
    [
      'the work was taken back or already confirmed',
      { template: 'performance-entered', performanceStands: false },
      'cancelled',
      'performance-changed',
    ],
    [
      'the enterprise says otherwise by now',
      { template: 'performance-disputed', performanceStands: false },
      'cancelled',
      'performance-changed',
    ],
    [
      'the answer was changed before its receipt',
      { template: 'answer-receipt', answerStands: false },
      'cancelled',
      'answer-changed',
    ],
  ])('stays when %s', (_why, facts, state, reason) => {
    expect(whyNotToSend({ ...allWell, ...facts })).toEqual({ state, reason });
  });

  it('in the application is not held back by what concerns mail alone', () => {
    expect(
      whyNotToSend({ ...allWell, channel: 'in-app', listIsStopped: true, addressIsRefused: true }),
    ).toBeNull();
  });

  it('about an answer does not depend on packages', () => {
    expect(whyNotToSend({ ...allWell, template: 'answer-given', currentPackages: 0 })).toBeNull();
  });
});
