import { assertPolicyCovers, PolicyMismatch, type Policy } from './policy.js';

const policy: Policy = {
  'GET /a': { allow: 'anyone' },
  'POST /a/:id': { allow: ['contractor'] },
};

describe('the policy', () => {
  it('is content when each live route has a row and each row a live route', () => {
    expect(() => assertPolicyCovers(policy, ['GET /a', 'POST /a/:id', 'OPTIONS /a'])).not.toThrow();
  });

  it.each([
    ['a route nobody thought of', ['GET /a', 'POST /a/:id', 'GET /b'], ['GET /b'], []],
    ['a row whose route is gone', ['GET /a'], [], ['POST /a/:id']],
    ['another method', ['GET /a', 'POST /a/:id', 'DELETE /a'], ['DELETE /a'], []],
    ['a name every object has', ['GET /a', 'POST /a/:id', 'constructor'], ['constructor'], []],
  ])('keeps the service from starting for %s', (_, routes, withoutPolicy, withoutRoute) => {
    const refused = (() => {
      try {
        assertPolicyCovers(policy, routes);
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(PolicyMismatch);
    expect(refused).toMatchObject({ withoutPolicy, withoutRoute });
  });
});
