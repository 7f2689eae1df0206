import fc from 'fast-check';
import { Refusal } from '../../kernel/index.js';
import {
  afterPlaceAct,
  audienceOf,
  checkInvitation,
  checkTeamCall,
  PARTNER_ACTS,
  partnerActs,
  PLACE_STATES,
  teamStanding,
  type PlaceAct,
  type PlaceOf,
  type PlaceState,
} from './team.js';

const ACTS: readonly PlaceAct[] = [...PARTNER_ACTS, 'drop'];

/** Every act in every state, written out apart from the code: a dash is refused. */
const TABLE = `
            accept    decline   leave  drop
  invited   accepted  declined  -      dropped
  accepted  -         -         left   dropped
  declined  -         -         -      dropped
  left      -         -         -      dropped
  dropped   -         -         -      -`;
const [heads, ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const CASES = lines.flatMap(([state, ...cells]) => cells.map((to, at) => [state, heads![at], to] as const));

const tried = (state: PlaceState, act: PlaceAct): string => {
  try {
    return afterPlaceAct(state, act);
  } catch (error) {
    return error instanceof Refusal && error.code === 'team-act-not-possible' ? '-' : String(error);
  }
};

describe('a place in a team', () => {
  it('says what every act does in every state', () => {
    expect(CASES).toHaveLength(PLACE_STATES.length * ACTS.length);
    for (const state of PLACE_STATES)
      expect(partnerActs(state)).toEqual(PARTNER_ACTS.filter((act) => tried(state, act) !== '-'));
  });
  it.each(CASES)('%s, %s: %s', (state, act, to) => {
    expect(tried(state as PlaceState, act as PlaceAct)).toBe(to);
  });
});

describe('a team', () => {
  it.each<[PlaceState[], string]>([
    [[], 'alone'],
    [['dropped'], 'alone'],
    [['invited', 'accepted'], 'waiting'],
    [['accepted', 'declined'], 'gap'],
    [['invited', 'left'], 'gap'],
    [['accepted', 'dropped'], 'complete'],
    [['accepted', 'accepted'], 'complete'],
  ])('of %j is %s', (places, standing) => expect(teamStanding(places)).toBe(standing));

  const acts = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(...ACTS)), { maxLength: 25 });
  const named = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

  it('whatever happens in whatever order, names are shown to those who may know, after consent', () => {
    fc.assert(
      fc.property(named, acts, fc.constantFrom('lead', null), (isNamed, tries, lead) => {
        const places: PlaceOf[] = isNamed.map((one, at) => ({
          organisationId: `p${at}`,
          state: 'invited',
          isNamed: one,
          hasConsented: false,
        }));
        const everAccepted = new Set<number>();
        for (const [at, act] of tries) {
          const to = tried(places[at]!.state, act);
          if (to === '-') continue;
          if (to === 'accepted') everAccepted.add(at);
          places[at] = { ...places[at]!, state: to as PlaceState, hasConsented: everAccepted.has(at) };
        }
        const inTeam = places.flatMap(({ state }, at) => (state === 'accepted' ? [at] : []));
        const isWhole =
          inTeam.length > 0 && places.every(({ state }) => state === 'accepted' || state === 'dropped');
        for (const [at, place] of places.entries()) {
          const readers = audienceOf(place, places, { lead, contractor: 'contractor' });
          const isIn = inTeam.includes(at);
          expect(readers.includes(`p${at}`)).toBe(true);
          expect(readers.includes('lead')).toBe(lead !== null && (isNamed[at] || everAccepted.has(at)));
          expect(readers).not.toContain(null);
          expect(readers.includes('contractor')).toBe(isIn && isWhole);
          const others = [...places.keys()].filter((other) => other !== at);
          expect(others.filter((other) => readers.includes(`p${other}`))).toEqual(
            isIn ? inTeam.filter((other) => other !== at) : [],
          );
          expect(new Set(readers).size).toBe(readers.length);
        }
      }),
    );
  });
});

describe('an invitation as it is sent', () => {
  it.each([
    [{}, ['team.part.missing', 'team.part.missing']],
    [{ part: 'Les sols' }, ['team.part.missing']],
    [{ part: 'x'.repeat(2001), leadPart: 'Les murs' }, ['answer.text.too-long']],
  ])('%j is refused: %j', (given, codes) => {
    const checked = checkInvitation(given);
    expect(Array.isArray(checked) && checked.map(({ code }) => code)).toEqual(codes);
  });
  it('reads texts trimmed, an empty message as none, and never throws', () => {
    expect(checkInvitation({ part: ' Les sols ', leadPart: 'Les murs', message: ' ' })).toEqual({
      part: 'Les sols',
      leadPart: 'Les murs',
      message: null,
    });
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => void checkInvitation(given)));
  });
});

describe('what a contractor asks of a team', () => {
  it('wants a part of each member, and says where one is missing', () => {
    expect(checkTeamCall({ part0: 'Les sols', part1: ' ' }, 2)).toMatchObject([
      { code: 'team.part.missing', place: { pointer: '/part1' } },
    ]);
    expect(checkTeamCall({ part0: 'Les sols', part1: ' Les murs ', message: '', part2: 'x' }, 2)).toEqual({
      parts: ['Les sols', 'Les murs'],
      message: null,
    });
  });
});
