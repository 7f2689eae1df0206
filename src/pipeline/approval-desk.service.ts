import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import type { StoredDocument } from '../platform/documents/index.js';
import {
  approvalDocument,
  enterpriseById,
  pendingApproval,
  pendingApprovals,
  RegistryService,
  type PendingApproval,
} from '../registry/index.js';

export type ApprovalDecision = 'verified' | 'withdrawn';

const AT_ONCE = 200;

/** Where stated approvals are checked against what the authority says: only then do they count. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly registry: RegistryService,
  ) {}

  waiting(actor: Actor): Promise<PendingApproval[]> {
    return this.db.transaction(actor, (tx) => pendingApprovals(tx, AT_ONCE));
  }

  /**
   * What an enterprise showed for an approval. That it was read stands in the enterprise's record.
   * @throws Refusal `not-allowed`, `not-found`
   */
  async document(actor: Actor, id: string): Promise<StoredDocument> {
    if (actor.role !== 'administrator') throw new Refusal('not-allowed');
    return this.db.transaction(actor, async (tx) => {
      const found = await approvalDocument(tx, id);
      if (!found) throw new Refusal('not-found');
      await audit(tx, {
        organisationId: found.organisationId,
        action: 'approval-document.read',
        subjectId: id,
        at: this.clock.now(),
      });
      return found;
    });
  }

  /** @param authority who confirmed or denied it @throws Refusal `not-allowed`, `not-found` when it waits no longer */
  async decide(actor: Actor, id: string, decision: ApprovalDecision, authority: string): Promise<void> {
    if (actor.role !== 'administrator') throw new Refusal('not-allowed');
    // The register is its holders' own: who checks it acts for the system, under their name.
    await this.db.transaction({ ...actor, role: 'system' }, async (tx) => {
      const found = await pendingApproval(tx, id);
      const owner = found && (await enterpriseById(tx, found.enterpriseId));
      if (!found || !owner) throw new Refusal('not-found');
      const { enterpriseId, kind, reference, validFrom, validUntil } = found;
      const approval = { kind, reference, validFrom, validUntil, authority, state: decision };
      await this.registry.recordApproval(tx, enterpriseId, approval);
      await audit(tx, {
        organisationId: owner.organisationId,
        action: `approval.${decision}`,
        subjectId: enterpriseId,
        details: { kind },
        at: this.clock.now(),
      });
    });
  }
}
