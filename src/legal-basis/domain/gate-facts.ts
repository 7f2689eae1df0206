import type { Cpv, Decimal } from '../../kernel/index.js';
import type { Nature } from './facts.js';

export const APPROVAL_LEVELS = ['category', 'sub-category'] as const;

/** What is known of one enterprise's part of a site, when its gates are asked for; absent is not stated. */
export interface GateFacts {
  /** Part of a public contract, as main contractor or below it. */
  readonly public: boolean;
  readonly nature: Nature;
  readonly cpv?: readonly Cpv[] | null;
  /** EUR, VAT excluded: of this enterprise's part, of the whole site, of the main contract. */
  readonly partValue?: Decimal | null;
  readonly siteValue?: Decimal | null;
  readonly contractValue?: Decimal | null;
  /** Whether the works are classed in a category or a sub-category of contractor approval. */
  readonly approvalLevel?: (typeof APPROVAL_LEVELS)[number] | null;
  /** Class that the documents of the contract ask for, whatever the part is worth. */
  readonly requiredClass?: number | null;
  /** Class of the approval held, 1 to 8; `null` holds none; absent is not stated. */
  readonly approvalClass?: number | null;
  /** Subcontractors on the site. */
  readonly subcontractors?: number | null;
  /** 0 for the main contractor, 1 for its direct subcontractor ... */
  readonly chainLevel?: number | null;
  /** Share of its part that a subcontractor passes on, as a fraction. */
  readonly passedOn?: Decimal | null;
  readonly asbestosTechnique?: string | null;
  /** Techniques the enterprise is approved for; absent is not stated. */
  readonly asbestosApprovals?: readonly string[] | null;
  readonly fraudSensitiveServices?: boolean | null;
  /** Term of payment; `null` is not agreed yet; absent is not asked. */
  readonly paymentDays?: number | null;
}
