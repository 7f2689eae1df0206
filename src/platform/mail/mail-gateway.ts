import type { Tx } from '../db/index.js';
import { composeMail } from './compose-mail.js';
import type { Mail } from './mail.js';
import { storeMail } from './outbox.repository.js';
import { answerOf, SmtpConnections, type Progress } from './smtp-connections.js';

/**
 * What became of a mail given to a server.
 * `handed`: taken. `deferred`: not now. `rejected`: never; `addressRefused` when the address itself is the reason.
 * `unreachable`: no mail would pass at the moment. `unknown`: given whole, but no answer came.
 */
export interface Handover {
  readonly outcome: 'handed' | 'deferred' | 'rejected' | 'unreachable' | 'unknown';
  readonly addressRefused: boolean;
  readonly detail: string;
}

/** The one way out for mails: to a server, or into the built-in outbox. Injected by its class. */
export abstract class MailGateway {
  /** Closes what it keeps open. */
  abstract close(): void;
}

/** Without a mail server, a mail goes where the outbox page shows it, in the transaction that says it left. */
export class OutboxGateway extends MailGateway {
  constructor(private readonly from: string) {
    super();
  }

  async store(tx: Tx, mail: Mail, sentAt: Date): Promise<void> {
    await storeMail(tx, mail, await composeMail(mail, this.from), sentAt);
  }

  close(): void {
    // keeps nothing open
  }
}

/** Gives mails to an SMTP server. */
export class SmtpGateway extends MailGateway {
  private readonly connections: SmtpConnections;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.connections = new SmtpConnections(url);
  }

  /** Never throws: what happened is the answer. */
  async send(mail: Mail): Promise<Handover> {
    const progress: Progress = { began: false, givenWhole: false };
    try {
      const composed = await composeMail(mail, this.from);
      return handover('handed', await this.connections.give(composed, progress));
    } catch (error) {
      return whatWentWrong(error, progress);
    }
  }

  close(): void {
    this.connections.close();
  }
}

const SERVICE_CLOSING = 421;
const MAILBOX_FULL = /\b5\.2\.2\b/;

/** @source RFC 5321, section 4.2.1; RFC 3463 for the enhanced codes */
export function whatWentWrong(error: unknown, progress: Progress): Handover {
  const detail = error instanceof Error ? error.message : String(error);
  const answer = answerOf(error);
  const command = (error as { command?: unknown } | null)?.command;
  if (answer === null) return handover(progress.givenWhole ? 'unknown' : 'unreachable', detail);
  // A server that refuses us, or our sender, refuses every mail: that is ours to mend, not the recipient's fault.
  const refusesUs = command !== 'RCPT TO' && command !== 'DATA';
  if (refusesUs || answer === SERVICE_CLOSING) return handover('unreachable', detail);
  if (answer < 500 || MAILBOX_FULL.test(detail)) return handover('deferred', detail);
  return { outcome: 'rejected', addressRefused: command === 'RCPT TO', detail: short(detail) };
}

function handover(outcome: Handover['outcome'], detail: string): Handover {
  return { outcome, addressRefused: false, detail: short(detail) };
}

function short(detail: string): string {
  return detail.replace(/\s+/g, ' ').slice(0, 300);
}
