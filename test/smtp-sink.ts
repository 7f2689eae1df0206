import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly source: string;
}

/** A mail server that keeps what it takes, and misbehaves when a test asks. */
export interface SmtpSink {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** Set to make the server refuse or fall silent at a step. */
  misbehave: Misbehaviour;
  stop(): Promise<void>;
}

interface Misbehaviour {
  sender?: Error;
  recipient?: Error;
  /** Decides when the whole message is there: an error is an answer, `silent` closes the line without one. */
  message?: Error | 'silent' | 'taken-but-silent';
}

/** What a mail server answers with. */
export function smtpError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const sink = { received: [] as ReceivedMail[], misbehave: {} as Misbehaviour };
  const lines = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onMailFrom: (_address, _session, answer) => answer(sink.misbehave.sender ?? null),
    onRcptTo: (_address, _session, answer) => answer(sink.misbehave.recipient ?? null),
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { message } = sink.misbehave;
        const mail = {
          to: session.envelope.rcptTo[0]?.address ?? '',
          source: Buffer.concat(chunks).toString('utf8'),
        };
        if (message === undefined || message === 'taken-but-silent') sink.received.push(mail);
        if (typeof message === 'string') return lines.forEach((line) => line.destroy());
        return answer(message ?? null);
      });
    },
  } satisfies SMTPServerOptions);
  server.on('error', () => undefined);
  server.server.on('connection', (line: Socket) => lines.add(line));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
