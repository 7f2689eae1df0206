import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BuyerChoice, ClauseChoice, Nature, TenderPlace, TenderStatus } from './domain/index.js';

@Entity({ schema: 'tenders', name: 'tender', synchronize: false })
export class TenderRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'import_id' }) importId: string;
  @Column('text') status: TenderStatus;
  @Column('integer') version: number;
  @Column('text') title: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('text', { nullable: true }) language: string | null;
  @Column('text', { nullable: true }) nature: Nature | null;
  @Column('date', { name: 'notice_date', nullable: true }) noticeDate: string | null;
  @Column('timestamptz', { nullable: true }) deadline: Date | null;
  @Column('numeric', { precision: 16, scale: 2, nullable: true }) value: string | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('jsonb') place: TenderPlace;
  @Column('jsonb', { nullable: true }) buyer: BuyerChoice | null;
  @Column('jsonb', { nullable: true }) clause: ClauseChoice | null;
  @Column('text', { array: true }) questions: string[];
  @Column('boolean', { name: 'asks_price' }) asksPrice: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
  @Column('text', { name: 'withdrawal_reason', nullable: true }) withdrawalReason: string | null;
}
