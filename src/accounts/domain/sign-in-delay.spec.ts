import fc from 'fast-check';
import { FOR_ADDRESS, FOR_NETWORK, waitMs } from './sign-in-delay.js';

const NOW = new Date('2026-11-24T10:00:00Z');

describe('slowing down', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1000],
    [6, 2000],
    [10, 32_000],
    [11, 60_000],
    [1000, 60_000],
  ])('after %d tries asks to wait %d ms', (tries, expected) => {
    expect(waitMs(tries, NOW, NOW, FOR_ADDRESS)).toBe(expected);
  });

  it('grows with tries, shrinks with time, and ends', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(120_000), (tries, laterMs) => {
        const later = new Date(NOW.getTime() + laterMs);
        const wait = waitMs(tries, NOW, later, FOR_ADDRESS);
        expect(wait).toBeLessThanOrEqual(waitMs(tries + 1, NOW, later, FOR_ADDRESS));
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait > 0 && laterMs >= FOR_ADDRESS.ceilingMs).toBe(false);
        expect(waitMs(tries, NOW, later, FOR_NETWORK)).toBeLessThanOrEqual(wait);
      }),
    );
  });

  it('never makes a first try wait', () => {
    expect(waitMs(0, null, NOW, FOR_ADDRESS)).toBe(0);
  });
});
