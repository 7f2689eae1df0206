import { casesOf, type LegalRules, type RuleVersion, type WorkedCase } from '../../legal-basis/index.js';
import { lawPaths } from './paths.js';

/** Rules that people know by a name: what allows something, and what obliges. */
const PUBLIC_SETS = ['basis', 'overlay'] as const;

/** What of a rule everybody may read; lists are empty where it has none. */
export interface LawShown extends Pick<RuleVersion, 'key' | 'set' | 'valid' | 'citation' | 'confidence'> {
  readonly instruments: readonly string[];
  readonly groups: readonly string[];
  readonly uncertainGroups: readonly string[];
  readonly duty: string | null;
  readonly belowThreshold: boolean;
  readonly href: string;
}

export interface LawList {
  readonly lawAsOf: string;
  readonly bases: readonly LawShown[];
  readonly duties: readonly LawShown[];
}

export interface LawPage {
  readonly key: string;
  readonly set: string;
  /** Its versions, the first of them the latest. */
  readonly versions: readonly LawShown[];
  readonly cases: readonly WorkedCase[];
  readonly listHref: string;
}

export function lawList(rules: LegalRules): LawList {
  const ofSet = (set: string): LawShown[] => rules.versions.filter((one) => one.set === set).map(shown);
  return { lawAsOf: rules.lawAsOf, bases: ofSet('basis'), duties: ofSet('overlay') };
}

/** Null for a key that names nothing people know by a name. */
export function lawPage(rules: LegalRules, key: string): LawPage | null {
  const versions = rules.versions
    .filter((one) => one.key === key && PUBLIC_SETS.some((set) => set === one.set))
    .map(shown)
    .reverse();
  const [latest] = versions;
  return latest ? { key, set: latest.set, versions, cases: casesOf(key), listHref: lawPaths.law() } : null;
}

function shown({ key, set, valid, citation, confidence, body }: RuleVersion): LawShown {
  const list = (name: string): string[] => (Array.isArray(body[name]) ? (body[name] as string[]) : []);
  return {
    key,
    set,
    valid,
    citation,
    confidence,
    instruments: list('instruments'),
    groups: list('groups'),
    uncertainGroups: list('uncertain_groups'),
    duty: typeof body['duty'] === 'string' ? body['duty'] : null,
    belowThreshold: body['value_limit'] === 'below-eu-threshold',
    href: lawPaths.basis(key),
  };
}
