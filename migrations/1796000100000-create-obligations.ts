import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a main contract's clause leaves its contractor to do, what was planned, committed, performed, proven or waived of
 * it, and what was tried in vain. That nothing counts twice is held by the constraints below, not by the service.
 */
export class CreateObligations1796000100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA obligations;
      GRANT USAGE ON SCHEMA obligations TO maillon_app;

      -- One debt per contractor and main contract, whatever number of tenders come from it.
      CREATE TABLE obligations.obligation (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        -- the tender that told of the main contract; null when it was entered by hand
        tender_id uuid,
        -- number or name of the main contract, as the contractor writes it
        main_contract text NOT NULL CONSTRAINT obligation_main_contract_given CHECK (btrim(main_contract) <> ''),
        main_contract_key text NOT NULL
          GENERATED ALWAYS AS (lower(regexp_replace(btrim(main_contract), '\\s+', ' ', 'g'))) STORED,
        created_at timestamptz NOT NULL,
        created_by uuid NOT NULL,
        CONSTRAINT obligation_contract_once UNIQUE (organisation_id, main_contract_key),
        CONSTRAINT obligation_owner UNIQUE (id, organisation_id)
      );

      -- What is due, and where that is written. A correction is a new version; the former one keeps its time.
      CREATE TABLE obligations.debt (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        obligation_id uuid NOT NULL,
        version integer NOT NULL,
        notice_date date NOT NULL,
        region text CONSTRAINT debt_region_known CHECK (region IN ('WAL', 'BRU', 'VLA')),
        clause text NOT NULL CONSTRAINT debt_clause_known CHECK (clause IN ('flex', 'training', 'subcontracting')),
        hours numeric(12, 2) CONSTRAINT debt_hours_positive CHECK (hours > 0),
        -- of the approved offer, VAT excluded, as a fraction
        share numeric(7, 6) CONSTRAINT debt_share_within_one CHECK (share > 0 AND share <= 1),
        offer numeric(16, 2) CONSTRAINT debt_offer_positive CHECK (offer > 0),
        amount numeric(16, 2) GENERATED ALWAYS AS (round(share * offer, 2)) STORED,
        source text NOT NULL CONSTRAINT debt_source_known
          CHECK (source IN ('specification', 'order', 'facilitator', 'buyer', 'estimate')),
        document text NOT NULL CONSTRAINT debt_document_given CHECK (btrim(document) <> ''),
        clause_number text,
        -- why the former version was corrected
        reason text,
        -- the law that created the debt: regime and basis of the notice's day, and the versions they rest on
        regime text NOT NULL,
        basis text NOT NULL,
        law_versions uuid[] NOT NULL CONSTRAINT debt_law_cited CHECK (cardinality(law_versions) > 0),
        law_known_at timestamptz NOT NULL,
        confidence text NOT NULL CONSTRAINT debt_confidence_known
          CHECK (confidence IN ('sourced', 'recalled', 'uncertain')),
        recorded_by uuid NOT NULL,
        recorded tstzrange NOT NULL CONSTRAINT debt_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT debt_of_obligation FOREIGN KEY (obligation_id, organisation_id)
          REFERENCES obligations.obligation (id, organisation_id),
        CONSTRAINT debt_share_of_an_offer CHECK ((share IS NULL) = (offer IS NULL)),
        CONSTRAINT debt_of_its_clause CHECK (CASE clause
          WHEN 'training' THEN hours IS NOT NULL AND share IS NULL
          WHEN 'subcontracting' THEN share IS NOT NULL AND hours IS NULL
          ELSE hours IS NOT NULL OR share IS NOT NULL END),
        CONSTRAINT debt_correction_says_why CHECK ((version = 1) = (reason IS NULL)),
        CONSTRAINT debt_version_once UNIQUE (obligation_id, version),
        CONSTRAINT debt_one_truth EXCLUDE USING gist (obligation_id WITH =, recorded WITH &&)
      );

      -- Planned, committed under a plan, performed under a commitment, proven of a performance; and what was waived. A
      -- standing entry leans on a standing one of the stage before: ending what others lean on is refused.
      CREATE TABLE obligations.ledger_entry (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        obligation_id uuid NOT NULL,
        stage text NOT NULL CONSTRAINT ledger_entry_stage_known
          CHECK (stage IN ('planned', 'committed', 'performed', 'proven', 'waived')),
        -- training is counted in hours, subcontracting in EUR without VAT
        route text NOT NULL CONSTRAINT ledger_entry_route_known CHECK (route IN ('training', 'subcontracting')),
        quantity numeric(16, 2) NOT NULL CONSTRAINT ledger_entry_quantity_positive CHECK (quantity > 0),
        on_day date NOT NULL,
        parent_id uuid,
        -- the package that is planned; null for what is placed outside
        package_id uuid,
        -- the enterprise's answer that was accepted
        answer_id uuid,
        -- who was committed, who issued the proof, who granted the waiver
        party text,
        -- order, invoice, list of attendance, certificate, letter: as it is found again
        document text,
        document_key text GENERATED ALWAYS AS (lower(regexp_replace(btrim(document), '\\s+', ' ', 'g'))) STORED,
        note text,
        recorded_by uuid NOT NULL,
        recorded tstzrange NOT NULL CONSTRAINT ledger_entry_recorded_some CHECK (NOT isempty(recorded)),
        ended_reason text,
        standing boolean NOT NULL GENERATED ALWAYS AS (upper_inf(recorded)) STORED,
        -- what the parent must be while this entry stands; null frees it
        parent_stage text GENERATED ALWAYS AS
          (CASE stage WHEN 'committed' THEN 'planned' WHEN 'performed' THEN 'committed' WHEN 'proven' THEN 'performed' END) STORED,
        parent_standing boolean GENERATED ALWAYS AS (CASE WHEN upper_inf(recorded) THEN true END) STORED,
        proven_quantity numeric(16, 2) GENERATED ALWAYS AS (CASE WHEN stage = 'proven' THEN quantity END) STORED,

        CONSTRAINT ledger_entry_of_obligation FOREIGN KEY (obligation_id, organisation_id)
          REFERENCES obligations.obligation (id, organisation_id),
        CONSTRAINT ledger_entry_leant_on UNIQUE (id, stage, standing, obligation_id, route),
        CONSTRAINT ledger_entry_leans FOREIGN KEY (parent_id, parent_stage, parent_standing, obligation_id, route)
          REFERENCES obligations.ledger_entry (id, stage, standing, obligation_id, route),
        CONSTRAINT ledger_entry_quantity_leant_on UNIQUE (id, quantity),
        -- a proof covers an entry as a whole: never more than was performed
        CONSTRAINT ledger_entry_proves_all FOREIGN KEY (parent_id, proven_quantity)
          REFERENCES obligations.ledger_entry (id, quantity),
        CONSTRAINT ledger_entry_parent_by_stage CHECK ((stage IN ('planned', 'waived')) = (parent_id IS NULL)),
        CONSTRAINT ledger_entry_package_is_planned CHECK (package_id IS NULL OR stage = 'planned'),
        CONSTRAINT ledger_entry_answer_is_committed CHECK (answer_id IS NULL OR stage = 'committed'),
        CONSTRAINT ledger_entry_party_by_stage
          CHECK ((stage IN ('committed', 'proven', 'waived')) = (party IS NOT NULL AND btrim(party) <> '')),
        CONSTRAINT ledger_entry_document_by_stage
          CHECK ((stage <> 'planned') = (document IS NOT NULL AND btrim(document) <> '')),
        CONSTRAINT ledger_entry_waived_says_why CHECK (stage <> 'waived' OR (note IS NOT NULL AND btrim(note) <> '')),
        CONSTRAINT ledger_entry_end_says_why CHECK (upper_inf(recorded) = (ended_reason IS NULL)),

        -- one package serves one obligation, by one route
        CONSTRAINT ledger_entry_package_once EXCLUDE USING gist (package_id WITH =, recorded WITH &&)
          WHERE (package_id IS NOT NULL),
        CONSTRAINT ledger_entry_answer_once EXCLUDE USING gist (answer_id WITH =, recorded WITH &&)
          WHERE (answer_id IS NOT NULL),
        -- what was performed is proven once
        CONSTRAINT ledger_entry_proven_once EXCLUDE USING gist (parent_id WITH =, recorded WITH &&)
          WHERE (stage = 'proven'),
        -- a document counts once, whichever obligation it is shown for
        CONSTRAINT ledger_entry_document_once EXCLUDE USING gist
          (organisation_id WITH =, document_key WITH =, recorded WITH &&) WHERE (stage = 'performed'),
        CONSTRAINT ledger_entry_waiver_once EXCLUDE USING gist
          (organisation_id WITH =, route WITH =, document_key WITH =, recorded WITH &&) WHERE (stage = 'waived')
      );
      CREATE INDEX ledger_entry_obligation_idx ON obligations.ledger_entry (obligation_id, recorded);
      CREATE INDEX ledger_entry_parent_idx ON obligations.ledger_entry (parent_id) WHERE parent_id IS NOT NULL;

      -- What the contractor, or a facilitator for it, tried outside Maillon. Nothing is ever changed: a mistake is
      -- corrected by another line.
      CREATE TABLE obligations.attempt (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        obligation_id uuid NOT NULL,
        route text NOT NULL CONSTRAINT attempt_route_known CHECK (route IN ('training', 'subcontracting')),
        tried_by text NOT NULL CONSTRAINT attempt_tried_by_known CHECK (tried_by IN ('contractor', 'facilitator')),
        contacted text NOT NULL CONSTRAINT attempt_contacted_given CHECK (btrim(contacted) <> ''),
        tried_on date NOT NULL,
        outcome text NOT NULL CONSTRAINT attempt_outcome_known
          CHECK (outcome IN ('pending', 'no-answer', 'declined', 'unavailable', 'agreed')),
        reason text,
        document text,
        corrects uuid REFERENCES obligations.attempt (id),
        recorded_by uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT attempt_of_obligation FOREIGN KEY (obligation_id, organisation_id)
          REFERENCES obligations.obligation (id, organisation_id),
        CONSTRAINT attempt_declined_says_why CHECK (outcome <> 'declined' OR (reason IS NOT NULL AND btrim(reason) <> '')),
        CONSTRAINT attempt_corrected_once UNIQUE (corrects)
      );
      CREATE INDEX attempt_obligation_idx ON obligations.attempt (obligation_id, tried_on);

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['obligation', 'debt', 'ledger_entry', 'attempt'] LOOP
          EXECUTE format('ALTER TABLE obligations.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON obligations.%I FOR SELECT
                          USING (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_own', t);
          EXECUTE format('GRANT SELECT, INSERT ON obligations.%I TO maillon_app', t);
        END LOOP;
        FOREACH t IN ARRAY ARRAY['obligation', 'debt', 'attempt'] LOOP
          EXECUTE format('CREATE POLICY %I ON obligations.%I FOR INSERT
                          WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_insert', t);
        END LOOP;
        -- Hours and euros due and done are part of the figures; what was tried is the contractor's to show.
        FOREACH t IN ARRAY ARRAY['obligation', 'debt', 'ledger_entry'] LOOP
          EXECUTE format('CREATE POLICY %I ON obligations.%I FOR SELECT
                          USING (platform.actor_role() IN (''working-group'', ''administrator''))', t || '_figures', t);
        END LOOP;
        FOREACH t IN ARRAY ARRAY['debt', 'ledger_entry'] LOOP
          EXECUTE format('CREATE POLICY %I ON obligations.%I FOR UPDATE
                          USING (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_end', t);
        END LOOP;
      END $$;
      -- Only a package of one's own that was offered in a published tender, only an answer to oneself that is not no.
      CREATE POLICY ledger_entry_insert ON obligations.ledger_entry FOR INSERT
        WITH CHECK (platform.is_system() OR (organisation_id = platform.actor_organisation()
          AND (package_id IS NULL OR EXISTS (
                 SELECT FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
                  WHERE p.id = package_id AND p.offered AND t.status <> 'draft'
                    AND t.organisation_id = platform.actor_organisation()))
          AND (answer_id IS NULL OR EXISTS (
                 SELECT FROM answers.answer a WHERE a.id = answer_id AND a.kind <> 'no' AND upper_inf(a.recorded)
                    AND a.contractor_organisation_id = platform.actor_organisation()))));
      GRANT UPDATE (recorded) ON obligations.debt TO maillon_app;
      GRANT UPDATE (recorded, ended_reason) ON obligations.ledger_entry TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA obligations CASCADE;`);
  }
}
