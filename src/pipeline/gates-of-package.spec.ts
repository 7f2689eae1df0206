import { rulesFromFiles } from '../legal-basis/index.js';
import { gatesOfPackage, type GateWorld } from './gates-of-package.js';

const rules = rulesFromFiles();
const TODAY = '2026-11-24';
const world = (buyer: string, change: Partial<GateWorld> = {}): GateWorld => ({
  tender: { buyer: { answers: {}, facts: { buyer } }, nature: 'works', value: '600000', currency: 'EUR' },
  item: { value: '20000', currency: 'EUR' },
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
    const small = { value: '4000', currency: 'EUR' };
    expect(asked(world('private', { tender: unknown, item: small }))['WORKS-DECLARATION']).toBe('ask');
    const known = { ...unknown, value: '4000', currency: 'EUR' };
    expect(asked(world('private', { tender: known, item: small }))['WORKS-DECLARATION']).toBe('pass');
  });

  it('gives the figures of the rule and how sure it is', () => {
    const [payment] = gatesOfPackage(rules, world('private'), TODAY).filter(
      ({ key }) => key === 'PAYMENT-B2B',
    );
    expect(payment).toMatchObject({ confidence: 'recalled', values: { default_days: 30, max_days: 60 } });
  });
});
