import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Problem } from '../kernel/index.js';
import { LegalBasisService } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { tenderById } from '../tenders/index.js';
import { attemptsOf, insertAttempt } from './attempt.repository.js';
import { refusingConflicts } from './conflicts.js';
import {
  checkAttempt,
  checkDebt,
  checkEntry,
  debtUnderLaw,
  type Attempt,
  type Debt,
  type DebtLaw,
  type DebtTerms,
  type LawOfDebt,
  type LedgerEntry,
  type Obligation,
  type OfferTried,
} from './domain/index.js';
import { FieldReader } from './domain/field-reader.js';
import { endEntry, entriesOf, insertEntry } from './ledger.repository.js';
import {
  debtsOf,
  endDebt,
  insertDebt,
  insertObligation,
  lockObligation,
  obligationById,
  obligationsOf,
} from './obligation.repository.js';
import { offersTried } from './offers-tried.query.js';
import { acceptableAnswers, offeredPackageIds } from './what-can-serve.query.js';

type Given = Readonly<Record<string, unknown>>;

/** An obligation with the debt in force and everything entered on it. */
export interface ObligationShown {
  readonly obligation: Obligation;
  readonly debt: Debt;
  /** Versions that were corrected, the newest first. */
  readonly formerDebts: readonly Debt[];
  readonly entries: readonly LedgerEntry[];
}

export interface AttemptLog {
  readonly offers: readonly OfferTried[];
  readonly attempts: readonly Attempt[];
}

/** What main contracts leave with a contractor, and what becomes of it. Methods with `tx` read, the others change. */
@Injectable()
export class ObligationsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly legalBasis: LegalBasisService,
  ) {}

  async list(tx: Tx, actor: Actor): Promise<ObligationShown[]> {
    const found = await obligationsOf(tx, organisationOf(actor));
    return this.withLedger(tx, found);
  }

  /** @throws Refusal not-found, alike for what does not exist and what is another's */
  async show(tx: Tx, id: string): Promise<ObligationShown> {
    const found = await obligationById(tx, id);
    if (!found) throw new Refusal('not-found');
    return (await this.withLedger(tx, [found]))[0]!;
  }

  /** What the law said of a debt when it was entered: asked again, of the law as it was known then. */
  async lawOf(tx: Tx, debt: Debt): Promise<LawOfDebt | Problem[]> {
    return debtUnderLaw(await this.legalBasis.rulesAsOf(tx, { knownAt: debt.lawKnownAt }), debt);
  }

  /** What was tried on Maillon and, by hand, outside it. */
  async log(tx: Tx, id: string): Promise<AttemptLog> {
    return { offers: await offersTried(tx, id), attempts: await attemptsOf(tx, id) };
  }

  /**
   * Keeps what a main contract leaves with the contractor.
   * @param given terms as `checkDebt` reads them, `mainContract`, and `tenderId` of the tender it was learnt from
   * @throws Refusal not-found, main-contract-known
   */
  async enter(actor: Actor, given: Given): Promise<Problem[] | { readonly id: string }> {
    const read = new FieldReader(given);
    const mainContract = read.text('mainContract');
    const terms = checkDebt(given, this.clock.today());
    const problems = [...read.problems, ...(Array.isArray(terms) ? terms : [])];
    if (problems.length > 0 || Array.isArray(terms)) return problems;
    const tenderId = read.optionalText('tenderId');
    return refusingConflicts(() =>
      this.db.transaction(actor, async (tx) => {
        const now = this.clock.now();
        const organisationId = organisationOf(actor);
        if (tenderId !== null && !(await tenderById(tx, tenderId))) throw new Refusal('not-found');
        const law = await this.lawNow(tx, terms);
        if (Array.isArray(law)) return law;
        const id = newId(now);
        const createdBy = personOf(actor);
        await insertObligation(tx, { id, organisationId, tenderId, mainContract, createdAt: now, createdBy });
        await this.keepDebt(tx, actor, id, { terms, law, version: 1, reason: null });
        return { id };
      }),
    );
  }

  /**
   * Replaces what is due; the former version keeps its time.
   * @param given terms as `checkDebt` reads them, and `reason`
   * @throws Refusal not-found
   */
  async correct(actor: Actor, id: string, given: Given): Promise<Problem[]> {
    const read = new FieldReader(given);
    const reason = read.text('reason');
    const terms = checkDebt(given, this.clock.today());
    if (read.problems.length > 0 || Array.isArray(terms))
      return [...(Array.isArray(terms) ? terms : []), ...read.problems];
    return this.changing(actor, id, async (tx, { debt }) => {
      const law = await this.lawNow(tx, terms);
      if (Array.isArray(law)) return law;
      await endDebt(tx, id, this.clock.now());
      await this.keepDebt(tx, actor, id, { terms, law, version: debt.version + 1, reason });
      return [];
    });
  }

  /**
   * Adds an entry to the ledger.
   * @throws Refusal not-found, package-serves-another, answer-engaged-already, performance-proven-already,
   *   document-counted-already, entry-leant-on
   */
  async addEntry(actor: Actor, id: string, given: Given): Promise<Problem[]> {
    return this.changing(actor, id, async (tx, { obligation, debt, entries }) => {
      const entry = checkEntry(given, {
        clause: debt.clause,
        today: this.clock.today(),
        entries,
        packageIds: new Set(await offeredPackageIds(tx, obligation.organisationId)),
        answers: await acceptableAnswers(tx, id),
      });
      if (Array.isArray(entry)) return entry;
      const now = this.clock.now();
      const { organisationId } = obligation;
      const row = {
        ...entry,
        id: newId(now),
        organisationId,
        obligationId: id,
        by: personOf(actor),
        at: now,
      };
      await insertEntry(tx, row);
      await emit(tx, {
        type: 'ledger.entry-added',
        organisationId,
        subjectId: id,
        payload: { entryId: row.id, stage: row.stage, route: row.route, quantity: row.quantity },
        at: now,
      });
      return [];
    });
  }

  /**
   * Takes an entry back: it stays in the history with the reason.
   * @throws Refusal not-found, entry-leant-on while another entry leans on it
   */
  async endEntry(actor: Actor, id: string, entryId: string, given: Given): Promise<Problem[]> {
    const read = new FieldReader(given);
    const reason = read.text('reason');
    if (read.problems.length > 0) return read.problems;
    return this.changing(actor, id, async (tx, { obligation }) => {
      const at = this.clock.now();
      if (!(await endEntry(tx, { id: entryId, obligationId: id, reason, at })))
        throw new Refusal('not-found');
      await emit(tx, {
        type: 'ledger.entry-ended',
        organisationId: obligation.organisationId,
        subjectId: id,
        payload: { entryId },
        at,
      });
      return [];
    });
  }

  /** Adds a line to the log of attempts. @throws Refusal not-found */
  async addAttempt(actor: Actor, id: string, given: Given): Promise<Problem[]> {
    return this.changing(actor, id, async (tx, { obligation, debt }) => {
      const line = checkAttempt(given, await attemptsOf(tx, id), debt.clause, this.clock.today());
      if (Array.isArray(line)) return line;
      const at = this.clock.now();
      const { organisationId } = obligation;
      await insertAttempt(tx, {
        ...line,
        id: newId(at),
        organisationId,
        obligationId: id,
        by: personOf(actor),
        at,
      });
      return [];
    });
  }

  private async withLedger(tx: Tx, found: readonly Obligation[]): Promise<ObligationShown[]> {
    const ids = found.map(({ id }) => id);
    const debts = Map.groupBy(await debtsOf(tx, ids), (debt) => debt.obligationId);
    const entries = Map.groupBy(await entriesOf(tx, ids), (entry) => entry.obligationId);
    return found.map((obligation) => {
      const [debt, ...formerDebts] = debts.get(obligation.id) ?? [];
      if (!debt) throw new Error('an obligation has no debt');
      return { obligation, debt, formerDebts, entries: entries.get(obligation.id) ?? [] };
    });
  }

  private async lawNow(tx: Tx, terms: DebtTerms): Promise<LawOfDebt | Problem[]> {
    return debtUnderLaw(await this.legalBasis.rulesAsOf(tx), terms);
  }

  private async keepDebt(
    tx: Tx,
    actor: Actor,
    obligationId: string,
    debt: {
      readonly terms: DebtTerms;
      readonly law: DebtLaw;
      readonly version: number;
      readonly reason: string | null;
    },
  ): Promise<void> {
    const at = this.clock.now();
    const organisationId = organisationOf(actor);
    await insertDebt(tx, {
      ...debt.terms,
      regime: debt.law.regime,
      basis: debt.law.basis,
      lawVersions: debt.law.lawVersions,
      confidence: debt.law.confidence,
      id: newId(at),
      organisationId,
      obligationId,
      version: debt.version,
      reason: debt.reason,
      lawKnownAt: at,
      by: personOf(actor),
      at,
    });
    const type = debt.version === 1 ? 'obligation.entered' : 'obligation.corrected';
    const payload = { version: debt.version, basis: debt.law.basis };
    await emit(tx, { type, organisationId, subjectId: obligationId, payload, at });
  }

  private changing(
    actor: Actor,
    id: string,
    change: (tx: Tx, shown: ObligationShown) => Promise<Problem[]>,
  ): Promise<Problem[]> {
    return refusingConflicts(() =>
      this.db.transaction(actor, async (tx) => {
        await lockObligation(tx, id);
        const shown = await this.show(tx, id);
        if (shown.obligation.organisationId !== actor.organisationId) throw new Refusal('not-found');
        return change(tx, shown);
      }),
    );
  }
}

function organisationOf(actor: Actor): string {
  if (!actor.organisationId) throw new Refusal('sign-in-needed');
  return actor.organisationId;
}

function personOf(actor: Actor): string {
  if (!actor.personId) throw new Refusal('sign-in-needed');
  return actor.personId;
}
