import type { Messages } from '../platform/i18n/index.js';
import { layOutHtml, layOutText, type Mail } from '../platform/mail/index.js';
import type { Tx } from '../platform/db/index.js';
import { listOf } from './domain/index.js';
import type { Claim } from './ledger.repository.js';
import { enterprisesToTell, mailFacts } from './mail-facts.query.js';
import { linkPaths } from './mails/links.js';
import { writeMail } from './mails/write-mail.js';
import type { Addressee } from './sending-facts.query.js';
import { stopToken } from './stop-token.js';

export interface MailWriterOptions {
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly secret: string;
}

/** Writes the mail of a notification from what is true now. */
export class MailWriter {
  constructor(
    private readonly messages: Messages,
    private readonly options: MailWriterOptions,
  ) {}

  /** @returns null when the tender it is about is gone */
  async write(tx: Tx, claim: Claim, addressee: Addressee, now: Date): Promise<Mail | null> {
    const facts = await mailFacts(tx, claim);
    if (!facts) return null;
    const { publicUrl, secret } = this.options;
    const list = listOf(claim.template);
    const absolute = (path: string): string => `${publicUrl}${path}`;
    const unsubscribeUrl = absolute(linkPaths.stop(stopToken({ personId: claim.recipientId, list }, secret)));
    const document = writeMail(this.messages, {
      template: claim.template,
      language: claim.language,
      params: claim.params,
      recipientName: addressee.name,
      organisationName: addressee.organisationName,
      facts,
      enterprisesTold: claim.template === 'tender-receipt' ? await enterprisesToTell(tx, claim.tenderId) : 0,
      stopUrl: unsubscribeUrl,
      now,
      absolute,
    });
    return {
      id: claim.id,
      organisationId: claim.organisationId,
      requestId: claim.requestId,
      messageId: claim.messageId,
      date: claim.createdAt,
      to: { name: addressee.name, address: addressee.email },
      subject: document.subject,
      html: layOutHtml(document),
      text: layOutText(document),
      listId: `${list}.${new URL(publicUrl).hostname}`,
      unsubscribeUrl,
    };
  }
}
