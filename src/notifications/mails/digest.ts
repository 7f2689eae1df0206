import type { Language } from '../../kernel/index.js';
import { formatInstant, type Messages } from '../../platform/i18n/index.js';
import type { MailDocument } from '../../platform/mail/index.js';
import type { OfferFacts } from '../mail-facts.query.js';
import { linkPaths } from './links.js';
import type { Say } from './mail-context.js';
import { packageBlocks } from './offer.js';

/** So many are told in full: mail programs cut what is longer than a hundred kilobytes. */
export const MOST_IN_DIGEST = 10;

export interface DigestContext {
  readonly language: Language;
  readonly recipientName: string;
  readonly organisationName: string;
  /** The best first. */
  readonly offers: readonly OfferFacts[];
  /** How many there are in all. */
  readonly count: number;
  /** The first deadline of them all. */
  readonly answerBy: Date;
  readonly stopUrl: string;
  readonly wishesUrl: string;
  readonly absolute: (path: string) => string;
}

/** Several offers in one mail, each as it would be told alone. */
export function writeDigest(messages: Messages, context: DigestContext): MailDocument {
  const { language, offers, count, organisationName: organisation, absolute } = context;
  const say: Say = (key, params) => messages.text(language, key, params);
  const more = count - offers.length;
  const words = { count, organisation, deadline: formatInstant(language, context.answerBy) };
  return {
    language,
    subject: say('mail.offers-digest.subject', words),
    preview: offers.map(({ work }) => work.title).join(' · '),
    title: say('mail.offers-digest.title', words),
    greeting: say('mail.greeting', { name: context.recipientName }),
    blocks: [
      { kind: 'paragraph', text: say('mail.offers-digest.told', words) },
      { kind: 'paragraph', text: say('mail.offers-digest.how') },
      ...offers.flatMap((offer) => packageBlocks(say, context, offer, 'several')),
      ...(more > 0
        ? [{ kind: 'paragraph' as const, text: say('mail.offers-digest.more', { count: more }) }]
        : []),
      {
        kind: 'buttons',
        lead: say('mail.offers-digest.lead'),
        items: [
          { label: say('mail.offers-digest.open'), url: absolute(linkPaths.opportunities()), isMain: true },
        ],
      },
    ],
    footer: {
      why: say('mail.offers-digest.why', words),
      links: [
        { label: say('mail.wishes'), url: context.wishesUrl },
        { label: say('mail.stop'), url: context.stopUrl },
      ],
      sender: say('mail.sender'),
    },
  };
}
