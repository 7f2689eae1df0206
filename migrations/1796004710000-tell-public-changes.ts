import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happened to tenders that anybody may read, numbered in the order in which it became visible: whoever goes on after a
 * number misses nothing. Each row says what was public then; nobody who acts is named.
 */
export class TellPublicChanges1796004710000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.public_change (
        seq bigint PRIMARY KEY,
        event_id uuid NOT NULL CONSTRAINT public_change_once UNIQUE,
        -- the contractor
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        kind text NOT NULL CONSTRAINT public_change_kind_known
          CHECK (kind IN ('published', 'amended', 'extended', 'withdrawn', 'awarded')),
        title text NOT NULL,
        contractor text NOT NULL,
        municipality text,
        deadline timestamptz NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX public_change_tender_idx ON tenders.public_change (tender_id);
      ALTER TABLE tenders.public_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY public_change_read ON tenders.public_change FOR SELECT USING (true);
      CREATE POLICY public_change_insert ON tenders.public_change FOR INSERT WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT ON tenders.public_change TO maillon_app;

      SELECT set_config('maillon.role', 'system', true);
      INSERT INTO tenders.public_change (seq, event_id, organisation_id, tender_id, kind, title, contractor, municipality, deadline, at)
        SELECT row_number() OVER (ORDER BY e.occurred_at, e.id), e.id, t.organisation_id, t.id, substring(e.type FROM 8), t.title, o.name,
               t.place->>'municipality', t.deadline, e.occurred_at
          FROM platform.event e
          JOIN tenders.tender t ON t.id = e.subject_id AND t.status <> 'draft'
          JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
          JOIN accounts.organisation o ON o.id = t.organisation_id
         WHERE e.type IN ('tender.published', 'tender.amended', 'tender.extended', 'tender.withdrawn')
           AND e.relayed_at IS NOT NULL;
      SELECT set_config('maillon.role', '', true);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.public_change;`);
  }
}
