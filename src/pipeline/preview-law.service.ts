import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Day } from '../kernel/index.js';
import { clauseOptions, type ClauseFacts, type Instrument, type LegalRules } from '../legal-basis/index.js';
import { lawOfPackage, legalView, type LawOfPackage, type LegalFinding } from '../matching/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { enterpriseNames, legalTraits, type Alike } from '../registry/index.js';
import { openTendersWithLaw, type Tender } from '../tenders/index.js';
import { factsOfTender } from './package-to-match.js';

/** What the law would say otherwise of one open tender. */
export interface TenderChanged {
  readonly id: string;
  readonly title: string;
  readonly before: ClauseInShort;
  readonly after: ClauseInShort;
}

export interface ClauseInShort {
  /** `instrument basis` of each option. */
  readonly options: readonly string[];
  /** `kind basis` of each duty. */
  readonly duties: readonly string[];
  /** How many reasons there are to ask a person. */
  readonly asks: number;
}

/** An enterprise that would enter under a clause of an open tender, or no longer. */
export interface EnterpriseChanged {
  readonly id: string;
  readonly name: string;
  readonly before: LegalFinding['verdict'];
  readonly after: LegalFinding['verdict'];
  /** Titles of the tenders it changes for. */
  readonly tenders: readonly string[];
}

/** What a change of the law would do to what is open today. */
export interface LawPreview {
  readonly looked: { readonly tenders: number; readonly drafts: number; readonly enterprises: number };
  readonly tenders: readonly TenderChanged[];
  /** Drafts are their contractor's own: counted, not named. */
  readonly draftsChanged: number;
  readonly enterprises: readonly EnterpriseChanged[];
}

/**
 * Puts everything that is open to two states of the law, by the functions that decide for real. Nothing is kept.
 */
@Injectable()
export class LawPreviews {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** For administrators. @throws Refusal `not-allowed` */
  async preview(actor: Actor, before: LegalRules, after: LegalRules): Promise<LawPreview> {
    if (actor.role !== 'administrator') throw new Refusal('not-allowed');
    const now = this.clock.now();
    const today = this.clock.today();
    return this.db.transaction({ ...actor, role: 'system' }, async (tx) => {
      const open = await openTendersWithLaw(tx, now);
      const alike = await legalTraits(tx, today, now);
      const published = open.filter(({ status }) => status === 'published');
      const changed = open.flatMap((tender) => changeOf(tender, before, after));
      return {
        looked: {
          tenders: published.length,
          drafts: open.length - published.length,
          enterprises: alike.reduce((sum, { enterpriseIds }) => sum + enterpriseIds.length, 0),
        },
        tenders: changed.filter(({ tender }) => tender.status === 'published').map(({ change }) => change),
        draftsChanged: changed.filter(({ tender }) => tender.status === 'draft').length,
        enterprises: await named(tx, enterprisesChanged(published, alike, before, after, today)),
      };
    });
  }
}

async function named(
  tx: Tx,
  changed: readonly Omit<EnterpriseChanged, 'name'>[],
): Promise<EnterpriseChanged[]> {
  if (changed.length === 0) return [];
  const ids = [...new Set(changed.map(({ id }) => id))];
  const names = await enterpriseNames(tx, ids);
  return changed.map((one) => ({ ...one, name: names.get(one.id) ?? '' }));
}

function changeOf(
  tender: Tender,
  before: LegalRules,
  after: LegalRules,
): { readonly tender: Tender; readonly change: TenderChanged }[] {
  const facts = factsOfTender(tender);
  if (!facts) return [];
  const [old, next] = [inShort(before, facts), inShort(after, facts)];
  if (JSON.stringify(old) === JSON.stringify(next)) return [];
  return [{ tender, change: { id: tender.id, title: tender.title, before: old, after: next } }];
}

/** Facts that a state of the law cannot answer open nothing. */
function inShort(rules: LegalRules, facts: ClauseFacts): ClauseInShort {
  const answer = clauseOptions(rules, facts);
  if (!('options' in answer)) return { options: [], duties: [], asks: answer.length };
  return {
    options: answer.options.map(({ instrument, basis }) => `${instrument} ${basis}`),
    duties: answer.duties.map(({ kind, basis }) => `${kind} ${basis}`),
    asks: answer.asks.length,
  };
}

/** Tenders that ask the law the same are asked for once, and so are enterprises of which it reads the same. */
function enterprisesChanged(
  tenders: readonly Tender[],
  alike: readonly Alike[],
  before: LegalRules,
  after: LegalRules,
  today: Day,
): Omit<EnterpriseChanged, 'name'>[] {
  const questions = new Map<
    string,
    { readonly old: LawOfPackage; readonly next: LawOfPackage; titles: string[] }
  >();
  const [oldView, nextView] = [legalView(before), legalView(after)];
  for (const tender of tenders) {
    const facts = factsOfTender(tender);
    const instrument = (tender.clause?.instrument ?? 'VOLUNTARY') as Instrument;
    const key = JSON.stringify([instrument, { ...facts, id: null }]);
    const known = questions.get(key);
    if (known) known.titles.push(tender.title);
    else
      questions.set(key, {
        old: lawOfPackage(oldView, facts, instrument, today),
        next: lawOfPackage(nextView, facts, instrument, today),
        titles: [tender.title],
      });
  }
  const changed = alike.flatMap(({ traits, enterpriseIds }) => {
    const found = new Map<string, Omit<EnterpriseChanged, 'id' | 'name'>>();
    for (const { old, next, titles } of questions.values()) {
      const [was, becomes] = [old.eligibility(traits).verdict, next.eligibility(traits).verdict];
      if (was === becomes) continue;
      const key = `${was} ${becomes}`;
      found.set(key, {
        before: was,
        after: becomes,
        tenders: [...(found.get(key)?.tenders ?? []), ...titles],
      });
    }
    return [...found.values()].flatMap((change) => enterpriseIds.map((id) => ({ id, ...change })));
  });
  return changed.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}
