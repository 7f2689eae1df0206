import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, systemActor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/db/index.js';
import { Messages } from '../platform/i18n/index.js';
import {
  layOutHtml,
  layOutText,
  MailGateway,
  OutboxGateway,
  SmtpGateway,
  type Mail,
} from '../platform/mail/index.js';
import { Jobs, type LongJob } from '../platform/queue/index.js';
import { CONFIG } from '../platform/tokens.js';
import { invitationToMail } from './invitation.repository.js';
import { resetById } from './password-reset.repository.js';
import { erasureToMail } from './personal-data.repository.js';
import { registrationById } from './registration.repository.js';
import { linkToken } from './tokens.js';
import { writeAccountMail, type AccountMail } from './write-account-mail.js';

/** A link to send: which kind, and the row it is about. */
export type LinkToSend = { readonly kind: keyof typeof ABOUT; readonly id: string };

const ABOUT = {
  invitation: invitationToMail,
  password: resetById,
  registration: registrationById,
  erasure: erasureToMail,
} as const;
/** Where the link leads; of those that open by themselves, before their token. */
const PATHS = { invitation: 'invitation', password: 'password', registration: 'register' } as const;
const ERASURE_PATH = 'account/erasure';

const MAIL_JOB = 'accounts.mail';

/**
 * Mails that carry a link into an account. They leave by a job that commits with the row their link opens, and are
 * written when they leave: a link that no longer opens is not sent. The same bytes under the same Message-ID each time.
 */
@Injectable()
export class AccountMails implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly gateway: MailGateway,
    private readonly messages: Messages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.workLong<LinkToSend>(MAIL_JOB, (job) => this.send(job));
  }

  /** In the transaction that made the row. */
  async ask(tx: Tx, link: LinkToSend): Promise<void> {
    await this.jobs.add(tx, MAIL_JOB, link, { key: link.id });
  }

  private async send(job: LongJob<LinkToSend>): Promise<void> {
    const { payload, requestId } = job;
    const system: Actor = systemActor(requestId);
    const about = await this.database.transaction(system, (tx) => this.about(tx, payload));
    const mail = about && this.compose(payload, about, requestId);
    if (mail && this.gateway instanceof SmtpGateway) {
      const { outcome, detail } = await this.gateway.send(mail);
      // Not now, or nobody knows: the job comes again. A refusal for good is the end of it.
      if (outcome !== 'handed' && outcome !== 'rejected') throw new Error(`the mail has not left: ${detail}`);
    }
    await this.database.transaction(system, async (tx) => {
      if (mail && this.gateway instanceof OutboxGateway) await this.gateway.store(tx, mail, this.clock.now());
      await job.finish(tx);
    });
  }

  private about(tx: Tx, { kind, id }: LinkToSend): Promise<AccountMail | null> {
    return ABOUT[kind](tx, id, this.clock.now());
  }

  private compose({ kind, id }: LinkToSend, about: AccountMail, requestId: string): Mail {
    const { publicUrl, secret, mailFrom } = this.config;
    const path = kind === 'erasure' ? ERASURE_PATH : `${PATHS[kind]}/${linkToken(secret, kind, id)}`;
    const document = writeAccountMail(this.messages, kind, about, `${publicUrl}/${path}`);
    const domain = new URL(publicUrl).hostname;
    return {
      id,
      organisationId: about.organisationId,
      requestId,
      messageId: `<${id}@${/@([^\s<>@]+)>?\s*$/.exec(mailFrom)?.[1] ?? domain}>`,
      date: about.askedAt,
      to: { name: about.name, address: about.email },
      subject: document.subject,
      html: layOutHtml(document),
      text: layOutText(document),
      listId: `account.${domain}`,
      unsubscribeUrl: null,
    };
  }
}
