import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'tenders', name: 'lot', synchronize: false })
export class LotRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'tender_id' }) tenderId: string;
  @Column('integer') ordinal: number;
  @Column('text') ref: string;
  @Column('text', { nullable: true }) title: string | null;
  @Column('text', { nullable: true }) description: string | null;
  @Column('text', { array: true }) cpv: string[];
  @Column('numeric', { precision: 16, scale: 2, nullable: true }) value: string | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('jsonb') place: object;
  @Column('jsonb') reserved: object;
  @Column('integer', { name: 'duration_days', nullable: true }) durationDays: number | null;
}
