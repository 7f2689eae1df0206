import fc from 'fast-check';
import { createLogger, NestLogger } from './index.js';

function catchLines(): { lines: string[]; logger: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  return { lines, logger: createLogger('trace', { write: (line: string) => lines.push(line) }) };
}

const EMAIL = 'canary.person+mail@kanarie-post.example';
const TOKEN = 'kA9_canary-Token-0123456789abcdefGHIJKLMNOP';
const TEXT = 'canary-of-a-private-tender';

describe('the log', () => {
  it('is one JSON object per line, with level, time and message', () => {
    const { lines, logger } = catchLines();
    logger.child({ requestId: 'r-1' }).info({ route: 'GET /' }, 'answered');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      requestId: 'r-1',
      route: 'GET /',
      msg: 'answered',
    });
  });

  it.each([
    ['an address in a sentence', { msg: `no such account ${EMAIL}.` }],
    ['an address after a line break', { msg: `to:\n${EMAIL}\n` }],
    ['an address in a URL', { url: `/reset/${encodeURIComponent(EMAIL)}` }],
    ['an address deep inside', { job: { payload: [{ to: { address: EMAIL } }] } }],
    ['an address as a key', { sent: { [EMAIL]: true } }],
    ['a token in a link', { msg: `GET /answer/${TOKEN} 200` }],
    ['a token in a header', { headers: { authorization: `Bearer ${TOKEN}` } }],
    ['a token in a sentence', { msg: `bearer ${TOKEN} refused` }],
    ['a cookie', { headers: { cookie: ['sid=canary'] } }],
    ['a password', { form: { newPassword: 'canary' } }],
    ['a query string', { url: '/search?q=canary+words&page=2' }],
    ['a query string in a sentence', { msg: 'GET https://maillon.example/search?canary failed' }],
    ['a parsed query', { query: { q: 'canary' } }],
    ['a database address', { msg: 'cannot reach postgres://owner:canary@db.example:5432/maillon' }],
    ['a national number', { msg: 'registered as 85.07.30-canary'.replace('canary', '033.28') }],
  ])('hides %s', (_what, fields) => {
    const { lines, logger } = catchLines();
    logger.warn(fields);
    const line = lines.join('');
    for (const canary of ['canary', EMAIL, TOKEN, '033.28']) expect(line).not.toContain(canary);
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('tells an error with its cause and SQLSTATE, but not the statement or its values', () => {
    const { lines, logger } = catchLines();
    const driver = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'person_email_key',
      detail: `Key (email)=(${EMAIL}) already exists.`,
    });
    // What TypeORM throws carries the statement and its values along.
    const failed = Object.assign(new Error(driver.message), {
      query: 'INSERT INTO tender VALUES ($1)',
      parameters: [TEXT, EMAIL],
      driverError: driver,
    });
    logger.error({ error: new Error('cannot publish', { cause: failed }) }, 'failed');
    logger.error(failed);
    const line = lines.join('');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      error: { message: 'cannot publish', cause: { code: '23505', constraint: 'person_email_key' } },
    });
    for (const canary of [TEXT, EMAIL, 'INSERT INTO']) expect(line).not.toContain(canary);
  });

  it('keeps what an operator needs', () => {
    const { lines, logger } = catchLines();
    const kept = {
      tenderId: '01890a5d-ac96-774b-bcce-b302099a8057',
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      path: '/api/v1/tenders/01890a5d-ac96-774b-bcce-b302099a8057/packages',
      on: '2026-11-24',
      count: 3,
      file: 'file:///srv/maillon/dist/src/platform/http/problem.filter.js:71:9',
    };
    logger.info(kept);
    expect(JSON.parse(lines[0]!)).toMatchObject(kept);
  });

  it('is always JSON, whatever is logged, and never shows an address', () => {
    const { lines, logger } = catchLines();
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), fc.json(), (address, text, json) => {
        lines.length = 0;
        logger.info(
          { text: `${text} <${address}>`, json: JSON.parse(json) as unknown },
          `${address} ${text}`,
        );
        const line = lines.join('');
        JSON.parse(line);
        const [local, domain] = address.split('@') as [string, string];
        expect(line.includes(`${local}@${domain}`)).toBe(false);
      }),
    );
  });
});

describe('what Nest says', () => {
  it('goes through our logger with its context', () => {
    const { lines, logger } = catchLines();
    const nest = new NestLogger(logger);
    nest.log('started', 'Mailer');
    nest.log('Mapped {/, GET} route', 'RouterExplorer');
    nest.error('failed', 'Error: failed\n  at x', 'Router');
    nest.error(new Error('broken'), 'Router');
    nest.warn({ requestId: 'r-1', status: 503 }, 'http');
    const said = lines.map((line) => JSON.parse(line) as object);
    expect(said).toMatchObject([
      { level: 'info', msg: 'started', context: 'Mailer' },
      { level: 'debug', context: 'RouterExplorer' },
      { level: 'error', msg: 'failed', context: 'Router', stack: expect.stringContaining('at x') },
      { level: 'error', msg: 'broken', context: 'Router', err: { message: 'broken' } },
      { level: 'warn', requestId: 'r-1', status: 503, context: 'http' },
    ]);
  });
});
