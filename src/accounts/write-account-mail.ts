import type { Language } from '../kernel/index.js';
import { formatInstant, type Messages } from '../platform/i18n/index.js';
import type { MailDocument } from '../platform/mail/index.js';

/** What a mail on an account, with a link into it, is written from. */
export interface AccountMail {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly askedAt: Date;
  /** The link opens until then; what was asked is done then. */
  readonly expiresAt: Date;
}

/** @param url of the link, which is nowhere else */
export function writeAccountMail(
  messages: Messages,
  kind: 'invitation' | 'password' | 'registration' | 'erasure',
  { language, name, organisationName, email, expiresAt }: AccountMail,
  url: string,
): MailDocument {
  const params = { organisation: organisationName, email, until: formatInstant(language, expiresAt) };
  const say = (key: string): string => messages.text(language, `mail.${kind}.${key}`, params);
  return {
    language,
    subject: say('subject'),
    preview: say('preview'),
    title: say('title'),
    greeting: messages.text(language, 'mail.greeting', { name }),
    blocks: [
      { kind: 'paragraph', text: say('told') },
      { kind: 'buttons', lead: say('lead'), items: [{ label: say('open'), url, isMain: true }] },
      { kind: 'paragraph', text: say('otherwise') },
    ],
    footer: { why: say('why'), links: [], sender: messages.text(language, 'mail.sender') },
  };
}
