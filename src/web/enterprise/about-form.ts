import { isEmail } from 'class-validator';
import type { Day, Language } from '../../kernel/index.js';
import { rulesFromFiles, type LegalRules } from '../../legal-basis/index.js';
import { resolvePlace, type Enterprise, type Location } from '../../registry/index.js';
import { readDay } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { text, type Entries } from './activity-form.js';

export interface About {
  readonly name: string;
  readonly kind: string;
  readonly contactEmail: string;
  readonly location: Location;
  readonly openToTeams: boolean;
  /** While it pauses, too. */
  readonly partnerInPause: boolean;
  /** False while the enterprise takes nothing new. */
  readonly active: boolean;
  /** Of a pause that ends by itself. */
  readonly resumesOn: Day | null;
}

export type AboutForm = { readonly about: About } | { readonly problems: readonly FieldProblem[] };

/** What the enterprise is and where; whether its kind exists is for the register to say. */
export function readAboutForm(body: Entries, today: Day): AboutForm {
  const problems: FieldProblem[] = [];
  const contactEmail = text(body['contactEmail']);
  if (!isEmail(contactEmail)) problems.push({ field: 'contactEmail', key: 'signIn.email.invalid' });
  const location = readLocation(body, problems);
  const { paused } = body;
  const resumesOn = paused === 'until' ? readDay(body['resumesOn']) : null;
  if (paused === 'until' && (resumesOn === null || resumesOn <= today))
    problems.push({ field: 'resumesOn', key: 'about.problem.resumesOn' });
  if (problems.length > 0 || !location) return { problems };
  return {
    about: {
      name: text(body['name']).slice(0, 200),
      kind: text(body['kind']),
      contactEmail,
      location,
      openToTeams: body['openToTeams'] === 'yes',
      partnerInPause: body['partnerInPause'] === 'yes',
      active: paused !== 'yes' && paused !== 'until',
      resumesOn,
    },
  };
}

function readLocation(body: Entries, problems: FieldProblem[]): Location | null {
  const [postalCode, municipality] = [
    text(body['postalCode']).replace(/^B(E)?[- ]*/i, ''),
    text(body['municipality']),
  ];
  const { sites, candidates } = resolvePlace({ postalCode, municipality });
  const nis = sites.find((site) => site.startsWith('nis:'))?.slice('nis:'.length);
  if (/^\d{4}$/.test(postalCode) && nis)
    return { country: 'BE', postalCode, nis, lat: null, lon: null, address: text(body['address']) };
  const choices = candidates.map(({ label }) => label).join(', ');
  const field = /^\d{4}$/.test(postalCode) && choices !== '' ? 'municipality' : 'postalCode';
  const key = choices === '' ? 'about.problem.place' : 'about.problem.placeInDoubt';
  problems.push({ field, key, params: { found: `${postalCode} ${municipality}`.trim(), choices } });
  return null;
}

/** Whether new work is wanted: `no` pause, one until somebody ends it (`yes`), or one until a day. */
function pauseOf(enterprise: Enterprise | null): 'no' | 'yes' | 'until' {
  if (enterprise?.active !== false) return 'no';
  return enterprise.resumesOn ? 'until' : 'yes';
}

/** How the form stands before anybody changes it. */
export function aboutEntries(
  enterprise: Enterprise | null,
  name: string,
  email: string,
  nameOf: (key: string) => string,
) {
  const nis = enterprise?.location.nis;
  return {
    name: enterprise?.name ?? name,
    kind: enterprise?.kind ?? '',
    contactEmail: enterprise?.contactEmail ?? email,
    address: enterprise?.location.address ?? '',
    postalCode: enterprise?.location.postalCode ?? '',
    municipality: nis ? nameOf(`nis:${nis}`) : '',
    openToTeams: enterprise?.openToTeams ?? false,
    partnerInPause: enterprise?.partnerInPause ?? false,
    paused: pauseOf(enterprise),
    resumesOn: enterprise?.resumesOn ?? '',
  };
}

/** The files do not change while the service runs, and take longer to read than a page to write. */
let kinds: LegalRules['kinds'] | null = null;

/** Kinds by name, in the order of the language. */
export function kindsOffered(language: Language): { readonly code: string; readonly name: string }[] {
  kinds ??= rulesFromFiles().kinds;
  return [...kinds]
    .map(([code, versions]) => ({ code, name: versions.at(-1)?.names[language] ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}
