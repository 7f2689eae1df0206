import type { OutboxMail, OutboxMailSummary } from '../../platform/mail/index.js';
import { adminPaths } from './paths.js';

export interface OutboxPage {
  readonly mails: readonly (OutboxMailSummary & { readonly href: string })[];
  readonly newerHref: string | null;
  readonly olderHref: string | null;
}

/** @param found one more than a page holds, when there are older ones */
export function outboxPage(found: readonly OutboxMailSummary[], page: number, size: number): OutboxPage {
  return {
    mails: found.slice(0, size).map((mail) => ({ ...mail, href: adminPaths.mail(mail.id) })),
    newerHref: page > 1 ? adminPaths.outboxPage(page - 1) : null,
    olderHref: found.length > size ? adminPaths.outboxPage(page + 1) : null,
  };
}

export interface MailPage {
  readonly subject: string;
  readonly recipient: string;
  readonly sentAt: Date;
  readonly text: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly htmlHref: string;
  readonly backHref: string;
}

export function mailPage(mail: OutboxMail): MailPage {
  const { id, subject, recipient, sentAt, text, headers } = mail;
  return {
    subject,
    recipient,
    sentAt,
    text,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    htmlHref: adminPaths.mailHtml(id),
    backHref: adminPaths.outbox(),
  };
}
