import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApprovalState } from './domain/index.js';

@Entity({ schema: 'registry', name: 'approval', synchronize: false })
export class ApprovalRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('text') kind: string;
  @Column('text') authority: string;
  @Column('text', { nullable: true }) reference: string | null;
  @Column('text') state: ApprovalState;
  @Column('daterange') valid: string;
  @Column('tstzrange') recorded: string;
}
