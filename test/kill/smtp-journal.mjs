// A mail server of its own process: it writes what it takes into its journal before it answers. Usage: FILE
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const journal = process.argv[2];
const header = (source, name) => new RegExp(`^${name}: (.*?)\\r?$`, 'im').exec(source)?.[1] ?? '';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, session, answer) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const source = Buffer.concat(chunks).toString('utf8');
      const taken = {
        to: session.envelope.rcptTo[0].address,
        messageId: header(source, 'Message-ID'),
        requestId: header(source, 'X-Maillon-Request-ID'),
      };
      appendFileSync(journal, `${JSON.stringify(taken)}\n`);
      answer(null);
    });
    // A sender that died in the middle of its message: nothing was taken.
    stream.on('error', () => undefined);
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));
