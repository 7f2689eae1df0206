import fc from 'fast-check';
import { normalisePassword, passwordFault } from './password-rule.js';

const KNOWN = new Set(['correcthorsebatterystaple']);
const ABOUT = ['claire.dumont@ateliers-ougree.example', 'Claire Dumont', 'Ateliers Ougrée', 'maillon'];
const fault = (password: string) => passwordFault(password, KNOWN, ABOUT);

describe('a password', () => {
  it.each([
    ['une phrase assez longue', null],
    ['quatorze signes', null],
    ['14 signes, non', 'too-short'],
    ['💶💶💶💶💶💶💶', 'too-short'],
    ['Correct Horse Battery Staple', 'too-common'],
    ['aaaaaaaaaaaaaaaa', 'too-common'],
    ['azertyazertyazerty', 'too-common'],
    ['123456789012345678', 'too-common'],
    ['abcdefghijklmnopq', 'too-common'],
    ['987654321098765', 'too-common'],
    ['Claire Dumont 2026', 'about-you'],
    ['maillonateliersougrée', 'about-you'],
    ['Claire aime les longues marches', null],
    ['x'.repeat(2000), 'too-long'],
  ])('%s: %s', (password, expected) => {
    expect(fault(password)).toBe(expected);
  });

  it('may be a sentence in any script, without any kind of character being asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('mur', 'eau', 'Zug', 'brug', 'σπίτι', '家'), { minLength: 1 }),
        (words) => {
          expect([null, 'too-short', 'too-common']).toContain(fault(words.join(' ')));
        },
      ),
    );
    expect(fault('ένα πολύ μακρύ σπίτι')).toBeNull();
    expect(fault('a'.repeat(20) + 'b'.repeat(44))).toBeNull();
  });

  it('is the same however a keyboard composes it', () => {
    expect(normalisePassword('cafe\u0301')).toBe(normalisePassword('caf\u00e9'));
  });
});
