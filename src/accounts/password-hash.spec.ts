import { hashPassword, isOutdated, verifyPassword } from './password-hash.js';

describe('a stored password', () => {
  it('names its parameters and opens with the password alone', async () => {
    const stored = await hashPassword('une phrase assez longue');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await verifyPassword('une phrase assez longue', stored)).toBe(true);
    expect(await verifyPassword('une phrase assez longu', stored)).toBe(false);
    expect(
      await verifyPassword(
        'caf\u00e9 caf\u00e9 caf\u00e9',
        await hashPassword('cafe\u0301 cafe\u0301 cafe\u0301'),
      ),
    ).toBe(true);
  });

  it('is salted', async () => {
    expect(await hashPassword('une phrase assez longue')).not.toBe(
      await hashPassword('une phrase assez longue'),
    );
  });

  it('is checked against nobody with the same work and never opens', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
  });

  it('opens under the parameters it was made with, which may be old', async () => {
    const older = (await hashPassword('x')).replace('t=2', 't=1');
    expect(isOutdated(older)).toBe(true);
    expect(isOutdated(await hashPassword('x'))).toBe(false);
    expect(await verifyPassword('x', older)).toBe(false);
  });

  it('is refused, not queued for ever, when too many come at once', async () => {
    const many = Array.from({ length: 60 }, () =>
      verifyPassword('x', null).catch((error: Error) => error.message),
    );
    const outcomes = await Promise.all(many);
    expect(outcomes.filter((outcome) => outcome === 'too-busy')).toHaveLength(28);
    expect(await verifyPassword('x', null)).toBe(false);
  });
});
