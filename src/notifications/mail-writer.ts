import { dayInBrussels, type Language } from '../kernel/index.js';
import type { Criterion } from '../matching/domain/index.js';
import type { Messages } from '../platform/i18n/index.js';
import { layOutHtml, layOutText, type Mail, type MailDocument } from '../platform/mail/index.js';
import type { Tx } from '../platform/db/index.js';
import { boardNews } from './board-news.query.js';
import { listOf, toldInFull, type NotificationParams, type Template } from './domain/index.js';
import type { Claim } from './ledger.repository.js';
import {
  deadlinesOf,
  draftFacts,
  enterprisesToTell,
  mailFacts,
  offersFacts,
  type MailFacts,
} from './mail-facts.query.js';
import { mailWish } from './mail-wish.repository.js';
import { writeApprovalExpiring } from './mails/approval-expiring.js';
import { writeBoardDigest } from './mails/board-digest.js';
import { MOST_IN_DIGEST, writeDigest } from './mails/digest.js';
import { linkPaths } from './mails/links.js';
import { writeTestMail } from './mails/test-mail.js';
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

/** A decision that was not sent yet. */
export interface DecisionPreview {
  readonly tenderId: string;
  readonly organisationName: string;
  readonly language: Language;
  readonly state: 'retained' | 'declined' | 'awarded';
  readonly package: string;
  readonly reason: string | null;
  readonly message: string | null;
  /** Of an award. */
  readonly confirmBy: Date | null;
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
    const facts = await draftFacts(tx, about.tenderId, about.criteria);
    return facts && this.preview('tender-published', about, {}, facts);
  }

  /** The same of a decision on an answer. */
  async previewDecision(tx: Tx, about: DecisionPreview): Promise<MailDocument | null> {
    const facts = await draftFacts(tx, about.tenderId, new Map());
    const { reason, message, confirmBy } = about;
    const params = {
      package: about.package,
      reason: reason ?? '',
      message: message ?? '',
      confirmBy: confirmBy?.toISOString() ?? '',
    };
    return facts && this.preview(`decision-${about.state}`, about, params, facts);
  }

  private preview(
    template: Template,
    { language, organisationName, now }: Pick<OfferPreview, 'language' | 'organisationName' | 'now'>,
    params: NotificationParams,
    facts: MailFacts,
  ): MailDocument {
    return writeMail(this.messages, {
      template,
      language,
      params,
      recipientName: organisationName,
      organisationName,
      facts,
      enterprisesTold: 0,
      stopUrl: '',
      now,
      absolute: this.absolute,
    });
  }

  /** @returns null when there is nothing to tell any more: the tender is gone, say */
  async write(tx: Tx, claim: Claim, addressee: Addressee, now: Date): Promise<Mail | null> {
    const { publicUrl, secret } = this.options;
    const list = listOf(claim.template);
    const stopUrl = this.absolute(linkPaths.stop(stopToken({ personId: claim.recipientId, list }, secret)));
    const document = await this.document(tx, claim, addressee, { stopUrl, now });
    return (
      document && {
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
        unsubscribeUrl: stopUrl,
      }
    );
  }

  private async document(
    tx: Tx,
    claim: Claim,
    addressee: Addressee,
    { stopUrl, now }: { stopUrl: string; now: Date },
  ): Promise<MailDocument | null> {
    switch (claim.template) {
      case 'offers-digest':
        return this.digest(tx, claim, addressee, { stopUrl, now });
      case 'board-digest':
        return this.boards(tx, claim, addressee, stopUrl);
      case 'approval-expiring':
        return writeApprovalExpiring(this.messages, {
          language: claim.language,
          params: claim.params,
          recipientName: addressee.name,
          organisationName: addressee.organisationName,
          today: dayInBrussels(now),
          stopUrl,
          absolute: this.absolute,
        });
      case 'mail-test':
        return writeTestMail(this.messages, {
          language: claim.language,
          params: claim.params,
          recipientName: addressee.name,
          stopUrl,
          wishesUrl: this.absolute(linkPaths.wishes()),
        });
      default:
        return this.one(tx, claim, addressee, { stopUrl, now });
    }
  }

  private async one(
    tx: Tx,
    claim: Claim,
    addressee: Addressee,
    { stopUrl, now }: { stopUrl: string; now: Date },
  ): Promise<MailDocument | null> {
    const facts = await mailFacts(tx, claim);
    if (!facts) return null;
    return writeMail(this.messages, {
      template: claim.template,
      language: claim.language,
      params: claim.params,
      recipientName: addressee.name,
      organisationName: addressee.organisationName,
      facts,
      enterprisesTold: claim.template === 'tender-receipt' ? await enterprisesToTell(tx, facts.tender.id) : 0,
      stopUrl,
      now,
      absolute: this.absolute,
    });
  }

  private async boards(
    tx: Tx,
    claim: Claim,
    addressee: Addressee,
    stopUrl: string,
  ): Promise<MailDocument | null> {
    const [since, until] = ['since', 'until'].map((name) => new Date(String(claim.params[name])));
    const news = await boardNews(tx, claim.organisationId, since!, until!);
    if (news.length === 0) return null;
    return writeBoardDigest(this.messages, {
      language: claim.language,
      recipientName: addressee.name,
      organisationName: addressee.organisationName,
      news,
      stopUrl,
      absolute: this.absolute,
    });
  }

  private async digest(
    tx: Tx,
    claim: Claim,
    addressee: Addressee,
    { stopUrl, now }: { stopUrl: string; now: Date },
  ): Promise<MailDocument | null> {
    const all = await deadlinesOf(tx, claim.packageIds);
    const { rhythm } = await mailWish(tx, claim.recipientId);
    const told = toldInFull(all, { rhythm, now, most: MOST_IN_DIGEST }).map(({ packageId }) => packageId);
    const offers = await offersFacts(tx, claim.organisationId, told);
    if (offers.length === 0) return null;
    return writeDigest(this.messages, {
      language: claim.language,
      recipientName: addressee.name,
      organisationName: addressee.organisationName,
      offers,
      count: all.length,
      answerBy: new Date(Math.min(...all.map(({ deadline }) => deadline.getTime()))),
      stopUrl,
      wishesUrl: this.absolute(linkPaths.wishes()),
      absolute: this.absolute,
    });
  }

  private readonly absolute = (path: string): string => `${this.options.publicUrl}${path}`;
}
