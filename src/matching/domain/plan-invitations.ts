import { addDays, sameClockLater, type Day } from '../../kernel/index.js';

/** How invitations are spread: data, shown on the page that explains the ranking. */
export const INVITATION_RULES = {
  /** Enterprises that hear of one package by mail on one day: a batch a day, closer together when the deadline asks for it. */
  batch: 10,
  /** What an enterprise needs to look at the site and to find a partner: everybody has heard by then. */
  daysToAnswer: 7,
  /** Mails about offers that one enterprise gets in seven days; it may ask for fewer. */
  weeklyMails: 10,
  /** Recommended days from publishing to the deadline with one batch, and for each further one. */
  baseDays: 14,
  /** Enterprises that hear of one package in a round; while nobody offers the whole of it, another one follows. */
  round: 50,
} as const;

const HOUR_MS = 3_600_000;

/** A match that somebody may be invited for. */
export interface Invitable {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly rank: number;
}

/** What an enterprise still takes by mail this week. */
export type MailsLeft = (enterpriseId: string) => number;

/**
 * When an enterprise is written to about a package. `list` gets no mail of its own: its week is full, so that it reads
 * the offer in the application, on the list that all see, and in the mail of Monday when that is not too late.
 */
export interface Invitation {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly batch: number;
  readonly at: Date;
  readonly by: 'mail' | 'list';
}

/**
 * The batches of each package, computed back from the deadline: the best fits first, everybody in time to answer.
 * When there is too little time for one batch a day, batches come closer together; when there is none, all go now.
 * Whom the week of an enterprise has no room for stays on the list that all see. The same input gives the same plan.
 * @param matches those that fit, of any number of packages
 */
export function planInvitations(
  matches: readonly Invitable[],
  at: { readonly now: Date; readonly deadline: Date | null },
  mailsLeft: MailsLeft,
): readonly Invitation[] {
  const ofPackage = Map.groupBy(matches, ({ packageId }) => packageId);
  const batches = [...ofPackage.values()].flatMap((invitables) => {
    const ordered = invitables.toSorted(
      (a, b) => a.rank - b.rank || (a.enterpriseId < b.enterpriseId ? -1 : 1),
    );
    const count = Math.ceil(ordered.length / INVITATION_RULES.batch);
    const moments = momentsOf(count, at);
    return ordered.map((match, i) => {
      const batch = Math.floor(i / INVITATION_RULES.batch);
      return { match, batch, at: moments[batch]! };
    });
  });
  return withinTheWeek(batches, mailsLeft);
}

/** At the same time of each day that follows, as clocks show it; where that takes too long, at even distances. */
function momentsOf(
  batches: number,
  { now, deadline }: { readonly now: Date; readonly deadline: Date | null },
): readonly Date[] {
  const daily = Array.from({ length: batches }, (_, batch) => sameClockLater(now, batch));
  const last = deadline && lastMoment(deadline);
  if (last === null || batches === 1 || daily.at(-1)!.getTime() <= last) return daily;
  const pause = Math.max(0, Math.floor((last - now.getTime()) / (batches - 1)));
  return daily.map((_, batch) => new Date(now.getTime() + batch * pause));
}

/** Whoever hears later has no time to answer. */
function lastMoment(deadline: Date): number {
  return deadline.getTime() - INVITATION_RULES.daysToAnswer * 24 * HOUR_MS;
}

/**
 * When another round begins if nobody has offered the whole by then: a day after the last mail of this one.
 * @param heard when the last of this round hear @returns null when the next would not have the time to answer
 */
export function nextRoundAt(heard: Date, deadline: Date | null): Date | null {
  const at = sameClockLater(heard, 1);
  return deadline !== null && at.getTime() > lastMoment(deadline) ? null : at;
}

/** One mail tells an enterprise of every package of its moment: it counts once. */
function withinTheWeek(
  planned: readonly { readonly match: Invitable; readonly batch: number; readonly at: Date }[],
  mailsLeft: MailsLeft,
): Invitation[] {
  const mails = new Map<string, Set<number>>();
  return planned
    .toSorted(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        a.match.rank - b.match.rank ||
        (a.match.packageId < b.match.packageId ? -1 : a.match.packageId > b.match.packageId ? 1 : 0) ||
        (a.match.enterpriseId < b.match.enterpriseId ? -1 : 1),
    )
    .map(({ match: { packageId, enterpriseId }, batch, at }) => {
      const moments = mails.get(enterpriseId) ?? new Set<number>();
      const isRoom = moments.has(at.getTime()) || moments.size < mailsLeft(enterpriseId);
      if (isRoom) mails.set(enterpriseId, moments.add(at.getTime()));
      return { packageId, enterpriseId, batch, at, by: isRoom ? ('mail' as const) : ('list' as const) };
    });
}

/** What a contractor sees before publishing. */
export interface Forecast {
  readonly enterprises: number;
  readonly batches: readonly { readonly at: Date; readonly enterprises: number }[];
  /** Enterprises that no mail of its own tells, and from when on one could: their week is full. */
  readonly unmailed: readonly { readonly enterpriseId: string; readonly at: Date }[];
}

export function forecastOf(plan: readonly Invitation[]): Forecast {
  const distinct = (some: readonly Invitation[]): number =>
    new Set(some.map(({ enterpriseId }) => enterpriseId)).size;
  const mailed = plan.filter(({ by }) => by === 'mail');
  const heard = new Set(mailed.map(({ enterpriseId }) => enterpriseId));
  const moments = Map.groupBy(mailed, ({ at }) => at.getTime());
  return {
    enterprises: distinct(plan),
    batches: [...moments]
      .toSorted(([a], [b]) => a - b)
      .map(([at, some]) => ({ at: new Date(at), enterprises: distinct(some) })),
    unmailed: [...Map.groupBy(plan, ({ enterpriseId }) => enterpriseId)]
      .filter(([enterpriseId]) => !heard.has(enterpriseId))
      .map(([enterpriseId, some]) => ({
        enterpriseId,
        at: new Date(Math.min(...some.map(({ at }) => at.getTime()))),
      })),
  };
}

/** The first day on which a deadline leaves everybody the time to answer, with one batch a day. */
export function recommendedDeadline(matches: readonly Pick<Invitable, 'packageId'>[], today: Day): Day {
  const sizes = [...Map.groupBy(matches, ({ packageId }) => packageId).values()].map(({ length }) => length);
  const batches = Math.ceil(Math.max(0, ...sizes) / INVITATION_RULES.batch);
  const days = INVITATION_RULES.daysToAnswer + Math.max(0, batches - 1);
  return addDays(today, Math.max(INVITATION_RULES.baseDays, days));
}
