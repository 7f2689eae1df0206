import { daysBetween, type Day, type Language } from '../../kernel/index.js';
import { formatDay, type Messages } from '../../platform/i18n/index.js';
import type { MailDocument } from '../../platform/mail/index.js';
import type { NotificationParams } from '../domain/index.js';
import { linkPaths } from './links.js';
import type { Say } from './mail-context.js';

export interface ApprovalExpiringContext {
  readonly language: Language;
  readonly params: NotificationParams;
  readonly recipientName: string;
  readonly organisationName: string;
  readonly today: Day;
  readonly stopUrl: string;
  readonly absolute: (path: string) => string;
}

/** Says how long an approval still counts, what its end means, and where to enter the next one. */
export function writeApprovalExpiring(messages: Messages, context: ApprovalExpiringContext): MailDocument {
  const { language, params, organisationName: organisation, today, absolute } = context;
  const say: Say = (key, words) => messages.text(language, key, words);
  const lastDay = String(params['lastDay']);
  const count = Math.max(0, daysBetween(today, lastDay));
  const words = {
    approval: String(params['approval'] ?? params['approvalKind']),
    day: formatDay(language, lastDay),
    count,
    organisation,
  };
  return {
    language,
    subject: say(
      count === 0 ? 'mail.approval-expiring.subjectToday' : 'mail.approval-expiring.subject',
      words,
    ),
    preview: say('mail.approval-expiring.preview', words),
    title: say('mail.approval-expiring.title', words),
    greeting: say('mail.greeting', { name: context.recipientName }),
    blocks: [
      { kind: 'paragraph', text: say('mail.approval-expiring.told', words) },
      {
        kind: 'facts',
        items: [
          { label: say('mail.fact.approval'), value: words.approval },
          { label: say('mail.fact.lastDay'), value: words.day },
        ],
      },
      { kind: 'paragraph', text: say('mail.approval-expiring.after') },
      {
        kind: 'buttons',
        lead: say('mail.approval-expiring.lead'),
        items: [
          { label: say('mail.approval-expiring.open'), url: absolute(linkPaths.renewal()), isMain: true },
        ],
      },
    ],
    footer: {
      why: say('mail.approval-expiring.why', words),
      links: [
        { label: say('mail.wishes'), url: absolute(linkPaths.wishes()) },
        { label: say('mail.stop'), url: context.stopUrl },
      ],
      sender: say('mail.sender'),
    },
  };
}
