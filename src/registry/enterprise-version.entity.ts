import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EnterpriseProfile } from './domain/index.js';

@Entity({ schema: 'registry', name: 'enterprise_version', synchronize: false })
export class EnterpriseVersionRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('text') name: string;
  @Column('text') kind: string;
  @Column('jsonb') profile: EnterpriseProfile;
  @Column('daterange') valid: string;
  @Column('tstzrange') recorded: string;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy: string | null;
}
