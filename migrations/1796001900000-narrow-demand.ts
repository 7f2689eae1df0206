import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a package asks beside place and trade, in the rows that changed enterprises are put to, so that the index alone
 * says which of them may fit and how well. Rows that are there ask nothing until the next start writes them again.
 */
export class NarrowDemand1796001900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE matching.demand
        -- depth of the trade asked; NULL where it is another trade of its group, closeness where it is that
        ADD depth smallint,
        ADD closeness real,
        -- what of matching.posting has to be set, bit by bit
        ADD modes smallint NOT NULL DEFAULT 7,
        ADD mask smallint NOT NULL DEFAULT 0,
        ADD flags smallint NOT NULL DEFAULT 0,
        ADD proofs integer NOT NULL DEFAULT 0,
        -- value, infinite and next to nothing when it is not stated
        ADD at_least real NOT NULL DEFAULT 'Infinity',
        ADD at_most real NOT NULL DEFAULT 1e-30,
        ADD hours_per_week real NOT NULL DEFAULT 0,
        -- days since 2000-01-01
        ADD free_by smallint NOT NULL DEFAULT 32767,
        ADD no_size boolean NOT NULL DEFAULT false,
        -- the middle of the work, and how far from it a point of it lies
        ADD is_point boolean NOT NULL DEFAULT false,
        ADD x real,
        ADD y real,
        ADD z real,
        ADD slack_km real NOT NULL DEFAULT 0,
        -- within what squared chord of where the enterprise has to be
        ADD within_x real,
        ADD within_y real,
        ADD within_z real,
        ADD within_reach2 real,
        DROP CONSTRAINT demand_pkey,
        ADD CONSTRAINT demand_pkey PRIMARY KEY (zone, node, package_id)
          INCLUDE (depth, closeness, modes, mask, flags, proofs, at_least, at_most, hours_per_week, free_by, no_size,
                   is_point, x, y, z, slack_km, within_x, within_y, within_z, within_reach2);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE matching.demand
        DROP CONSTRAINT demand_pkey,
        DROP depth, DROP closeness, DROP modes, DROP mask, DROP flags, DROP proofs, DROP at_least, DROP at_most,
        DROP hours_per_week, DROP free_by, DROP no_size, DROP is_point, DROP x, DROP y, DROP z, DROP slack_km,
        DROP within_x, DROP within_y, DROP within_z, DROP within_reach2,
        ADD CONSTRAINT demand_pkey PRIMARY KEY (zone, node, package_id);
    `);
  }
}
