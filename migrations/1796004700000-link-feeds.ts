import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A secret address of a person's own feed and calendar, for programs that cannot sign in. One each; only its hash is kept. */
export class LinkFeeds1796004700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE accounts.feed_link (
        person_id uuid PRIMARY KEY REFERENCES accounts.person (id) ON DELETE CASCADE,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        token_hash text NOT NULL CONSTRAINT feed_link_token_once UNIQUE,
        created_at timestamptz NOT NULL,
        used_at timestamptz,
        -- how often it was opened in the hour that began then
        hour timestamptz,
        opened integer NOT NULL DEFAULT 0
      );
      ALTER TABLE accounts.feed_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY feed_link_own ON accounts.feed_link
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system()
                    OR (person_id = platform.actor_person() AND organisation_id = platform.actor_organisation()));
      GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.feed_link TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE accounts.feed_link;`);
  }
}
