import type { Channel, Template } from './notification.js';

/** What is true at the moment a notification is about to leave. */
export interface SendingFacts {
  readonly channel: Channel;
  readonly template: Template;
  readonly personIsActive: boolean;
  readonly personIsOfOrganisation: boolean;
  readonly listIsStopped: boolean;
  /** It is an offer, and the enterprise has others hear. */
  readonly isNotChosen: boolean;
  readonly addressIsRefused: boolean;
  readonly tenderStatus: 'draft' | 'published' | 'withdrawn' | null;
  /** Packages of the notification that still match the recipient's enterprise and are still offered. */
  readonly currentPackages: number;
  /** All packages it is about were taken back. */
  readonly packagesWithdrawn: boolean;
  /** The answer it tells of is the one that stands. */
  readonly answerStands: boolean;
  /** The work it tells of still waits for a word, or the word it tells of still stands. */
  readonly performanceStands: boolean;
  /** The question it tells of was not answered yet. */
  readonly questionWaits: boolean;
  /** The deadline it tells of is the one that stands. */
  readonly deadlineStands: boolean;
  /** The place in a team stands as it tells. */
  readonly placeStands: boolean;
  /** The decision it tells of is the one that stands. */
  readonly decisionStands: boolean;
  /** The approval it tells of ends on the day it tells, and nothing that follows was stated. */
  readonly approvalEnds: boolean;
}

export interface WhyNot {
  readonly state: 'cancelled' | 'suppressed';
  readonly reason: string;
}

/** What is still said of a package that was taken back: that it was, and what was done of it before. */
const OF_WITHDRAWN: ReadonlySet<Template> = new Set([
  'package-withdrawn',
  'performance-entered',
  'performance-confirmed',
  'performance-disputed',
]);

const no = (state: WhyNot['state'], reason: string): WhyNot => ({ state, reason });

/**
 * A notification is planned when something happens and leaves later: whether it is still allowed and still true is
 * asked again at that moment. @returns null when it may leave
 */
export function whyNotToSend(facts: SendingFacts): WhyNot | null {
  if (!facts.personIsActive) return no('cancelled', 'person-disabled');
  if (!facts.personIsOfOrganisation) return no('cancelled', 'person-moved');
  // Asked for by its reader.
  if (facts.template === 'mail-test') return null;
  if (facts.channel === 'mail' && facts.listIsStopped) return no('suppressed', 'stopped');
  // What is asked of who answered was planned for them alone.
  if (facts.channel === 'mail' && facts.isNotChosen && facts.template !== 'tender-amended')
    return no('suppressed', 'not-chosen');
  if (facts.channel === 'mail' && facts.addressIsRefused) return no('suppressed', 'address-refused');
  if (facts.packagesWithdrawn && !OF_WITHDRAWN.has(facts.template))
    return no('cancelled', 'package-withdrawn');
  switch (facts.template) {
    case 'tender-published':
    case 'match-new':
      if (facts.tenderStatus !== 'published') return no('cancelled', 'tender-not-published');
      return facts.currentPackages > 0 ? null : no('cancelled', 'no-longer-a-match');
    case 'offers-digest':
      return facts.currentPackages > 0 ? null : no('cancelled', 'nothing-to-offer');
    case 'offer-reminder':
      if (facts.tenderStatus !== 'published') return no('cancelled', 'tender-not-published');
      if (!facts.deadlineStands) return no('cancelled', 'deadline-changed');
      return facts.currentPackages > 0 ? null : no('cancelled', 'nothing-to-offer');
    // Says what is true when it is written, or nothing.
    case 'board-digest':
      return null;
    case 'approval-expiring':
      return facts.approvalEnds ? null : no('cancelled', 'approval-renewed');
    case 'tender-withdrawn':
      return facts.tenderStatus === 'withdrawn' ? null : no('cancelled', 'tender-not-withdrawn');
    case 'tender-extended':
      if (facts.tenderStatus !== 'published') return no('cancelled', 'tender-not-published');
      return facts.deadlineStands ? null : no('cancelled', 'deadline-changed');
    case 'tender-amended':
    case 'package-withdrawn':
    case 'tender-receipt':
    case 'question-answered':
    case 'team-formed':
    case 'team-lead':
      return facts.tenderStatus === 'published' ? null : no('cancelled', 'tender-not-published');
    case 'answer-given':
    case 'answer-receipt':
      return facts.answerStands ? null : no('cancelled', 'answer-changed');
    case 'question-asked':
      if (facts.tenderStatus !== 'published') return no('cancelled', 'tender-not-published');
      return facts.questionWaits ? null : no('cancelled', 'question-answered');
    case 'decision-retained':
    case 'decision-declined':
    case 'decision-awarded':
    case 'decision-confirmed':
    case 'decision-refused':
    case 'decision-lapsed':
    case 'team-decided':
      return facts.decisionStands ? null : no('cancelled', 'decision-changed');
    case 'team-invited':
    case 'team-changed':
    case 'team-complete':
    case 'team-called':
      if (facts.tenderStatus !== 'published') return no('cancelled', 'tender-not-published');
      return facts.placeStands ? null : no('cancelled', 'team-changed');
    case 'performance-entered':
    case 'performance-confirmed':
    case 'performance-disputed':
      return facts.performanceStands ? null : no('cancelled', 'performance-changed');
  }
}
