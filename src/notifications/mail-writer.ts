import type { Language } from '../kernel/index.js';
import type { Criterion } from '../matching/domain/index.js';
import type { Messages } from '../platform/i18n/index.js';
import { layOutHtml, layOutText, type Mail, type MailDocument } from '../platform/mail/index.js';
import type { Tx } from '../platform/db/index.js';
import { listOf } from './domain/index.js';
import type { Claim } from './ledger.repository.js';
import { draftFacts, enterprisesToTell, mailFacts } from './mail-facts.query.js';
import { linkPaths } from './mails/links.js';
import { writeMail } from './mails/write-mail.js';
import type { Addressee } from './sending-facts.query.js';
import { stopToken } from './stop-token.js';

export interface MailWriterOptions {
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly secret: string;
}

/** An offer that was not made yet. */
export interface OfferPreview {
  readonly tenderId: string;
  readonly organisationName: string;
  readonly language: Language;
  /** Why the enterprise fits, by package. */
  readonly criteria: ReadonlyMap<string, readonly Criterion[]>;
  readonly now: Date;
}

/** Writes the mail of a notification from what is true now. */
export class MailWriter {
  constructor(
    private readonly messages: Messages,
    private readonly options: MailWriterOptions,
  ) {}

  /** The offer as it would be written, to nobody; null when the tender is gone. */
  async previewOffer(tx: Tx, about: OfferPreview): Promise<MailDocument | null> {
    const { tenderId, organisationName, language, criteria, now } = about;
    const facts = await draftFacts(tx, tenderId, criteria);
    if (!facts) return null;
    return writeMail(this.messages, {
      template: 'tender-published',
      language,
      params: {},
      recipientName: organisationName,
      organisationName,
      facts,
      enterprisesTold: 0,
      stopUrl: '',
      now,
      absolute: (path) => `${this.options.publicUrl}${path}`,
    });
  }

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
