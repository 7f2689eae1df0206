import { rulesFromFiles } from '../legal-basis/index.js';
import { ROLES } from '../kernel/index.js';
import { readSample } from './sample.js';

describe('the sample basin', () => {
  const kinds = rulesFromFiles().kinds;
  const sample = readSample((kind) => kinds.has(kind));

  it('has nine enterprises, three contractors, and a person for each role', () => {
    const count = (role: string): number => sample.organisations.filter((one) => one.role === role).length;
    expect(ROLES.map((role) => [role, count(role)])).toEqual([
      ['contractor', 3],
      ['enterprise', 9],
      ['working-group', 1],
      ['administrator', 1],
    ]);
    expect(sample.enterprises).toHaveLength(9);
    expect(sample.organisations.every(({ people }) => people.length > 0)).toBe(true);
  });

  it('writes only to reserved addresses, each once', () => {
    const emails = sample.organisations.flatMap(({ people }) => people.map(({ email }) => email));
    expect(emails.filter((email) => !email.endsWith('@example.org'))).toEqual([]);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('speaks French, Dutch and German', () => {
    expect(new Set(sample.organisations.map(({ language }) => language))).toEqual(
      new Set(['fr', 'nl', 'de']),
    );
  });
});
