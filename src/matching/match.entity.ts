import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Because,
  Criterion,
  MatchVerdict,
  SmallestChange,
  Standing,
  WrittenCriterion,
} from './domain/index.js';

export const CLOSED_REASONS = ['changed', 'no-longer-fits', 'outranked', 'package-closed'] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

@Entity({ schema: 'matching', name: 'match', synchronize: false })
export class MatchRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'enterprise_organisation_id' }) enterpriseOrganisationId: string;
  @Column('uuid', { name: 'tender_id' }) tenderId: string;
  @Column('uuid', { name: 'package_id' }) packageId: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('text') verdict: MatchVerdict;
  @Column('numeric', { precision: 6, scale: 5 }) score: string;
  @Column('integer') rank: number;
  @Column('jsonb') criteria: readonly (WrittenCriterion | Criterion)[];
  @Column('jsonb') changes: readonly SmallestChange[];
  @Column('numeric', { name: 'distance_km', precision: 7, scale: 1, nullable: true }) distanceKm:
    string | null;
  @Column('text') basis: string;
  @Column('date', { name: 'decided_on' }) decidedOn: string;
  @Column('integer', { name: 'package_version' }) packageVersion: number;
  @Column('uuid', { name: 'enterprise_version_id' }) enterpriseVersionId: string;
  @Column('timestamptz', { name: 'law_known_at' }) lawKnownAt: Date;
  @Column('text', { name: 'rules_version' }) rulesVersion: string;
  @Column('text', { name: 'asked_digest', nullable: true }) askedDigest: string | null;
  @Column('jsonb', { nullable: true }) standing: Standing | null;
  @Column('jsonb', { name: 'closed_because', nullable: true }) closedBecause: Because | null;
  @Column('text', { name: 'closed_reason', nullable: true }) closedReason: ClosedReason | null;
  @Column('tstzrange') recorded: string;
}
