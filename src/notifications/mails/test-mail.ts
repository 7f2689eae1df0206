import type { Language } from '../../kernel/index.js';
import { formatInstant, type Messages } from '../../platform/i18n/index.js';
import type { MailDocument } from '../../platform/mail/index.js';
import type { NotificationParams } from '../domain/index.js';
import type { Say } from './mail-context.js';

export interface TestMailContext {
  readonly language: Language;
  readonly params: NotificationParams;
  readonly recipientName: string;
  readonly stopUrl: string;
  readonly wishesUrl: string;
}

/** Says that mails arrive, and what was chosen. */
export function writeTestMail(messages: Messages, context: TestMailContext): MailDocument {
  const { language, params, recipientName, stopUrl, wishesUrl } = context;
  const say: Say = (key, words) => messages.text(language, key, words);
  const { rhythm, boards, untold, next, weekly, from, until } = params;
  const offers = (): string =>
    untold === undefined
      ? say(`mails.rhythm.${String(rhythm)}`)
      : say(untold === 'stopped' ? 'mail.mail-test.stopped' : 'mail.mail-test.notChosen');
  const items = [
    ...(boards === undefined
      ? []
      : [{ label: say('mails.boards'), value: say(`mails.rhythm.${String(boards)}`) }]),
    ...(rhythm === undefined ? [] : [{ label: say('mails.rhythm'), value: offers() }]),
    ...(next === undefined
      ? []
      : [{ label: say('mail.mail-test.next'), value: formatInstant(language, new Date(String(next))) }]),
    {
      label: say('mails.quiet'),
      value:
        from === undefined
          ? say('mail.mail-test.noQuiet')
          : say('mail.mail-test.quiet', { from, until: String(until) }),
    },
    ...(weekly === undefined ? [] : [{ label: say('mails.weekly'), value: String(weekly) }]),
  ];
  return {
    language,
    subject: say('mail.mail-test.subject'),
    preview: say('mail.mail-test.preview'),
    title: say('mail.mail-test.title'),
    greeting: say('mail.greeting', { name: recipientName }),
    blocks: [
      { kind: 'paragraph', text: say('mail.mail-test.told') },
      { kind: 'facts', items },
      {
        kind: 'buttons',
        lead: say('mail.mail-test.lead'),
        items: [{ label: say('mail.mail-test.open'), url: wishesUrl, isMain: true }],
      },
    ],
    footer: {
      why: say('mail.mail-test.why'),
      links: [{ label: say('mail.stop'), url: stopUrl }],
      sender: say('mail.sender'),
    },
  };
}
