import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'tenders', name: 'tender_version', synchronize: false })
export class TenderVersionRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tender_id' }) tenderId: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('integer') version: number;
  @Column('jsonb') snapshot: object;
  @Column('tstzrange') recorded: string;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy: string | null;
}
