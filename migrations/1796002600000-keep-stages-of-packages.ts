import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far each published package came, kept for the figures: one row per package, one per kind of enterprise that came
 * into it. Rows follow from others and are written by a worker. Whatever they follow from marks its packages in the same
 * transaction, so a kept row is trusted exactly when its package is not marked.
 */
export class KeepStagesOfPackages1796002600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA monitoring;
      GRANT USAGE ON SCHEMA monitoring TO maillon_app;

      CREATE TABLE monitoring.package_stage (
        package_id uuid PRIMARY KEY REFERENCES tenders.work_package (id) ON DELETE CASCADE,
        -- the contractor
        organisation_id uuid NOT NULL,
        published_at timestamptz NOT NULL,
        trade text,
        municipality text,
        basis text,
        origin text,
        placeable boolean NOT NULL,
        judged boolean NOT NULL,
        offered boolean NOT NULL,
        deadline timestamptz,
        withdrawn_at timestamptz,
        eligible_at timestamptz,
        notified_at timestamptz,
        answered tstzmultirange,
        interested tstzmultirange,
        retained_at timestamptz,
        awarded_at timestamptz,
        confirmed tstzmultirange,
        -- Why enterprises said no, and what became of answers: as many values in each list as there were.
        no_reasons text[],
        no_recorded tstzrange[],
        decision_states text[],
        decision_reasons text[],
        decision_terms timestamptz[],
        decision_recorded tstzrange[],
        -- the last figure that counts it, of those in the order of the path, by all that is known
        stage smallint NOT NULL
      );
      -- The figures of now are counted in the indexes alone.
      CREATE INDEX package_stage_published_idx ON monitoring.package_stage (published_at)
        INCLUDE (organisation_id, trade, municipality, basis, origin, stage);
      CREATE TABLE monitoring.kind_stage (
        package_id uuid REFERENCES tenders.work_package (id) ON DELETE CASCADE,
        -- of the enterprises
        kind text,
        organisation_id uuid NOT NULL,
        published_at timestamptz NOT NULL,
        placeable boolean NOT NULL,
        eligible_at timestamptz,
        notified_at timestamptz,
        answered tstzmultirange,
        interested tstzmultirange,
        retained_at timestamptz,
        awarded_at timestamptz,
        confirmed tstzmultirange,
        stage smallint NOT NULL,
        PRIMARY KEY (package_id, kind)
      );
      CREATE INDEX kind_stage_published_idx ON monitoring.kind_stage (published_at) INCLUDE (kind, stage);
      -- No key: two acts of the same moment on one package do not wait for each other.
      CREATE TABLE monitoring.marked_package (package_id uuid NOT NULL);
      CREATE INDEX marked_package_idx ON monitoring.marked_package (package_id);

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['package_stage', 'kind_stage'] LOOP
          EXECUTE format('ALTER TABLE monitoring.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON monitoring.%I FOR SELECT
            USING ((SELECT platform.actor_role() IN (''system'', ''working-group'', ''administrator'')))', t || '_read', t);
          EXECUTE format('CREATE POLICY %I ON monitoring.%I FOR INSERT WITH CHECK (platform.is_system())', t || '_insert', t);
          EXECUTE format('CREATE POLICY %I ON monitoring.%I FOR DELETE USING (platform.is_system())', t || '_delete', t);
          EXECUTE format('GRANT SELECT, INSERT, DELETE ON monitoring.%I TO maillon_app', t);
        END LOOP;
      END $$;
      GRANT SELECT, INSERT, DELETE ON monitoring.marked_package TO maillon_app;
      CREATE INDEX decision_package_idx ON answers.decision (package_id);
    `);
    await this.markByTriggers(db);
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      INSERT INTO monitoring.marked_package
        SELECT p.id FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id WHERE t.published_at IS NOT NULL;
      SELECT set_config('maillon.role', '', true);
    `);
  }

  private async markByTriggers(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Many rows at once: verdicts and tags.
      CREATE FUNCTION monitoring.mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO monitoring.marked_package SELECT DISTINCT package_id FROM changed;
        RETURN NULL;
      END $$;
      CREATE FUNCTION monitoring.mark_package() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO monitoring.marked_package VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.package_id ELSE NEW.package_id END);
        RETURN NULL;
      END $$;
      CREATE FUNCTION monitoring.mark_itself() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO monitoring.marked_package VALUES (NEW.id);
        RETURN NULL;
      END $$;
      CREATE FUNCTION monitoring.mark_tender() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO monitoring.marked_package SELECT p.id FROM tenders.work_package p WHERE p.tender_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE FUNCTION monitoring.mark_told() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO monitoring.marked_package
          SELECT unnest(CASE TG_OP WHEN 'DELETE' THEN OLD.package_ids ELSE NEW.package_ids END);
        RETURN NULL;
      END $$;

      CREATE TRIGGER tender_marks AFTER UPDATE ON tenders.tender FOR EACH ROW
        WHEN (NEW.published_at IS NOT NULL
              AND (OLD.published_at, OLD.organisation_id, OLD.clause, OLD.place, OLD.deadline, OLD.withdrawn_at)
                  IS DISTINCT FROM (NEW.published_at, NEW.organisation_id, NEW.clause, NEW.place, NEW.deadline, NEW.withdrawn_at))
        EXECUTE FUNCTION monitoring.mark_tender();
      CREATE TRIGGER work_package_enters AFTER INSERT ON tenders.work_package FOR EACH ROW
        EXECUTE FUNCTION monitoring.mark_itself();
      CREATE TRIGGER work_package_marks AFTER UPDATE ON tenders.work_package FOR EACH ROW
        WHEN ((OLD.tender_id, OLD.offered) IS DISTINCT FROM (NEW.tender_id, NEW.offered))
        EXECUTE FUNCTION monitoring.mark_itself();
      CREATE TRIGGER withdrawn_package_marks AFTER INSERT OR UPDATE OR DELETE ON tenders.withdrawn_package FOR EACH ROW
        EXECUTE FUNCTION monitoring.mark_package();
      CREATE TRIGGER answer_marks AFTER INSERT OR UPDATE OR DELETE ON answers.answer FOR EACH ROW
        EXECUTE FUNCTION monitoring.mark_package();
      CREATE TRIGGER decision_marks AFTER INSERT OR UPDATE OR DELETE ON answers.decision FOR EACH ROW
        EXECUTE FUNCTION monitoring.mark_package();
      CREATE TRIGGER tag_enters AFTER INSERT ON tagging.tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION monitoring.mark_changed();
      CREATE TRIGGER tag_marks AFTER UPDATE ON tagging.tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION monitoring.mark_changed();
      CREATE TRIGGER tag_leaves AFTER DELETE ON tagging.tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION monitoring.mark_changed();
      CREATE TRIGGER match_enters AFTER INSERT ON matching.match REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION monitoring.mark_changed();
      -- That a verdict ended is no matter: who once could do a package, could.
      CREATE TRIGGER match_marks AFTER UPDATE ON matching.match FOR EACH ROW
        WHEN ((lower(OLD.recorded), OLD.verdict) IS DISTINCT FROM (lower(NEW.recorded), NEW.verdict))
        EXECUTE FUNCTION monitoring.mark_package();
      CREATE TRIGGER match_leaves AFTER DELETE ON matching.match REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION monitoring.mark_changed();
      CREATE TRIGGER notification_enters AFTER INSERT ON notifications.notification FOR EACH ROW
        WHEN (NEW.template IN ('tender-published', 'match-new') AND NEW.finished_at IS NOT NULL)
        EXECUTE FUNCTION monitoring.mark_told();
      CREATE TRIGGER notification_marks AFTER UPDATE ON notifications.notification FOR EACH ROW
        WHEN (NEW.template IN ('tender-published', 'match-new')
              AND (OLD.state IN ('handed', 'delivered'), OLD.finished_at)
                  IS DISTINCT FROM (NEW.state IN ('handed', 'delivered'), NEW.finished_at))
        EXECUTE FUNCTION monitoring.mark_told();
      CREATE TRIGGER notification_leaves AFTER DELETE ON notifications.notification FOR EACH ROW
        WHEN (OLD.template IN ('tender-published', 'match-new') AND OLD.finished_at IS NOT NULL)
        EXECUTE FUNCTION monitoring.mark_told();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX answers.decision_package_idx;
      DROP SCHEMA monitoring CASCADE;
    `);
  }
}
