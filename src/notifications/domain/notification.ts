import type { Language } from '../../kernel/index.js';
import type { Rhythm } from './when-to-send.js';

/** How somebody is told. */
export const CHANNELS = ['in-app', 'mail'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What somebody is told. */
export const TEMPLATES = [
  'tender-published',
  'match-new',
  'tender-amended',
  'tender-withdrawn',
  'tender-extended',
  'package-withdrawn',
  'tender-receipt',
  'answer-given',
  'answer-receipt',
  'performance-entered',
  'performance-confirmed',
  'performance-disputed',
  'question-asked',
  'question-answered',
  'decision-retained',
  'decision-declined',
  'decision-awarded',
  'decision-confirmed',
  'decision-refused',
  'decision-lapsed',
  'team-invited',
  'team-changed',
  'team-complete',
  'team-decided',
  'team-called',
  'team-formed',
  'team-lead',
  'offers-digest',
  'offer-reminder',
  'approval-expiring',
  'board-digest',
  'mail-test',
] as const;
export type Template = (typeof TEMPLATES)[number];

/** Streams of mails that a person can stop one by one. */
export const MAIL_LISTS = ['offers', 'answers'] as const;
export type MailList = (typeof MAIL_LISTS)[number];

const LIST_OF: Readonly<Record<Template, MailList>> = {
  'tender-published': 'offers',
  'match-new': 'offers',
  'tender-amended': 'offers',
  'tender-withdrawn': 'offers',
  'tender-extended': 'offers',
  'package-withdrawn': 'offers',
  'tender-receipt': 'answers',
  'answer-given': 'answers',
  'answer-receipt': 'answers',
  'performance-entered': 'answers',
  'performance-confirmed': 'answers',
  'performance-disputed': 'answers',
  'question-asked': 'answers',
  'question-answered': 'answers',
  'decision-retained': 'answers',
  'decision-declined': 'answers',
  'decision-awarded': 'answers',
  'decision-confirmed': 'answers',
  'decision-refused': 'answers',
  'decision-lapsed': 'answers',
  'team-invited': 'answers',
  'team-changed': 'answers',
  'team-complete': 'answers',
  'team-decided': 'answers',
  // Nobody it knows asks: it comes and goes with offers.
  'team-called': 'offers',
  'team-formed': 'answers',
  'team-lead': 'answers',
  'offers-digest': 'offers',
  'offer-reminder': 'offers',
  'approval-expiring': 'answers',
  'board-digest': 'answers',
  'mail-test': 'answers',
};

export function listOf(template: Template): MailList {
  return LIST_OF[template];
}

/** Collects what the application has told already. */
const BY_MAIL_ALONE: ReadonlySet<Template> = new Set(['board-digest']);

export function channelsOf(template: Template): readonly Channel[] {
  return BY_MAIL_ALONE.has(template) ? ['mail'] : CHANNELS;
}

const ASKS_TO_ANSWER: ReadonlySet<Template> = new Set([
  'tender-published',
  'match-new',
  'offers-digest',
  'offer-reminder',
  'tender-amended',
  'team-invited',
  'team-called',
]);

/** Its reader has something to answer before the deadline of what it is about. */
export function asksToAnswer(template: Template): boolean {
  return ASKS_TO_ANSWER.has(template);
}

/**
 * `claimed`: a worker has it under a lease. `in_doubt`: given to the mail server, outcome unknown, tried again
 * under the same Message-ID. `handed`: taken by the mail server. `delivered`: within reach of the recipient.
 * `suppressed`: the recipient does not want it, or cannot have it. `cancelled`: no longer true when its time came.
 * `superseded`: a later event made it pointless. `quarantined`: waits for an operator after a restore. `held`: an offer
 * that waits for the mail in which several leave together, and then ends as that mail does.
 */
export const STATES = [
  'pending',
  'claimed',
  'in_doubt',
  'handed',
  'delivered',
  'failed',
  'suppressed',
  'cancelled',
  'superseded',
  'quarantined',
  'held',
] as const;
export type NotificationState = (typeof STATES)[number];

/** What happened, as far as telling about it goes. */
export interface ToldEvent {
  readonly id: string;
  readonly organisationId: string;
  /** Null: about no tender. */
  readonly tenderId: string | null;
}

/** Somebody an event concerns, with what to say. */
export interface Recipient {
  readonly personId: string;
  readonly organisationId: string;
  readonly language: Language;
  readonly template: Template;
  readonly packageIds: readonly string[];
  /** Identifiers and words that are public to the recipient by now. */
  readonly params: NotificationParams;
  /** Why no mail may go to this person, or null. */
  readonly noMailBecause: NoMailBecause | null;
  /** Of an offer: what decides when it is written about. Null: at once. */
  readonly offer: OfferToTell | null;
}

/**
 * `not-chosen`: the enterprise has others hear. `week-full`: it wants no more mails about offers. `not-mailed`: what changed
 * was not written about yet. `in-digest`: the mail of the next morning says it.
 */
export type NoMailBecause =
  'stopped' | 'not-chosen' | 'address-refused' | 'week-full' | 'not-mailed' | 'in-digest';

export interface OfferToTell {
  readonly rhythm: Rhythm;
  readonly deadline: Date | null;
  readonly weekIsFull: boolean;
}

/** What fills the sentences of a notification. */
export type NotificationParams = Readonly<Record<string, string | number>>;

/** A row to be: one per event, recipient and channel. */
export interface PlannedNotification {
  readonly eventId: string;
  readonly eventOrganisationId: string;
  /** Null: about several. */
  readonly tenderId: string | null;
  readonly recipientId: string;
  readonly organisationId: string;
  readonly channel: Channel;
  readonly template: Template;
  readonly packageIds: readonly string[];
  readonly params: NotificationParams;
  readonly language: Language;
  readonly state: 'pending' | 'suppressed' | 'quarantined' | 'held';
  readonly reason: string | null;
  /** Not before. */
  readonly nextAttemptAt: Date;
}
