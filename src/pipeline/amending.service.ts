import { Inject, Injectable } from '@nestjs/common';
import { DecisionService } from '../answers/index.js';
import { Refusal, type Actor } from '../kernel/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { Jobs } from '../platform/queue/index.js';
import { deleteTags, saidBefore, tagRowsOf, TagRuleService } from '../tagging/index.js';
import {
  CorrectionService,
  importById,
  lockImport,
  type Correction,
  type CorrectionSeen,
  type DifferencesShown,
  type DraftProposal,
  type Import,
} from '../tenders/index.js';
import { writeDemandOf } from './open-demand.js';
import { PackageFindings } from './package-findings.service.js';
import { draftProposal, proposePackages } from './propose-packages.js';

/** A corrected file for a tender that exists: shown as a difference, then accepted by a person. */
@Injectable()
export class AmendingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly corrections: CorrectionService,
    private readonly decisions: DecisionService,
    private readonly findings: PackageFindings,
    private readonly rules: TagRuleService,
  ) {}

  /** What accepting would change; nothing is changed yet. @throws Refusal not-found, tender-closed, import-not-staged */
  preview(actor: Actor, tenderId: string, importId: string): Promise<Correction> {
    return this.db.transaction(actor, (tx) => this.plan(tx, tenderId, importId));
  }

  /**
   * One page of the same. @param names packages named of each kind of change
   * @throws Refusal as `preview`
   */
  see(
    actor: Actor,
    tenderId: string,
    importId: string,
    page: { readonly shown: DifferencesShown; readonly names: number },
  ): Promise<CorrectionSeen> {
    return this.db.transaction(actor, async (tx) => {
      const { opened, proposal } = await this.opened(tx, importId);
      return this.corrections.see(tx, tenderId, opened, proposal, page);
    });
  }

  /**
   * The tender now says what the corrected file says. Packages that the file leaves as they were keep everything,
   * answers included. Of a draft, packages that change are to be looked at again; of a published tender they stay
   * offered under a new version: who answered is asked to confirm, and matching decides again.
   * @param seen what the difference that a person looked at was compared with; undefined for somebody who did not look
   * @throws Refusal as `preview`; package-promised when a package would go of which something is awarded; version-changed
   * when the difference would be another one by now
   */
  async accept(actor: Actor, tenderId: string, importId: string, seen?: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      await lockImport(tx, importId);
      const correction = await this.plan(tx, tenderId, importId);
      const { tender, plan } = correction;
      if (seen !== undefined && seen !== correction.comparedWith) throw new Refusal('version-changed');
      // A package that goes is taken back: not while somebody was promised work of it.
      for (const id of [...plan.emptied].toSorted()) await this.decisions.requireUnpromised(tx, id);
      const existing = [...plan.changed, ...plan.emptied];
      const kept = await tagRowsOf(tx, existing);
      const { touched, eventId } = await this.corrections.accept(tx, actor, correction, kept);
      if (tender.status === 'draft') {
        await deleteTags(tx, existing);
        await this.findings.findAnew(tx, tender, touched, saidBefore(kept));
      } else {
        await this.findings.refreshFigures(tx, tender, [...plan.changed]);
        await this.findings.findAnew(
          tx,
          tender,
          touched.filter((id) => !plan.changed.has(id)),
        );
        await writeDemandOf(tx, tenderId);
      }
      if (eventId) await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
      const about = { organisationId: tender.organisationId, subjectId: tenderId, at: this.clock.now() };
      await audit(tx, { ...about, action: 'tender.corrected' });
    });
  }

  private async plan(tx: Tx, tenderId: string, importId: string): Promise<Correction> {
    const { opened, proposal } = await this.opened(tx, importId);
    return this.corrections.plan(tx, tenderId, opened, proposal);
  }

  private async opened(tx: Tx, importId: string): Promise<{ opened: Import; proposal: DraftProposal }> {
    const opened = await importById(tx, importId);
    if (!opened) throw new Refusal('not-found');
    if (!opened.parsed) throw new Refusal('import-not-staged');
    const rules = await this.rules.inForce(tx, opened.organisationId, opened.parsed.numbering ?? null);
    return { opened, proposal: draftProposal(proposePackages(opened.parsed, rules)) };
  }
}
