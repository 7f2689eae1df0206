import fc from 'fast-check';
import { MAIL_LISTS } from './domain/index.js';
import { readStopToken, stopToken } from './stop-token.js';

const SECRET = 'a secret of thirty-two characters';
const wish = fc.record({ personId: fc.uuid(), list: fc.constantFrom(...MAIL_LISTS) });

describe('the token that stops a mail list', () => {
  it('says whom and what it was signed for', () => {
    fc.assert(
      fc.property(wish, (asked) => {
        const token = stopToken(asked, SECRET);
        expect(token).toHaveLength(44);
        expect(readStopToken(token, SECRET)).toEqual(asked);
      }),
    );
  });

  it('is refused when anything in it was changed, or another secret signed it', () => {
    fc.assert(
      fc.property(wish, fc.nat({ max: 32 }), fc.integer({ min: 1, max: 255 }), (asked, at, change) => {
        const token = stopToken(asked, SECRET);
        const forged = Buffer.from(token, 'base64url');
        forged[at] = forged[at]! ^ change;
        expect(readStopToken(forged.toString('base64url'), SECRET)).toBeNull();
        expect(readStopToken(token, `${SECRET}!`)).toBeNull();
      }),
    );
  });

  it('is refused for any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readStopToken(text, SECRET)).toBeNull()));
  });
});
