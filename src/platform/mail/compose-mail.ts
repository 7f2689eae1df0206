import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { withoutDirectionMarks } from '../i18n/index.js';
import type { ComposedMail, Mail } from './mail.js';

/** Reading a mail while keeping to one line per header; a folded List-Unsubscribe breaks DKIM at some servers. */
const oneLine = (value: string): { prepared: true; value: string } => ({ prepared: true, value });

/**
 * Writes a mail as RFC 5322 text, text and HTML side by side.
 * @param from `Name <address>`
 */
export async function composeMail(mail: Mail, from: string): Promise<ComposedMail> {
  const headers: Record<string, string> = {
    'Auto-Submitted': 'auto-generated',
    'List-ID': `<${mail.listId}>`,
    ...(mail.unsubscribeUrl === null
      ? {}
      : {
          'List-Unsubscribe': `<${mail.unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
    'X-Maillon-Request-ID': mail.requestId,
  };
  for (const value of Object.values(headers)) refuseLineBreaks(value);
  const node = new MailComposer({
    from,
    to: { ...mail.to, name: withoutDirectionMarks(mail.to.name) },
    subject: withoutDirectionMarks(mail.subject),
    messageId: mail.messageId,
    date: mail.date,
    text: withoutDirectionMarks(mail.text),
    html: withoutDirectionMarks(mail.html),
    baseBoundary: createHash('sha256').update(mail.id).digest('hex').slice(0, 32),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneLine(value)])),
  }).compile();
  const { from: sender, to } = node.getEnvelope();
  const [recipient] = to ?? [];
  if (!sender || !recipient) throw new Error('a mail needs a sender and a recipient');
  const source = (await node.build()).toString('utf8');
  return {
    envelope: { from: sender, to: recipient },
    headers: { ...headers, ...mainHeaders(mail, from) },
    source,
  };
}

function mainHeaders(mail: Mail, from: string): Record<string, string> {
  return {
    'Message-ID': mail.messageId,
    Date: mail.date.toUTCString(),
    From: from,
    To: `${mail.to.name} <${mail.to.address}>`,
    Subject: mail.subject,
  };
}

/** Header values are written as they are: a line break would start a header of somebody else's choosing. */
function refuseLineBreaks(value: string): void {
  if (['\r', '\n', '\0'].some((mark) => value.includes(mark)))
    throw new Error('a header value with a line break');
}
