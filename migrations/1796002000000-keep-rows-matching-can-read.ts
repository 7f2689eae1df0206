import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No activity, of the enterprise or of a member, is as the condition says. A missing part makes `==` false, never true. */
const none = (condition: string): string =>
  ['$.activities[*]', '$.members[*].activities[*]']
    .map((path) => `NOT jsonb_path_exists(profile, '${path} ? (${condition})')`)
    .join(' AND ');

const ZONE_TYPE =
  '@.zone.type == "country" || @.zone.type == "radius" || @.zone.type == "areas" || @.zone.type == "unset"';

/** What matching reads of a row; the name of the constraint is the field that is wrong. */
const FIELDS: Readonly<Record<string, string>> = {
  location: `jsonb_path_exists(profile, '$.location.country ? (@.type() == "string")')
    AND NOT jsonb_path_exists(profile, '$.location.lat ? (@ != null && !(@.type() == "number" && @ >= 27 && @ <= 72))')
    AND NOT jsonb_path_exists(profile, '$.location.lon ? (@ != null && !(@.type() == "number" && @ >= -32 && @ <= 45))')`,
  activities: `jsonb_typeof(profile -> 'activities') = 'array' AND jsonb_typeof(profile -> 'members') = 'array'
    AND jsonb_array_length(jsonb_path_query_array(profile, '$.activities[*]')) <= 100
    AND jsonb_array_length(jsonb_path_query_array(profile, '$.members[*].activities[*]')) <= 2000`,
  trades: none('!(@.trades.type() == "array") || exists(@.trades[*] ? (!(@ like_regex "^[0-9]{8}$")))'),
  modes: none('!(@.modes.type() == "array")'),
  zone: none(`!(${ZONE_TYPE}) || !(@.zone.areas.type() == "array")`),
  radius: none(
    '@.zone.type == "radius" && !(@.zone.km.type() == "number" && @.zone.km > 0 && @.zone.km <= 500)',
  ),
  capacity: none('!(@.capacity.type() == "object")'),
};

/**
 * The register is written by the service, which checks each row and names what is wrong. Rows that come another way
 * are held to the same: one that matching cannot read would stop the matching of all others. Rows of before stay as
 * they are (NOT VALID), and another profile can take their place: they end then, and what remains of them is true until a
 * day only. Whatever is entered as new has no such day.
 */
export class KeepRowsMatchingCanRead1796002000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const checks = Object.entries(FIELDS).map(
      ([field, sound]) =>
        `ADD CONSTRAINT enterprise_version_${field} CHECK (NOT upper_inf(recorded) OR NOT upper_inf(valid) OR (${sound})) NOT VALID`,
    );
    await db.query(`ALTER TABLE registry.enterprise_version ${checks.join(',\n')};`);
  }

  async down(db: QueryRunner): Promise<void> {
    const checks = Object.keys(FIELDS).map((field) => `DROP CONSTRAINT enterprise_version_${field}`);
    await db.query(`ALTER TABLE registry.enterprise_version ${checks.join(', ')};`);
  }
}
