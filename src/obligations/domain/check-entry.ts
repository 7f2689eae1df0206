import type { Day, Decimal, Problem } from '../../kernel/index.js';
import { FieldReader } from './field-reader.js';
import {
  LEANS_ON,
  routesOf,
  ROUTES,
  STAGES,
  type DebtClause,
  type LedgerEntry,
  type Route,
  type Stage,
} from './obligation.js';

/** What somebody wants to enter; the rest of an entry the service adds. */
export interface EntryGiven {
  readonly stage: Stage;
  readonly route: Route;
  readonly quantity: Decimal;
  readonly onDay: Day;
  readonly parentId: string | null;
  readonly packageId: string | null;
  readonly answerId: string | null;
  readonly party: string | null;
  readonly document: string | null;
  readonly note: string | null;
}

/** An enterprise that answered yes to a package, in full, in part or with others. */
export interface Acceptable {
  readonly id: string;
  readonly packageId: string;
  readonly enterpriseName: string;
}

/** What an entry is judged with. */
export interface EntryWorld {
  readonly clause: DebtClause;
  readonly today: Day;
  readonly entries: readonly LedgerEntry[];
  /** Packages the contractor offered in published tenders. */
  readonly packageIds: ReadonlySet<string>;
  readonly answers: readonly Acceptable[];
}

/**
 * Reads an entry of the ledger. Route and, for a proof, quantity are those of the entry it leans on; a commitment on a
 * package of Maillon names the enterprise by its answer.
 * @returns the entry, or what is wrong with each field
 */
export function checkEntry(
  given: Readonly<Record<string, unknown>>,
  world: EntryWorld,
): EntryGiven | Problem[] {
  const read = new FieldReader(given);
  const stage = read.oneOf('stage', STAGES);
  const leansOn = LEANS_ON[stage];
  const parent = leansOn === null ? null : findParent(read, world, leansOn, given['parentId']);
  const route = parent ? parent.route : readRoute(read, world, leansOn === null);
  const packageId = stage === 'planned' ? read.optionalText('packageId') : null;
  if (packageId !== null && !world.packageIds.has(packageId)) read.refuse('package.unknown', 'packageId');
  const answer = stage === 'committed' ? readAnswer(read, world, parent) : null;
  const entry: EntryGiven = {
    stage,
    route,
    quantity: stage === 'proven' ? (parent?.quantity ?? '0') : read.quantity('quantity'),
    onDay: read.day('onDay', world.today, stage === 'committed' ? null : (parent?.onDay ?? null)),
    parentId: parent?.id ?? null,
    packageId,
    answerId: answer?.id ?? null,
    party: answer ? answer.enterpriseName : readParty(read, stage, parent),
    document: stage === 'planned' ? null : read.text('document'),
    note: stage === 'waived' ? read.text('note') : read.optionalText('note'),
  };
  if (stage === 'planned' && packageId === null && entry.note === null) read.refuse('missing.plan', 'note');
  return read.problems.length > 0 ? read.problems : entry;
}

function findParent(
  read: FieldReader,
  { entries }: EntryWorld,
  stage: Stage,
  id: unknown,
): LedgerEntry | null {
  const found = entries.find((one) => one.id === id && one.stage === stage && one.endedAt === null) ?? null;
  if (!found) read.refuse(`missing.parent-${stage}`, 'parentId');
  return found;
}

function readRoute(read: FieldReader, { clause }: EntryWorld, isAsked: boolean): Route {
  const open = routesOf(clause);
  if (!isAsked || open.length === 1) return open[0]!;
  return read.oneOf('route', ROUTES);
}

/** On a package of Maillon, only who answered yes to it; elsewhere the contractor names whom it engaged. */
function readAnswer(read: FieldReader, { answers }: EntryWorld, plan: LedgerEntry | null): Acceptable | null {
  if (plan === null || plan.packageId === null) return null;
  const id = read.optionalText('answerId');
  const found = answers.find((answer) => answer.id === id && answer.packageId === plan.packageId) ?? null;
  if (!found) read.refuse('missing.answerId', 'answerId');
  return found;
}

function readParty(read: FieldReader, stage: Stage, parent: LedgerEntry | null): string | null {
  if (stage === 'planned' || stage === 'performed') return null;
  // The enterprise is named by its answer, and its absence said there.
  if (stage === 'committed' && parent?.packageId) return null;
  return read.text('party');
}
