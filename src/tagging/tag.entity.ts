import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EvidenceSpan } from './domain/index.js';

export type TagKind = 'trade' | 'placeable';
export type TagOrigin = 'machine' | 'document' | 'person' | 'rule';
export type TagState = 'proposed' | 'confirmed' | 'rejected';

@Entity({ schema: 'tagging', name: 'tag', synchronize: false })
export class TagRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'package_id' }) packageId: string;
  @Column('text') kind: TagKind;
  @Column('text') value: string;
  @Column('numeric', { precision: 4, scale: 3 }) confidence: string;
  @Column('boolean') accepted: boolean;
  @Column('jsonb') evidence: readonly EvidenceSpan[];
  @Column('text', { array: true }) parts: string[];
  @Column('text', { array: true }) reasons: string[];
  @Column('text') origin: TagOrigin;
  @Column('uuid', { name: 'rule_id', nullable: true }) ruleId: string | null;
  @Column('text') state: TagState;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
}
