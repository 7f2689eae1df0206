import { rulesFromFiles } from '../legal-basis/index.js';
import { NO_TERMS, type PackageTerms, type TermName } from '../tenders/index.js';
import { gatesOfPackage, termsAsked, type GateWorld } from './gates-of-package.js';

const rules = rulesFromFiles();
const TODAY = '2026-11-24';
const world = (buyer: string, change: Partial<GateWorld> = {}): GateWorld => ({
  tender: { buyer: { answers: {}, facts: { buyer } }, nature: 'works', value: '600000', currency: 'EUR' },
  item: { value: '20000', currency: 'EUR', terms: NO_TERMS },
  trades: ['45442100'],
  credentials: null,
  ...change,
});
const asked = (given: GateWorld): Record<string, string> =>
  Object.fromEntries(gatesOfPackage(rules, given, TODAY).map(({ key, result }) => [key, result]));

describe('what must be in order on the site of a package', () => {
  it('is for a private buyer what social law asks whoever the buyer is', () => {
    expect(asked(world('private'))).toEqual({
      'APPROVAL-NEEDED': 'warn',
      'WORKS-DECLARATION': 'needed',
      ATTENDANCE: 'remind',
      'DEBT-CHECK': 'remind',
      'WAGE-LIABILITY': 'remind',
      'DIRECT-CLAIM': 'remind',
      'PAYMENT-B2B': 'remind',
    });
  });

  it('is more below a public contract: approval, chain, checks of subcontractors', () => {
    expect(asked(world('pep'))).toMatchObject({
      'APPROVAL-NEEDED': 'ask',
      'CHAIN-CATEGORY': 'pass',
      'CHAIN-SUB-CATEGORY': 'pass',
      'SUBCONTRACTOR-CHECK': 'remind',
    });
    expect(asked(world('public'))).not.toHaveProperty('SUBCONTRACTOR-CHECK');
    expect(asked(world('public'))).toMatchObject({ 'RGE-MIN-VALUE': 'remind' });
  });

  it('asks about asbestos by technique, and takes what the enterprise holds', () => {
    const trades = ['45262660'];
    expect(asked(world('private', { trades }))).toMatchObject({
      'ASBESTOS-DECLARATION': 'needed',
      'ASBESTOS-REMOVAL': 'ask',
    });
    expect(asked(world('private', { trades: ['45111100'] }))).toMatchObject({
      'ASBESTOS-INVENTORY': 'remind',
    });
  });

  it('warns of no missing approval where the enterprise holds one that is still valid', () => {
    const held = { kind: 'agreation', category: 'D', class: 2, technique: null, validUntil: TODAY };
    expect(asked(world('private', { credentials: [held] }))).not.toHaveProperty('APPROVAL-NEEDED');
    const past = { ...held, validUntil: '2026-11-23' };
    expect(asked(world('private', { credentials: [past] }))).toMatchObject({ 'APPROVAL-NEEDED': 'warn' });
  });

  it('takes no exemption from a site whose value nobody knows', () => {
    const unknown = { buyer: null, nature: 'works', value: null, currency: null } as const;
    const small = { value: '4000', currency: 'EUR', terms: NO_TERMS };
    expect(asked(world('private', { tender: unknown, item: small }))['WORKS-DECLARATION']).toBe('ask');
    const known = { ...unknown, value: '4000', currency: 'EUR' };
    expect(asked(world('private', { tender: known, item: small }))['WORKS-DECLARATION']).toBe('pass');
  });

  it('takes what the documents ask instead of asking a person', () => {
    const stated = (buyer: string, terms: Partial<PackageTerms>, change: Partial<GateWorld> = {}) =>
      asked(
        world(buyer, {
          item: { value: '20000', currency: 'EUR', terms: { ...NO_TERMS, ...terms } },
          ...change,
        }),
      );
    const held = (category: string, level: number) => ({
      credentials: [{ kind: 'agreation', category, class: level, technique: null, validUntil: null }],
    });
    const asks = { approval: 'D13', approvalClass: 2 };
    expect(stated('pep', asks)).toMatchObject({ 'CLASS-2': 'needed', 'CHAIN-SUB-CATEGORY': 'pass' });
    expect(stated('pep', asks)).not.toHaveProperty('CHAIN-CATEGORY');
    expect(stated('pep', asks)).not.toHaveProperty('APPROVAL-NEEDED');
    expect(stated('pep', asks, held('D13', 2))).toMatchObject({ 'CLASS-2': 'pass' });
    expect(stated('pep', asks, held('D13', 1))).toMatchObject({ 'CLASS-2': 'fail' });
    expect(stated('pep', asks, held('G3', 8))).toMatchObject({ 'CLASS-2': 'fail' });
    // Whether the main category stands for it is read on the certificate.
    expect(stated('pep', asks, held('D', 8))).toMatchObject({ 'CLASS-2': 'needed' });
    expect(stated('private', asks)).toMatchObject({ 'APPROVAL-NEEDED': 'warn' });
  });

  it('counts the levels of the chain that is stated', () => {
    const at = (chainLevel: number, approval: string) =>
      asked(
        world('pep', {
          item: { value: '20000', currency: 'EUR', terms: { ...NO_TERMS, approval, chainLevel } },
        }),
      );
    expect(at(2, 'D13')).toMatchObject({ 'CHAIN-SUB-CATEGORY': 'pass' });
    expect(at(3, 'D13')).toMatchObject({ 'CHAIN-SUB-CATEGORY': 'fail' });
    expect(at(3, 'D')).toMatchObject({ 'CHAIN-CATEGORY': 'pass' });
    expect(at(4, 'D')).toMatchObject({ 'CHAIN-CATEGORY': 'fail' });
    // Only the direct subcontractor may claim from the owner.
    expect(at(2, 'D')).not.toHaveProperty('DIRECT-CLAIM');
  });

  it('knows the technique and the term of payment that are stated', () => {
    const of = (terms: Partial<PackageTerms>, technique: string | null) =>
      asked(
        world('private', {
          item: { value: '20000', currency: 'EUR', terms: { ...NO_TERMS, ...terms } },
          trades: ['45262660'],
          credentials: [{ kind: 'asbestos', category: null, class: null, technique, validUntil: null }],
        }),
      );
    const zone = { asbestosTechnique: 'HERMETIC_ZONE' };
    expect(of(zone, 'HERMETIC_ZONE')).toMatchObject({ 'ASBESTOS-REMOVAL': 'pass' });
    expect(of(zone, 'GLOVE_BAG')).toMatchObject({ 'ASBESTOS-REMOVAL': 'fail' });
    expect(of({ asbestosTechnique: 'SIMPLE' }, null)).toMatchObject({ 'ASBESTOS-REMOVAL': 'warn' });
    expect(of({ paymentDays: 60 }, null)).toMatchObject({ 'PAYMENT-B2B': 'pass' });
    // The rule is recalled: it refuses nobody.
    expect(of({ paymentDays: 61 }, null)).toMatchObject({ 'PAYMENT-B2B': 'ask' });
  });

  it.each<[string, string[], TermName[]]>([
    ['private', ['45442100'], ['paymentDays']],
    ['private', ['45262660'], ['asbestosTechnique', 'paymentDays']],
    ['public', ['45442100'], ['approval', 'approvalClass', 'paymentDays']],
    ['pep', ['45442100'], ['approval', 'approvalClass', 'chainLevel', 'paymentDays']],
  ])('asks under a %s buyer about %j only what the law needs', (buyer, trades, expected) => {
    expect(termsAsked(rules, world(buyer, { trades }), TODAY)).toEqual(expected);
  });

  it('gives the figures of the rule and how sure it is', () => {
    const [payment] = gatesOfPackage(rules, world('private'), TODAY).filter(
      ({ key }) => key === 'PAYMENT-B2B',
    );
    expect(payment).toMatchObject({ confidence: 'recalled', values: { default_days: 30, max_days: 60 } });
  });
});
