import { Refusal, type Problem } from '../../kernel/index.js';
import { ANSWER_TEXT_MAX } from './check-answer.js';

/** How one place of a team stands. `dropped`: the lead closed it. */
export const PLACE_STATES = ['invited', 'accepted', 'declined', 'left', 'dropped'] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

/** What the enterprise that was invited may do. */
export const PARTNER_ACTS = ['accept', 'decline', 'leave'] as const;
export type PartnerAct = (typeof PARTNER_ACTS)[number];
/** `drop` is the lead's: it takes an invitation back, parts with a partner, or closes a gap. */
export type PlaceAct = PartnerAct | 'drop';

const NEXT: Readonly<Record<PlaceState, Partial<Readonly<Record<PlaceAct, PlaceState>>>>> = {
  invited: { accept: 'accepted', decline: 'declined', drop: 'dropped' },
  accepted: { leave: 'left', drop: 'dropped' },
  // Both leave a gap until the lead closes it: the part is done by nobody.
  declined: { drop: 'dropped' },
  left: { drop: 'dropped' },
  dropped: {},
};

/** The state an act leads to. @throws Refusal team-act-not-possible */
export function afterPlaceAct(state: PlaceState, act: PlaceAct): PlaceState {
  const next = NEXT[state][act];
  if (!next) throw new Refusal('team-act-not-possible');
  return next;
}

export function partnerActs(state: PlaceState): PartnerAct[] {
  return PARTNER_ACTS.filter((act) => NEXT[state][act] !== undefined);
}

/** `alone`: nobody is invited. `complete`: all consented, and the joint answer counts. */
export type TeamStanding = 'alone' | 'waiting' | 'gap' | 'complete';

export function teamStanding(places: readonly PlaceState[]): TeamStanding {
  const live = places.filter((state) => state !== 'dropped');
  if (live.length === 0) return 'alone';
  if (live.some((state) => state === 'declined' || state === 'left')) return 'gap';
  return live.includes('invited') ? 'waiting' : 'complete';
}

/** A place with who is asked to fill it. */
export interface PlaceOf {
  readonly organisationId: string;
  readonly state: PlaceState;
  /** The lead named this enterprise itself. */
  readonly isNamed: boolean;
  /** It accepted at some time. */
  readonly hasConsented: boolean;
}

/**
 * Who may read who fills a place. Itself; the lead, when it named it or it consented; those who consented with it; the
 * contractor once all did. Nobody else, and nobody earlier.
 * @param team `lead` is null while a team that its contractor called has not formed
 */
export function audienceOf(
  place: PlaceOf,
  places: readonly PlaceOf[],
  team: { readonly lead: string | null; readonly contractor: string },
): string[] {
  const isIn = place.state === 'accepted';
  const partners = places
    .filter(({ state }) => state === 'accepted')
    .map(({ organisationId }) => organisationId);
  const isComplete = teamStanding(places.map(({ state }) => state)) === 'complete';
  return [
    ...new Set([
      place.organisationId,
      ...(team.lead !== null && (place.isNamed || place.hasConsented) ? [team.lead] : []),
      ...(isIn ? partners : []),
      ...(isIn && isComplete ? [team.contractor] : []),
    ]),
  ];
}

/** What a lead asks of a partner. */
export interface TeamInvitation {
  /** What the partner would do, in the lead's words. */
  readonly part: string;
  /** What the lead does itself. */
  readonly leadPart: string;
  readonly message: string | null;
}

/** Reads an invitation as a form sends it. */
export function checkInvitation(given: Readonly<Record<string, unknown>>): TeamInvitation | Problem[] {
  const read = readParts(given, ['part', 'leadPart']);
  if (Array.isArray(read)) return read;
  const [part, leadPart] = read.parts;
  return { part: part!, leadPart: leadPart!, message: read.message };
}

/** What a contractor asks of the members of a team it calls. */
export interface TeamCall {
  /** What each would do, in the contractor's words and the order of the members. */
  readonly parts: readonly string[];
  readonly message: string | null;
}

/** Reads what a contractor asks of so many members, as a form sends it: `part0` and on. */
export function checkTeamCall(
  given: Readonly<Record<string, unknown>>,
  members: number,
): TeamCall | Problem[] {
  return readParts(
    given,
    Array.from({ length: members }, (_, at) => `part${at}`),
  );
}

function readParts(
  given: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): TeamCall | Problem[] {
  const text = (field: string): string => {
    const value = given[field];
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim().normalize('NFC') : '';
  };
  const problem = (code: string, field: string, found: string | null): Problem => {
    const place = { pointer: `/${field}` };
    return { code, severity: 'error', place, found, expected: String(ANSWER_TEXT_MAX) };
  };
  const problems = fields
    .filter((field) => text(field) === '')
    .map((field) => problem('team.part.missing', field, null));
  for (const field of [...fields, 'message'])
    if (text(field).length > ANSWER_TEXT_MAX)
      problems.push(problem('answer.text.too-long', field, String(text(field).length)));
  if (problems.length > 0) return problems;
  const message = text('message');
  return { parts: fields.map(text), message: message === '' ? null : message };
}
