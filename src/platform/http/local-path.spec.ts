import fc from 'fast-check';
import { localPath } from './local-path.js';

describe('where to go next', () => {
  it.each([
    ['/contractor/tenders?page=2', '/contractor/tenders?page=2'],
    ['/a/../b', '/b'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['/x\\..\\y', '/'],
    ['/.//evil.example', '/'],
    ['/a/..//evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\tb', '/'],
    ['/a\r\nset-cookie: x', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/a'], '/'],
  ])('%p is %s', (wanted, expected) => {
    expect(localPath(wanted)).toBe(expected);
  });

  it('is here, whatever was asked', () => {
    const nasty = fc.array(fc.constantFrom('/', '\\', '.', '@', ':', 'e', '%2f', '\t', '?', '#', 'http:'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(nasty, (parts) => {
        const url = new URL(localPath(`/${parts.join('')}`), 'http://here.example');
        expect(url.host).toBe('here.example');
      }),
      { numRuns: 2000 },
    );
  });
});
