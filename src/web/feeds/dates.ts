import type { DateToKeep } from '../../answers/index.js';
import type { MessageParams } from '../../platform/i18n/index.js';
import type { CalendarEntry } from '../../platform/subscription/index.js';
import type { ApprovalEnd } from '../../registry/index.js';
import { contractorPaths } from '../contractor/paths.js';
import { enterprisePaths } from '../enterprise/paths.js';

type Say = (key: string, params?: MessageParams) => string;

/** Days before at which a program reminds of a date; works announce themselves. */
const REMINDS: Readonly<Record<DateToKeep['kind'], number | null>> = {
  answer: 2,
  reconfirm: 2,
  confirm: 1,
  start: null,
  end: null,
};
const APPROVAL_REMINDS = 30;

/** Where somebody does what the date is about. */
function hrefOf({ kind, packageId, tenderId }: DateToKeep, isContractor: boolean): string {
  if (isContractor || packageId === null) return contractorPaths.board(tenderId);
  return kind === 'confirm' ? enterprisePaths.award(packageId) : enterprisePaths.opportunity(packageId);
}

/** A date as a calendar shows it to its reader. @param publicUrl of the service, without a slash at its end */
export function dateShown(
  date: DateToKeep,
  isContractor: boolean,
  publicUrl: string,
  say: Say,
): CalendarEntry {
  const { kind, id, title, tender, contractor, at, on, moved, changedAt } = date;
  const whose = isContractor && (kind === 'answer' || kind === 'confirm') ? 'own.' : '';
  return {
    uid: `${kind}-${id}@${new URL(publicUrl).hostname}`,
    sequence: moved,
    changedAt,
    when: at ?? on!,
    title: say(`feeds.date.${whose}${kind}`, { title }),
    text: isContractor ? tender : say('feeds.date.of', { tender, contractor }),
    href: `${publicUrl}${hrefOf(date, isContractor)}`,
    remindsDaysBefore: REMINDS[kind],
  };
}

/** @param kind of the approval, in words */
export function approvalShown(
  { enterpriseId, kind: code, from, lastDay, moved, recordedAt }: ApprovalEnd,
  kind: string,
  publicUrl: string,
  say: Say,
): CalendarEntry {
  return {
    uid: `approval-${enterpriseId}-${code}-${from ?? 'always'}@${new URL(publicUrl).hostname}`,
    sequence: moved,
    changedAt: recordedAt,
    when: lastDay,
    title: say('feeds.date.approval', { kind }),
    text: say('feeds.date.approval.text'),
    href: `${publicUrl}${enterprisePaths.newApproval()}`,
    remindsDaysBefore: APPROVAL_REMINDS,
  };
}
