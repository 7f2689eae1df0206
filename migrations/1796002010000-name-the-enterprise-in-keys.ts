import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['enterprise_version', 'approval', 'approval_document'] as const;

/**
 * What is spread over several machines by enterprise names it in each of its keys: no machine can vouch for the
 * others. An identity stays the first column, so that it is found as before.
 */
export class NameTheEnterpriseInKeys1796002010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(rekey(table, 'id, enterprise_id'));
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(rekey(table, 'id'));
  }
}

function rekey(table: (typeof TABLES)[number], columns: string): string {
  return `ALTER TABLE registry.${table} DROP CONSTRAINT ${table}_pkey, ADD CONSTRAINT ${table}_pkey PRIMARY KEY (${columns});`;
}
