import { Injectable } from '@nestjs/common';
import { organisationById, type Organisation } from '../accounts/index.js';
import { dayInBrussels, Refusal, type Actor, type Day, type Problem } from '../kernel/index.js';
import { LegalBasisService, type LegalRules } from '../legal-basis/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import {
  documentReads,
  type DocumentBrought,
  type DocumentRead,
  type StoredDocument,
} from '../platform/documents/index.js';
import { newId } from '../platform/ids.js';
import { FileScan } from '../platform/malware/index.js';
import {
  approvalChecks,
  approvalDocument,
  approvalDocuments,
  checkEnterprise,
  enterpriseOfOrganisation,
  insertApprovalDocument,
  loadGeography,
  loadTradeCodes,
  RegistryService,
  shareDays,
  type Approval,
  type ApprovalCheck,
  type ApprovalDocument,
  type Enterprise,
  type RegisteredEnterprise,
} from '../registry/index.js';

/** What an organisation sees of itself in the register. */
export interface Profile {
  readonly organisation: Organisation;
  /** Null until it has said what it is. */
  readonly registered: RegisteredEnterprise | null;
  /** What it showed for its approvals. */
  readonly documents: readonly ApprovalDocument[];
  /** When its approvals were checked. */
  readonly checks: readonly ApprovalCheck[];
  /** Who else opened them. */
  readonly reads: readonly DocumentRead[];
  readonly today: Day;
}

type Proof = Omit<Approval, 'state' | 'authority' | 'reference'> & DocumentBrought;

/** An enterprise tells what it is, does and may; each change is checked like a row of any register. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly legalBasis: LegalBasisService,
    private readonly scan: FileScan,
  ) {}

  read(actor: Actor): Promise<Profile> {
    return this.db.transaction(actor, (tx) => this.profile(tx, actor));
  }

  /**
   * Changes the profile from today on, or enters the organisation in the register the first time.
   * @param seen the version that was looked at; null for the first time
   * @param edit the whole enterprise as it shall be; checked afterwards
   * @returns what is wrong with it, nothing kept; empty when it is kept
   * @throws Refusal `version-changed` when somebody else changed it meanwhile
   */
  async change(
    actor: Actor,
    seen: string | null,
    edit: (present: Enterprise | null, organisation: Organisation) => object,
  ): Promise<readonly Problem[]> {
    return this.db.transaction(actor, async (tx) => {
      const { organisation, registered, today } = await this.profile(tx, actor);
      if ((registered?.versionId ?? null) !== seen) throw new Refusal('version-changed');
      const id = registered?.enterprise.id ?? organisation.id;
      const checked = this.check(
        { ...edit(registered?.enterprise ?? null, organisation), id },
        await this.legalBasis.rulesAsOf(tx),
      );
      if ('problems' in checked) return checked.problems;
      const { enterprise } = checked;
      if (registered) await this.registry.changeProfile(tx, actor, id, enterprise, today);
      else await this.registry.register(tx, actor, enterprise, { organisationId: organisation.id });
      await this.record(tx, organisation.id, 'profile.changed', id);
      return [];
    });
  }

  /**
   * Records an approval as its holder states it: it counts once somebody has checked it.
   * @param proof the document that shows it, if there is one
   * @throws Refusal `profile-missing`, `approval-verified-already` when it shares days with one that was checked,
   *   and those of the scan for malware
   */
  async stateApproval(
    actor: Actor,
    approval: Omit<Approval, 'state' | 'authority'>,
    proof: DocumentBrought | null,
  ): Promise<void> {
    if (proof) await this.scan.demandClean(proof.content);
    await this.db.transaction(actor, async (tx) => {
      const { organisation, registered } = await this.profile(tx, actor);
      if (!registered) throw new Refusal('profile-missing');
      const { approvals, id } = registered.enterprise;
      const verified = approvals.filter(({ kind, state }) => kind === approval.kind && state === 'verified');
      if (verified.some((one) => shareDays(one, approval))) throw new Refusal('approval-verified-already');
      await this.registry.recordApproval(tx, id, { ...approval, authority: null, state: 'pending' });
      if (proof) await this.keepProof(tx, actor, id, { ...approval, ...proof });
      await this.record(tx, organisation.id, 'approval.stated', id);
    });
  }

  /** @throws Refusal `not-found`, alike for what does not exist and what is another's */
  async document(actor: Actor, id: string): Promise<StoredDocument> {
    const found = await this.db.transaction(actor, (tx) => approvalDocument(tx, id));
    if (!found || found.organisationId !== actor.organisationId) throw new Refusal('not-found');
    return found;
  }

  private async keepProof(
    tx: Tx,
    actor: Actor,
    enterpriseId: string,
    { kind, validFrom, validUntil, name, mediaType, content }: Proof,
  ): Promise<void> {
    const receivedAt = this.clock.now();
    await insertApprovalDocument(tx, {
      id: newId(receivedAt),
      organisationId: actor.organisationId!,
      enterpriseId,
      kind,
      validFrom,
      validUntil,
      name,
      mediaType,
      content,
      receivedBy: actor.personId,
      receivedAt,
    });
  }

  private check(
    value: object,
    { kinds }: LegalRules,
  ): { readonly enterprise: Enterprise } | { readonly problems: readonly Problem[] } {
    const [geography, trades] = [loadGeography(), loadTradeCodes()];
    return checkEnterprise(value, {
      cpvExists: (code) => trades.has(code),
      placeExists: (place) => geography.extent(place) !== null,
      kindExists: (kind) => kinds.has(kind),
    });
  }

  private async profile(tx: Tx, actor: Actor): Promise<Profile> {
    const organisation = await organisationById(tx, actor.organisationId ?? '');
    if (!organisation || actor.role !== 'enterprise') throw new Refusal('not-allowed');
    const now = this.clock.now();
    const today = dayInBrussels(now);
    const owned = await enterpriseOfOrganisation(tx, organisation.id);
    const [registered = null] = owned
      ? await this.registry.asOf(tx, [owned.id], { on: today, knownAt: now })
      : [];
    const documents = owned ? await approvalDocuments(tx, owned.id) : [];
    const checks = owned ? await approvalChecks(tx, owned.id) : [];
    const ids = documents.map(({ id }) => id);
    const reads =
      ids.length > 0 ? await documentReads(tx, organisation.id, 'approval-document.read', ids) : [];
    return { organisation, registered, documents, checks, reads, today };
  }

  private async record(tx: Tx, organisationId: string, action: string, subjectId: string): Promise<void> {
    await audit(tx, { organisationId, action, subjectId, at: this.clock.now() });
  }
}
