import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Problem } from '../kernel/index.js';
import type { FirstRows, ParsedTender } from './domain/index.js';

export type ImportState = 'received' | 'staged' | 'refused' | 'applied';

@Entity({ schema: 'tenders', name: 'import', synchronize: false })
export class ImportRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('uuid', { name: 'source_file_id' }) sourceFileId: string;
  @Column('text') state: ImportState;
  @Column('jsonb', { nullable: true }) parsed: ParsedTender | null;
  @Column('jsonb', { name: 'first_rows', nullable: true }) firstRows: FirstRows[] | null;
  @Column('jsonb', { default: '[]' }) problems: Problem[];
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}
