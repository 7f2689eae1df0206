import { adminPaths } from './paths.js';

/** A mail as it would have left. */
export interface OutboxMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requestId: string;
  readonly sentAt: Date;
}

export interface OutboxPage {
  readonly mails: readonly (Pick<OutboxMail, 'recipient' | 'subject' | 'sentAt'> & {
    readonly href: string;
  })[];
  readonly olderHref: string | null;
}

/** @param limit how many were asked for: a full page has older ones behind it */
export function outboxPage(
  mails: readonly Pick<OutboxMail, 'id' | 'recipient' | 'subject' | 'sentAt'>[],
  limit: number,
): OutboxPage {
  const last = mails.at(-1);
  return {
    mails: mails.map(({ id, recipient, subject, sentAt }) => ({
      recipient,
      subject,
      sentAt,
      href: adminPaths.mail(id),
    })),
    olderHref: last && mails.length === limit ? `${adminPaths.outbox()}?before=${last.id}` : null,
  };
}

export interface MailPage extends Omit<OutboxMail, 'headers'> {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly htmlHref: string;
  readonly backHref: string;
}

export function mailPage(mail: OutboxMail): MailPage {
  return {
    ...mail,
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    htmlHref: adminPaths.mailHtml(mail.id),
    backHref: adminPaths.outbox(),
  };
}
