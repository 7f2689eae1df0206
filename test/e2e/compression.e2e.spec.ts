import { request as httpRequest } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

describe('what goes over the line', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  const bytesOf = (path: string, encoding: string): Promise<{ encoding: string | undefined; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const asked = httpRequest(
        service.url + path,
        { headers: { 'accept-encoding': encoding } },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('end', () =>
            resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(pieces) }),
          );
        },
      );
      asked.on('error', reject).end();
    });

  it('is small for who can read it so, and the same', async () => {
    const [plain, small] = [await bytesOf('/law', 'identity'), await bytesOf('/law', 'br')];
    expect([plain.encoding, small.encoding]).toEqual([undefined, 'br']);
    expect(small.body.byteLength).toBeLessThan(plain.body.byteLength / 3);
    const withoutRequest = (page: Buffer): string => page.toString().replaceAll(/[0-9a-f-]{36}/g, '');
    expect(withoutRequest(brotliDecompressSync(small.body))).toBe(withoutRequest(plain.body));
  });

  it('says no secret twice in the same letters, and each is taken', async () => {
    const tokenOf = async (): Promise<string> =>
      /name="_token" value="([^"]+)"/.exec(
        (await contractor.browser.get('/contractor/tenders/new')).text,
      )![1]!;
    const [one, other] = [await tokenOf(), await tokenOf()];
    expect(one).not.toBe(other);
    expect(one).not.toContain(contractor.formToken);
    // Nothing was asked for that could be taken back: whoever is let in reads that it is not there.
    const send = async (_token: string): Promise<number> =>
      (await contractor.browser.post('/account/erasure/withdrawal').type('form').send({ _token })).status;
    for (const token of [one, other, contractor.formToken])
      expect([token, await send(token)]).toEqual([token, 404]);
    const changed = one.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const token of [changed, `${one}.`, '.', 'a.b', ''])
      expect([token, await send(token)]).toEqual([token, 403]);
  });
});
