import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'tenders', name: 'bill_line', synchronize: false })
export class BillLineRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'lot_id' }) lotId: string;
  @Column('uuid', { name: 'package_id', nullable: true }) packageId: string | null;
  @Column('text', { name: 'unassigned_reason', nullable: true }) unassignedReason: string | null;
  @Column('integer') ordinal: number;
  @Column('text', { nullable: true }) ref: string | null;
  @Column('text', { name: 'catalogue_code', nullable: true }) catalogueCode: string | null;
  @Column('text') label: string;
  @Column('text', { nullable: true }) unit: string | null;
  @Column('text', { name: 'unit_norm', nullable: true }) unitNorm: string | null;
  @Column('numeric', { nullable: true }) quantity: string | null;
  @Column('text', { nullable: true }) nature: string | null;
  @Column('text', { nullable: true }) kind: string | null;
  @Column('text', { array: true, default: '{}' }) section: string[];
  @Column('text', { nullable: true }) zone: string | null;
  @Column('numeric', { name: 'unit_price', nullable: true }) unitPrice: string | null;
  @Column('numeric', { nullable: true }) total: string | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('boolean') variant: boolean;
  @Column('jsonb') place: object;
}
