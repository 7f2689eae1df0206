import { addDays, compareDecimals, cpvCovers, type Cpv, type Decimal } from '../../kernel/index.js';
import {
  distanceKm,
  parsePoint,
  type Activity,
  type Enterprise,
  type Site,
} from '../../registry/domain/index.js';
import { weeksOfWork } from './criteria/capacity.js';
import { hoursTaken } from './criteria/load.js';
import { credentialsAsked, describeCredential, holdingOf } from './criteria/credentials.js';
import { monthsOf } from './criteria/season.js';
import { tradeCriterion } from './criteria/trade.js';
import { candidateOf, type Evaluation } from './evaluate-enterprise.js';
import type { Because, ChangeableBy, CriterionKey, MatchQuestion } from './criterion.js';
import type { PackageToMatch } from './package-to-match.js';

/** One change, found by putting the changed enterprise or package to the same criteria again. */
export interface Change {
  /** `change.<code>` in the message catalogue. */
  readonly because: Because;
  readonly changeableBy: Exclude<ChangeableBy, 'nobody'>;
}

/** What makes a near miss a match. */
export interface SmallestChange extends Change {
  /** Needed as well: neither of the two is enough alone. */
  readonly and?: Change;
}

/** Past these a miss is not near any more. */
export const NEAR_MISS_LIMITS = {
  /** Kilometres beyond the radius, or from the enterprise to a site outside its areas. */
  extraKm: 25,
  areaKm: 40,
  /** Times the declared largest value or weekly hours. */
  sizeFactor: 2,
  /** Days between the start asked and the first free day. */
  days: 62,
  /** Days since an approval expired. */
  expiredDays: 366,
} as const;

export interface Hypothesis {
  readonly enterprise?: Enterprise;
  readonly package?: PackageToMatch;
  readonly change: Change;
  /** Of two changes of one sort the smaller is told. */
  readonly size: number;
}

/** What might help against one failed criterion; whether it does is for the criteria to say again. */
export type Proposer = (
  question: MatchQuestion,
  enterprise: Enterprise,
  miss: Evaluation,
) => readonly Hypothesis[];

function withActivities(enterprise: Enterprise, change: (activity: Activity) => Activity): Enterprise {
  return {
    ...enterprise,
    activities: enterprise.activities.map(change),
    members: enterprise.members.map((member) => ({ ...member, activities: member.activities.map(change) })),
  };
}

function byEnterprise(enterprise: Enterprise, code: string, params: Because['params'], size = 0): Hypothesis {
  return { enterprise, change: { because: { code, params }, changeableBy: 'enterprise' }, size };
}

function byContractor(asked: PackageToMatch, code: string, params: Because['params'], size = 0): Hypothesis {
  return { package: asked, change: { because: { code, params }, changeableBy: 'contractor' }, size };
}

function farthest(site: Site, from: { lat: number; lon: number }): number {
  return Math.max(0, ...site.extent.points.map((at) => distanceKm(from, at)));
}

/** The municipality or postal code to add to the areas so that the site is served. */
function areaKeyOf(site: Site): string {
  const area =
    site.keys.find((key) => key.startsWith('nis:')) ?? site.keys.find((key) => parsePoint(key) === null);
  if (area) return area;
  const nis = [...(site.extent.atoms ?? [])][0]?.split('/')[0];
  return nis ? `nis:${nis}` : `nuts:${site.extent.nuts}`;
}

const zone: Proposer = (question, enterprise) => [
  ...wishes(question, enterprise),
  ...widerRadius(question, enterprise),
  ...moreAreas(question, enterprise),
  ...acrossTheBorder(question, enterprise),
];

/** What the contractor wishes about distance, and about who serves a country. */
function wishes(question: MatchQuestion, enterprise: Enterprise): readonly Hypothesis[] {
  const { place } = question.package;
  const { point } = candidateOf(enterprise, question);
  const proposals: Hypothesis[] = [];
  const centre =
    place.enterprisesWithin && parsePoint(`geo:${place.enterprisesWithin.geo.replace(/^geo:/, '')}`);
  if (point && centre && place.enterprisesWithin) {
    const km = Math.ceil(distanceKm(point, centre));
    const by = km - place.enterprisesWithin.km;
    if (by > 0 && by <= NEAR_MISS_LIMITS.extraKm) {
      const within = { ...place.enterprisesWithin, km };
      const changed = { ...question.package, place: { ...place, enterprisesWithin: within } };
      proposals.push(byContractor(changed, 'zone.wider-search', { km, by }, by));
    }
  }
  if (place.countryWideEnterprises !== 'include') {
    const changed = { ...question.package, place: { ...place, countryWideEnterprises: 'include' as const } };
    proposals.push(byContractor(changed, `zone.country-wide-${place.countryWideEnterprises}`, {}));
  }
  return proposals;
}

/** As far as the nearest place of the work, which may be a part of it, and as far as all of them. */
function widerRadius(question: MatchQuestion, enterprise: Enterprise): readonly Hypothesis[] {
  const { point, distanceKm: nearest } = candidateOf(enterprise, question);
  if (!point || nearest === null) return [];
  const reach = Math.max(...question.sites.map((site) => farthest(site, point)));
  const radius = Math.max(0, ...enterprise.activities.map((activity) => activity.zone.km ?? 0));
  return [...new Set([Math.ceil(nearest), Math.ceil(reach)])]
    .filter((km) => radius > 0 && km > radius && km <= radius + NEAR_MISS_LIMITS.extraKm)
    .map((km) => {
      const wider = withActivities(enterprise, (activity) =>
        activity.zone.type === 'radius' ? { ...activity, zone: { ...activity.zone, km } } : activity,
      );
      return byEnterprise(wider, 'zone.wider-radius', { km, by: km - radius }, km - radius);
    });
}

/** The nearest of the places, and all of them, as far as is near. */
function nearestSites(
  question: MatchQuestion,
  enterprise: Enterprise,
  isMeant: (site: Site) => boolean = () => true,
): readonly { readonly km: number; readonly areas: readonly string[] }[] {
  const { point } = candidateOf(enterprise, question);
  // How far a place without coordinates is cannot be told.
  const isPlaced = ({ extent }: Site): boolean => question.weights.method === 1 || extent.points.length > 0;
  const sites = question.sites.filter((site) => isMeant(site) && isPlaced(site));
  if (!point || sites.length === 0) return [];
  const away = sites
    .map((site) => ({ km: Math.ceil(farthest(site, point)), area: areaKeyOf(site) }))
    .sort((a, b) => a.km - b.km || (a.area < b.area ? -1 : 1));
  return [away.slice(0, 1), away]
    .map((some) => ({ km: some.at(-1)!.km, areas: [...new Set(some.map(({ area }) => area))] }))
    .filter(({ km }) => km <= NEAR_MISS_LIMITS.areaKm);
}

function moreAreas(question: MatchQuestion, enterprise: Enterprise): readonly Hypothesis[] {
  return nearestSites(question, enterprise).map(({ km, areas }) => {
    const wider = withActivities(enterprise, (activity) =>
      activity.zone.type === 'areas' || activity.zone.type === 'unset'
        ? { ...activity, zone: { type: 'areas', km: null, areas: [...activity.zone.areas, ...areas] } }
        : activity,
    );
    return byEnterprise(wider, 'zone.more-areas', { areas: areas.join(', '), km }, areas.length);
  });
}

/** The nearest place abroad, and all of them, offered by whoever serves all of its own country: the same activity once more, with areas. */
function acrossTheBorder(question: MatchQuestion, enterprise: Enterprise): readonly Hypothesis[] {
  const { country } = enterprise.location;
  if (question.weights.method === 1) return [];
  return nearestSites(question, enterprise, ({ extent }) => extent.country !== country).map(
    ({ km, areas }) => {
      const withAbroad = (activities: readonly Activity[]): Activity[] => [
        ...activities,
        ...activities
          .filter(({ zone: { type } }) => type === 'country')
          .map((activity) => ({ ...activity, zone: { type: 'areas' as const, km: null, areas } })),
      ];
      const wider = {
        ...enterprise,
        activities: withAbroad(enterprise.activities),
        members: enterprise.members.map((member) => ({
          ...member,
          activities: withAbroad(member.activities),
        })),
      };
      return byEnterprise(wider, 'zone.across-border', { areas: areas.join(', '), km }, areas.length);
    },
  );
}

/** Trades of one group of the vocabulary are neighbours: to add one is a small step. */
const group = (code: string): string => code.slice(0, 3);

/** Whether one of the trades asked is a neighbour of these. */
export function isNearTrade({ trades: asked }: PackageToMatch, trades: readonly Cpv[]): boolean {
  return asked.some((code) => trades.some((own) => group(own) === group(code)));
}

const trade: Proposer = (question, enterprise) => {
  const near = question.package.trades.filter((asked) =>
    enterprise.activities.some((activity) => activity.trades.some((code) => group(code) === group(asked))),
  );
  // Any of them is enough, or all that are near.
  const choices = question.package.allTrades ? (near.length > 0 ? [near] : []) : near.map((code) => [code]);
  return choices.map((needed) => {
    const changed = withActivities(enterprise, (activity) => ({
      ...activity,
      trades: [
        ...activity.trades,
        ...needed.filter((code) =>
          activity.trades.some((own) => group(own) === group(code) && !cpvCovers(own, code)),
        ),
      ],
    }));
    return byEnterprise(changed, 'trade.add', { trades: needed.join(', ') });
  });
};

const mode: Proposer = ({ package: asked }, enterprise) => {
  const wanted = asked.mode;
  if (wanted === null) return [];
  const changed = withActivities(enterprise, (activity) => ({
    ...activity,
    modes: [...activity.modes, wanted],
  }));
  return [byEnterprise(changed, 'mode.add', { mode: wanted })];
};

const kind: Proposer = ({ package: asked }, enterprise) => [
  byContractor({ ...asked, kinds: [...(asked.kinds ?? []), enterprise.kind] }, 'kind.open', {
    kind: enterprise.kind,
  }),
];

/** A value as it stands, so that the proposal is the least that helps. */
function atMost(value: Decimal | null, limit: Decimal | null): Decimal | null {
  return value !== null && limit !== null && Number(value) > Number(limit) ? value : limit;
}

const capacity: Proposer = ({ package: asked }, enterprise, { standing }) => {
  const { value, hours } = asked;
  const proposals: Hypothesis[] = [];
  const smaller = withActivities(enterprise, (activity) => {
    const { minValue } = activity.capacity;
    const isBelow = value !== null && minValue !== null && Number(value) < Number(minValue);
    return isBelow ? { ...activity, capacity: { ...activity.capacity, minValue: value } } : activity;
  });
  if (value !== null) proposals.push(byEnterprise(smaller, 'capacity.smaller-jobs', { value }));
  const largest = Math.max(
    0,
    ...enterprise.activities.map((activity) => Number(activity.capacity.maxValue ?? 0)),
  );
  if (value !== null && largest > 0 && Number(value) <= largest * NEAR_MISS_LIMITS.sizeFactor) {
    const larger = withActivities(enterprise, (activity) => ({
      ...activity,
      capacity: { ...activity.capacity, maxValue: atMost(value, activity.capacity.maxValue) },
    }));
    const by = Number(value) - largest;
    proposals.push(byEnterprise(larger, 'capacity.larger-jobs', { value, by: by.toFixed(2) }, by));
  }
  const weeks = weeksOfWork(asked);
  if (hours !== null && weeks !== null) {
    const perWeek = Math.ceil((hours + hoursTaken(standing.engagements, asked)) / weeks);
    const busiest = Math.max(
      0,
      ...enterprise.activities.map((activity) => activity.capacity.hoursPerWeek ?? 0),
    );
    if (perWeek > busiest && perWeek <= busiest * NEAR_MISS_LIMITS.sizeFactor) {
      const more = withActivities(enterprise, (activity) => ({
        ...activity,
        capacity: {
          ...activity.capacity,
          hoursPerWeek: Math.max(perWeek, activity.capacity.hoursPerWeek ?? 0),
        },
      }));
      const by = perWeek - busiest;
      proposals.push(byEnterprise(more, 'capacity.more-hours', { hoursPerWeek: perWeek, by }, by));
    }
  }
  const inPart = withActivities(enterprise, (activity) => ({
    ...activity,
    capacity: { ...activity.capacity, partialScope: true },
  }));
  return [...proposals, byEnterprise(inPart, 'capacity.take-part', {})];
};

const dates: Proposer = (question, enterprise, miss) => {
  const outside = miss.fails.find(({ because }) => because.code === 'dates.out-of-season')?.because.params;
  return outside
    ? season(question, enterprise, String(outside['months']))
    : freedom(question, enterprise, miss);
};

const freedom: Proposer = ({ package: asked }, enterprise, miss) => {
  const because = miss.fails.find(({ key }) => key === 'dates')?.because.params;
  const days = Number(because?.['days'] ?? 0);
  const start = asked.start;
  if (start === null || days > NEAR_MISS_LIMITS.days) return [];
  const earlier = withActivities(enterprise, (activity) => ({
    ...activity,
    capacity: {
      ...activity.capacity,
      from:
        activity.capacity.from !== null && activity.capacity.from > start ? start : activity.capacity.from,
    },
  }));
  const later = { ...asked, start: addDays(start, days), end: asked.end && addDays(asked.end, days) };
  return [
    byEnterprise(earlier, 'dates.start-earlier', { days, start }, days),
    byContractor(later, 'dates.start-later', { days, start: addDays(start, days) }, days),
  ];
};

/**
 * The missing months as well, or the works moved to the first day from which they lie in a season: both of the trades
 * asked alone.
 */
function season(question: MatchQuestion, enterprise: Enterprise, missing: string): readonly Hypothesis[] {
  const { package: asked } = question;
  const { start, end } = asked;
  if (start === null) return [];
  const asksFor = monthsOf(start, end ?? start);
  const hasTrade = ({ trades }: Activity): boolean => tradeCriterion(question, trades).covered.length > 0;
  const longer = withActivities(enterprise, (activity) => {
    const { months } = activity.capacity;
    const all = months && hasTrade(activity) && [...new Set([...months, ...asksFor])];
    return all ? { ...activity, capacity: { ...activity.capacity, months: all } } : activity;
  });
  const steps = Array.from({ length: NEAR_MISS_LIMITS.days }, (_, i) => i + 1);
  const able = [enterprise, ...enterprise.members].flatMap(({ activities }) => activities.filter(hasTrade));
  const fits = (days: number): boolean =>
    able.some(({ capacity: { months } }) =>
      monthsOf(addDays(start, days), addDays(end ?? start, days)).every((month) => months?.includes(month)),
    );
  const days = steps.find(fits);
  return [
    byEnterprise(longer, 'dates.longer-season', { months: missing }),
    ...(days === undefined
      ? []
      : [
          byContractor(
            { ...asked, start: addDays(start, days), end: end && addDays(end, days) },
            'dates.start-later',
            { days, start: addDays(start, days) },
            days,
          ),
        ]),
  ];
}

const approval: Proposer = ({ package: asked, on }, enterprise, miss) => {
  const params = miss.fails.find(({ key }) => key === 'approval')?.because.params ?? {};
  if (Number(params['days'] ?? 0) > NEAR_MISS_LIMITS.expiredDays) return [];
  const until = [asked.end, asked.start, on].find((day) => day !== null) ?? on;
  const last = enterprise.approvals.filter((one) => one.kind === enterprise.kind && one.state === 'verified');
  const from = last.map(({ validFrom }) => validFrom ?? on).sort()[0] ?? on;
  const renewed = { ...(last[0] ?? enterprise.approvals[0]!), validFrom: from, validUntil: until };
  const changed = { ...enterprise, approvals: [...enterprise.approvals, renewed] };
  return last.length === 0
    ? []
    : [byEnterprise(changed, 'approval.renew', { ...params, kind: enterprise.kind, until })];
};

/** The class that a value asks for; null where no class is known to. */
function classFor({ law }: MatchQuestion, value: Decimal | null): number | null {
  if (value === null) return null;
  let one = 1;
  let ceiling = law.classCeiling(one);
  while (ceiling !== undefined && ceiling !== null && compareDecimals(value, ceiling) > 0) {
    one += 1;
    ceiling = law.classCeiling(one);
  }
  return ceiling === undefined ? null : one;
}

/** What is missing, with the class that the part asks for; or a part that the class held allows. */
const credentials: Proposer = (question, enterprise, { part, fails }) => {
  const missing = credentialsAsked(question)
    .filter((asked) => holdingOf(question, enterprise.credentials, asked, part).is === 'missing')
    .map((asked) => ({
      ...asked,
      class: asked.class ?? (asked.category === null ? null : classFor(question, part.value)),
      validUntil: null,
    }));
  const changed = { ...enterprise, credentials: [...enterprise.credentials, ...missing] };
  const obtain = byEnterprise(changed, 'credentials.obtain', {
    credentials: missing.map(describeCredential).join(', '),
  });
  const ceiling = fails.find(({ because }) => because.code === 'credentials.class-too-low')?.because.params[
    'ceiling'
  ];
  if (ceiling === undefined) return [obtain];
  const smaller = withActivities(enterprise, (activity) => ({
    ...activity,
    capacity: { ...activity.capacity, maxValue: String(ceiling), partialScope: true },
  }));
  return [obtain, byEnterprise(smaller, 'credentials.smaller-part', { value: ceiling })];
};

const contact: Proposer = (_question, enterprise) =>
  enterprise.active && !enterprise.delisted
    ? [byEnterprise({ ...enterprise, contactEmail: 'contact@example.org' }, 'contact.give-address', {})]
    : [];

/** No proposer for what the law says: an enterprise cannot change that by a form. */
export const PROPOSERS: Partial<Record<CriterionKey, Proposer>> = {
  trade,
  mode,
  zone,
  kind,
  capacity,
  dates,
  approval,
  credentials,
  contact,
};
