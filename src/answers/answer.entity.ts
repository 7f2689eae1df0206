import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AnswerKind, RefusalReason } from './domain/index.js';

@Entity({ schema: 'answers', name: 'answer', synchronize: false })
export class AnswerRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'contractor_organisation_id' }) contractorOrganisationId: string;
  @Column('uuid', { name: 'tender_id' }) tenderId: string;
  @Column('uuid', { name: 'package_id' }) packageId: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('text') kind: AnswerKind;
  @Column('text', { nullable: true }) reason: RefusalReason | null;
  @Column('text', { nullable: true }) part: string | null;
  @Column('text', { nullable: true }) message: string | null;
  @Column('uuid', { array: true, name: 'line_ids' }) lineIds: string[];
  @Column('text', { array: true }) replies: string[];
  @Column('date', { name: 'starts_on', nullable: true }) startsOn: string | null;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn: string | null;
  @Column('text', { nullable: true }) conditions: string | null;
  @Column('numeric', { precision: 14, scale: 2, nullable: true }) price: string | null;
  @Column('uuid', { array: true, name: 'attachment_ids' }) attachmentIds: string[];
  @Column('integer', { name: 'package_version' }) packageVersion: number;
  @Column('uuid', { name: 'answered_by' }) answeredBy: string;
  @Column('tstzrange') recorded: string;
}
