import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import { failPoint } from '../fail-points/index.js';
import type { ComposedMail } from './mail.js';

type Options = ConstructorParameters<typeof SMTPConnection>[0];

/** How far a mail got before the server answered, or fell silent. */
export interface Progress {
  /** The server asked for the message. */
  began: boolean;
  /** All of the message was given: without an answer, nobody knows whether it was taken. */
  givenWhole: boolean;
}

const TIMEOUTS = {
  dnsTimeout: 5000,
  connectionTimeout: 5000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};
const IDLE_MS = 10_000;
const MOST_IDLE = 4;
const MAILS_PER_CONNECTION = 100;

/**
 * Connections to the mail server, kept for a moment between mails. Unlike nodemailer's own pool this one never
 * sends a mail again by itself: whether it may be sent again is for the ledger to say.
 */
export class SmtpConnections {
  private readonly options: Options;
  private readonly idle = new Map<SMTPConnection, NodeJS.Timeout>();
  private readonly sent = new WeakMap<SMTPConnection, number>();

  constructor(url: string) {
    this.options = { ...TIMEOUTS, ...parseConnectionUrl(url) } as Options;
  }

  /** Gives one mail. @returns the server's last word @throws its refusal, or that it could not be reached */
  async give(mail: ComposedMail, progress: Progress): Promise<string> {
    const kept = this.takeIdle();
    if (kept) {
      try {
        return await this.giveOver(kept, mail, progress);
      } catch (error) {
        // The server may have left while we kept the line open; nothing was said yet, so begin afresh.
        if (progress.began || hasAnswer(error)) throw error;
      }
    }
    await failPoint('connect.before');
    const fresh = await this.open();
    await failPoint('connect.after');
    return this.giveOver(fresh, mail, progress);
  }

  close(): void {
    for (const [connection, timer] of this.idle) {
      clearTimeout(timer);
      connection.close();
    }
    this.idle.clear();
  }

  private async giveOver(
    connection: SMTPConnection,
    mail: ComposedMail,
    progress: Progress,
  ): Promise<string> {
    try {
      const answer = await send(connection, mail, progress);
      this.keep(connection);
      return answer;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private takeIdle(): SMTPConnection | null {
    const [next] = this.idle;
    if (!next) return null;
    clearTimeout(next[1]);
    this.idle.delete(next[0]);
    return next[0];
  }

  private keep(connection: SMTPConnection): void {
    const mails = (this.sent.get(connection) ?? 0) + 1;
    this.sent.set(connection, mails);
    if (mails >= MAILS_PER_CONNECTION || this.idle.size >= MOST_IDLE) return connection.quit();
    const timer = setTimeout(() => {
      this.idle.delete(connection);
      connection.quit();
    }, IDLE_MS).unref();
    this.idle.set(connection, timer);
  }

  private async open(): Promise<SMTPConnection> {
    const connection = new SMTPConnection(this.options);
    const gone = (): void => {
      clearTimeout(this.idle.get(connection));
      this.idle.delete(connection);
    };
    connection.on('end', gone);
    await new Promise<void>((resolve, reject) => {
      connection.on('error', (error: Error) => {
        gone();
        reject(error);
      });
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    const { auth } = this.options as { auth?: Parameters<SMTPConnection['login']>[0] };
    if (auth && connection.allowsAuth) {
      await new Promise<void>((resolve, reject) => {
        connection.login(auth, (error) => (error ? reject(error) : resolve()));
      });
    }
    return connection;
  }
}

function send(connection: SMTPConnection, mail: ComposedMail, progress: Progress): Promise<string> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(new Error('the mail server closed the connection'));
    connection.once('end', onEnd);
    connection.send(mail.envelope, Readable.from(pieces(mail.source, progress)), (error, info) => {
      connection.off('end', onEnd);
      if (error) reject(error);
      else resolve(info?.response ?? '');
    });
  });
}

/** Read only once the server has asked for the message, so `progress` tells the truth. */
async function* pieces(source: string, progress: Progress): AsyncGenerator<Buffer> {
  progress.began = true;
  yield Buffer.from(source, 'utf8');
  await failPoint('request.before-end');
  progress.givenWhole = true;
}

/** The status the server answered with, or null when it said nothing. */
export function answerOf(error: unknown): number | null {
  const code = (error as { responseCode?: unknown } | null)?.responseCode;
  return typeof code === 'number' && code >= 400 ? code : null;
}

function hasAnswer(error: unknown): boolean {
  return answerOf(error) !== null;
}
