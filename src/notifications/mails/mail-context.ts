import type { Language } from '../../kernel/index.js';
import type { MessageParams } from '../../platform/i18n/index.js';
import type { NotificationParams, Template } from '../domain/index.js';
import type { MailFacts } from '../mail-facts.query.js';

/** Everything a mail is written from. */
export interface MailContext {
  readonly template: Template;
  readonly language: Language;
  readonly params: NotificationParams;
  readonly recipientName: string;
  readonly organisationName: string;
  readonly facts: MailFacts;
  /** Enterprises that hear of the tender at once. */
  readonly enterprisesTold: number;
  readonly stopUrl: string;
  /** The moment it is written. */
  readonly now: Date;
  /** Makes an address of a path. */
  readonly absolute: (path: string) => string;
}

/** One language's sentences. */
export type Say = (key: string, params?: MessageParams) => string;
