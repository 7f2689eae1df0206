import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'tenders', name: 'source_file', synchronize: false })
export class SourceFileRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId: string;
  @Column('text') sha256: string;
  @Column('text') name: string;
  @Column('integer', { name: 'size_bytes' }) sizeBytes: number;
  @Column('bytea', { select: false }) content: Buffer;
  @Column('uuid', { name: 'received_by', nullable: true }) receivedBy: string | null;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  /** A scanner for malware looked at it, and found nothing. */
  @Column('boolean') scanned: boolean;
}
