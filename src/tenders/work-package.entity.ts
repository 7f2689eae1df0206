import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryMode, PackageTerms } from './domain/index.js';

@Entity({ schema: 'tenders', name: 'work_package', synchronize: false })
export class WorkPackageRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'tender_id' }) tenderId: string;
  @Column('uuid', { name: 'lot_id' }) lotId: string;
  @Column('integer') ordinal: number;
  @Column('text') ref: string;
  @Column('text') title: string;
  @Column('boolean', { default: false }) confirmed: boolean;
  @Column('boolean', { default: false }) offered: boolean;
  @Column('text') mode: DeliveryMode;
  @Column('numeric', { precision: 16, scale: 2, nullable: true }) value: string | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('numeric', { name: 'hours_min', precision: 10, scale: 1, nullable: true }) hoursMin: string | null;
  @Column('numeric', { name: 'hours_max', precision: 10, scale: 1, nullable: true }) hoursMax: string | null;
  @Column('text', { name: 'hours_method', nullable: true }) hoursMethod: string | null;
  @Column('text', { array: true }) sites: string[];
  @Column('date', { name: 'starts_on', nullable: true }) startsOn: string | null;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn: string | null;
  @Column('jsonb', { default: {} }) terms: Partial<PackageTerms>;
  @Column('integer') version: number;
}
