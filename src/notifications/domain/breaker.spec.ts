import { Breaker } from './breaker.js';

const fail = (breaker: Breaker, times: number, at = 0): void => {
  for (let i = 0; i < times; i += 1) breaker.failed(at);
};

describe('the breaker', () => {
  it('opens at the fifth failure in a row, not before', () => {
    const breaker = new Breaker();
    fail(breaker, 4);
    expect(breaker.allowance(0, 8)).toBe(8);
    fail(breaker, 1);
    expect(breaker.allowance(0, 8)).toBe(0);
  });

  it('is not impressed by failures with successes between them', () => {
    const breaker = new Breaker();
    for (let i = 0; i < 20; i += 1) {
      fail(breaker, 4);
      breaker.passed();
    }
    expect(breaker.allowance(0, 8)).toBe(8);
  });

  it('lets one mail through after the pause, and waits for its outcome', () => {
    const breaker = new Breaker();
    fail(breaker, 5);
    expect(breaker.allowance(4_999, 8)).toBe(0);
    expect(breaker.allowance(5_000, 8)).toBe(1);
    breaker.began();
    expect(breaker.allowance(5_001, 8)).toBe(0);
    breaker.passed();
    expect(breaker.allowance(5_002, 8)).toBe(8);
  });

  it('waits twice as long after each try that fails, two minutes at most', () => {
    const breaker = new Breaker();
    fail(breaker, 5);
    breaker.failed(5_000);
    expect(breaker.allowance(14_999, 8)).toBe(0);
    expect(breaker.allowance(15_000, 8)).toBe(1);
    fail(breaker, 20, 20_000);
    expect(breaker.allowance(139_999, 8)).toBe(0);
    expect(breaker.allowance(140_000, 8)).toBe(1);
  });

  it('tries another mail when the one let through was not sent after all', () => {
    const breaker = new Breaker();
    fail(breaker, 5);
    breaker.began();
    breaker.saidNothing();
    expect(breaker.allowance(5_000, 8)).toBe(1);
  });
});
