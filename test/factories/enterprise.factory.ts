import type { Activity, Approval, Enterprise } from '../../src/registry/domain/index.js';

/** A valid activity: wall painting, works on site, 40 km around, up to 150 000 EUR. */
export function anActivity(overrides: Partial<Activity> = {}): Activity {
  return {
    trades: ['45442100'],
    modes: ['works-or-service'],
    zone: { type: 'radius', km: 40, areas: [] },
    capacity: {
      minValue: '1000.00',
      maxValue: '150000.00',
      hoursPerWeek: 300,
      from: null,
      partialScope: true,
    },
    ...overrides,
  };
}

export function anApproval(overrides: Partial<Approval> = {}): Approval {
  return {
    kind: 'WAL_EI',
    validFrom: '2024-01-01',
    validUntil: '2028-12-31',
    state: 'verified',
    authority: 'Région wallonne',
    reference: null,
    ...overrides,
  };
}

/** A valid insertion enterprise in Seraing that paints. */
export function anEnterprise(overrides: Partial<Enterprise> = {}): Enterprise {
  return {
    id: 'e1',
    name: 'Atelier des Couleurs',
    kind: 'WAL_EI',
    active: true,
    delisted: false,
    contactEmail: 'contact@example.org',
    approvals: [anApproval()],
    ratios: [],
    location: { country: 'BE', postalCode: '4100', nis: '62096', lat: 50.5986, lon: 5.5079, address: null },
    activities: [anActivity()],
    credentials: [],
    openToTeams: true,
    members: [],
    mainAimIntegration: true,
    art59: null,
    statutes: null,
    ...overrides,
  };
}
