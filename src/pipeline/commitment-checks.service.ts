import { Injectable } from '@nestjs/common';
import type { Actor, Day } from '../kernel/index.js';
import {
  LegalBasisService,
  type EligibilityReason,
  type LegalRules,
  type Verdict,
} from '../legal-basis/index.js';
import { enterpriseFacts, legalView } from '../matching/index.js';
import type { LedgerEntry, ObligationShown, Route } from '../obligations/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { enterpriseOfOrganisation, RegistryService, type Enterprise } from '../registry/index.js';
import { tagsOf } from '../tagging/index.js';
import { packageById, tenderById } from '../tenders/index.js';
import { gatesOfPackage, type GateOfPackage } from './gates-of-package.js';
import { confirmedTrades } from './package-to-match.js';

/** Whether an enterprise counts for the clause on a day, and why. */
export interface Standing {
  readonly on: Day;
  readonly verdict: Verdict;
  /** Those that speak against it; without any, those that nobody knows. */
  readonly reasons: readonly EligibilityReason[];
}

/** One commitment of a ledger, as the law sees it. */
export interface CommitmentCheck {
  readonly entryId: string;
  readonly party: string;
  readonly packageTitle: string | null;
  /** On the day of the commitment, and today; null for whoever is named outside Maillon: nothing is known of it. */
  readonly onDay: Standing | null;
  readonly today: Standing | null;
  readonly gates: readonly GateOfPackage[];
}

/** Columns of the eligibility matrix that a route asks for. Training is a clause of Wallonia alone. */
function columnOf(route: Route, region: string | null): string | null {
  if (route === 'subcontracting') return 'CLAUSE';
  return region === 'WAL' ? 'WAL_TRAIN' : null;
}

/** Asks the law of every standing commitment each time it is looked at: an approval that ended meanwhile shows. */
@Injectable()
export class CommitmentChecks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly legalBasis: LegalBasisService,
    private readonly registry: RegistryService,
  ) {}

  /** @param shown an obligation that the actor may see: the register is then read for it */
  of(actor: Actor, { debt, entries }: ObligationShown): Promise<CommitmentCheck[]> {
    const standing = entries.filter((entry) => entry.endedAt === null);
    const commitments = standing.filter(({ stage }) => stage === 'committed');
    return this.db.transaction({ ...actor, role: 'system' }, async (tx) => {
      const rules = await this.legalBasis.rulesAsOf(tx);
      const checks: CommitmentCheck[] = [];
      for (const entry of commitments) {
        const plan = standing.find(({ id }) => id === entry.parentId) ?? null;
        checks.push(await this.check(tx, rules, debt.region, entry, plan));
      }
      return checks;
    });
  }

  private async check(
    tx: Tx,
    rules: LegalRules,
    region: string | null,
    entry: LedgerEntry,
    plan: LedgerEntry | null,
  ): Promise<CommitmentCheck> {
    const today = this.clock.today();
    const column = columnOf(entry.route, region);
    const [before, now] = [
      await this.enterprise(tx, entry, entry.onDay),
      await this.enterprise(tx, entry, today),
    ];
    return {
      entryId: entry.id,
      party: entry.party ?? '',
      packageTitle: plan?.packageTitle ?? null,
      onDay: before && standingOf(rules, before, column, entry.onDay),
      today: now && standingOf(rules, now, column, today),
      gates: plan?.packageId ? await this.gates(tx, rules, plan.packageId, now, today) : [],
    };
  }

  private async enterprise(tx: Tx, entry: LedgerEntry, on: Day): Promise<Enterprise | null> {
    const { enterpriseOrganisationId: organisationId } = entry;
    const owned = organisationId === null ? null : await enterpriseOfOrganisation(tx, organisationId);
    const at = { on, knownAt: this.clock.now() };
    const [found] = owned ? await this.registry.asOf(tx, [owned.id], at) : [];
    return found?.enterprise ?? null;
  }

  private async gates(
    tx: Tx,
    rules: LegalRules,
    packageId: string,
    enterprise: Enterprise | null,
    on: Day,
  ): Promise<GateOfPackage[]> {
    const item = await packageById(tx, packageId);
    const tender = item && (await tenderById(tx, item.tenderId));
    if (!item || !tender) return [];
    const trades = confirmedTrades(await tagsOf(tx, [packageId]));
    return gatesOfPackage(rules, { tender, item, trades, credentials: enterprise?.credentials ?? null }, on);
  }
}

/** Where no column is known for a clause, nobody is let in or kept out by a machine. */
function standingOf(rules: LegalRules, enterprise: Enterprise, column: string | null, on: Day): Standing {
  if (column === null) return { on, verdict: 'person-decides', reasons: [] };
  const question = { basis: column, enterprise: enterpriseFacts(enterprise) };
  const { verdict, reasons } = legalView(rules).eligibility(question, on);
  const against = reasons.filter(({ result }) => result === 'fail');
  return {
    on,
    verdict,
    reasons: against.length > 0 ? against : reasons.filter(({ result }) => result === 'unknown'),
  };
}
