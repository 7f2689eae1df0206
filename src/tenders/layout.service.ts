import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { columnLayouts, insertLayout, revokeLayout } from './column-layout.repository.js';
import { columnsFrom, withFormerAnswers, type ColumnLayout, type ParsedTender } from './domain/index.js';
import { fileContent, importById, lockImport, replaceReading, type Import } from './import.repository.js';

/** A file and all that is remembered of columns, what was told now first. */
export interface ToldLayout {
  readonly importId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly content: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly layouts: readonly ColumnLayout[];
}

/** What people say of columns: told once per header, remembered for their organisation, taken back when they like. */
@Injectable()
export class LayoutService {
  constructor(private readonly clock: Clock) {}

  /**
   * A file with the columns a person told of one of its tables, to be read once more before that counts.
   * @param table position in `layout` of what was read, or in the first rows of what was refused
   * @param assigned column letter to role; an empty role is none
   * @param headerRow which row is the header, where no table was found
   * @throws Refusal not-found, import-not-staged, layout-*
   */
  async told(
    tx: Tx,
    importId: string,
    table: number,
    assigned: Readonly<Record<string, string>>,
    headerRow?: number,
  ): Promise<ToldLayout> {
    const opened = await importById(tx, importId);
    if (!opened) throw new Refusal('not-found');
    if (opened.state !== 'staged' && !opened.firstRows) throw new Refusal('import-not-staged');
    const layout = opened.parsed?.layout[table] ?? headerTold(opened, table, headerRow);
    const file = await fileContent(tx, opened.sourceFileId);
    if (!layout?.fingerprint || !file) throw new Refusal('not-found');
    const told = columnsFrom(assigned);
    if ('refused' in told) throw new Refusal(told.refused);
    const { organisationId } = opened;
    const { fingerprint, headers } = layout;
    const others = (await columnLayouts(tx, organisationId)).filter((one) => one.fingerprint !== fingerprint);
    return {
      importId,
      organisationId,
      headers,
      ...file,
      layouts: [{ fingerprint, columns: told.columns }, ...others].map((one) => ({
        fingerprint: one.fingerprint,
        columns: one.columns,
      })),
    };
  }

  /** Remembers what was told, and keeps what the file says when it is read so, and what was answered. @throws Refusal sign-in-needed, import-not-staged */
  async remember(tx: Tx, actor: Actor, told: ToldLayout, parsed: ParsedTender): Promise<void> {
    if (!actor.personId) throw new Refusal('sign-in-needed');
    const { importId, organisationId, headers, layouts } = told;
    const [layout] = layouts;
    const now = this.clock.now();
    await revokeLayout(tx, organisationId, { fingerprint: layout!.fingerprint }, actor.personId, now);
    const decided = { decidedBy: actor.personId, decidedAt: now };
    await insertLayout(tx, { id: newId(now), organisationId, headers, ...layout!, ...decided });
    const former = (await lockImport(tx, importId))?.parsed;
    const reading = former ? withFormerAnswers(former, parsed) : parsed;
    if (!(await replaceReading(tx, importId, reading, now))) throw new Refusal('import-not-staged');
  }

  /** The next file with that header is read as if nobody had said anything. @throws Refusal not-found, sign-in-needed */
  async revoke(tx: Tx, actor: Actor, layoutId: string): Promise<void> {
    if (!actor.personId || !actor.organisationId) throw new Refusal('sign-in-needed');
    const which = { id: layoutId };
    if (!(await revokeLayout(tx, actor.organisationId, which, actor.personId, this.clock.now())))
      throw new Refusal('not-found');
  }
}

/** The row of a refused file that a person says is its header. @throws Refusal layout-without-header */
function headerTold({ firstRows }: Import, table: number, headerRow: number | undefined) {
  const sheet = firstRows?.[table];
  if (!sheet) return null;
  const row = sheet.rows.find((one) => one.row === headerRow);
  if (!row?.fingerprint) throw new Refusal('layout-without-header');
  const headers = row.cells.flatMap((text, index) => (text === '' ? [] : [[letterOf(index), text] as const]));
  return { fingerprint: row.fingerprint, headers: Object.fromEntries(headers) };
}

/** Of the first 26 columns, which is what is shown. */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}
