import { formatEnterpriseNumber } from '../../kernel/index.js';
import type { Profile } from '../../pipeline/index.js';
import { shareDays, type Activity, type Approval, type Enterprise } from '../../registry/index.js';
import { accountPaths } from '../account/paths.js';
import { coverageMap } from './coverage-map.js';
import { enterprisePaths } from './paths.js';

/** What is left to say before matches can come. */
const STEPS = ['about', 'approval', 'activity'] as const;

/** An organisation's own place in the register, with what it lacks. */
export function profilePage({ organisation, registered, documents, checks, reads, today }: Profile) {
  const enterprise = registered?.enterprise ?? null;
  const approvals = (enterprise?.approvals ?? []).map((approval) => ({
    ...approval,
    standing: standingOf(approval, today),
    checkedAt:
      checks.find(({ kind, validFrom }) => kind === approval.kind && validFrom === approval.validFrom)
        ?.checkedAt ?? null,
    documents: documents
      .filter((one) => one.kind === approval.kind && shareDays(one, approval))
      .map(({ id, name }) => ({
        name,
        href: enterprisePaths.approvalDocument(id),
        reads: reads.filter(({ documentId }) => documentId === id),
      })),
  }));
  const has = {
    about: enterprise !== null,
    approval: approvals.length > 0,
    activity: (enterprise?.activities.length ?? 0) > 0,
  };
  return {
    organisation: organisation.name,
    enterpriseNumber:
      organisation.enterpriseNumber === null ? null : formatEnterpriseNumber(organisation.enterpriseNumber),
    enterprise,
    approvals,
    missing: STEPS.filter((step) => !has[step]),
    activities: (enterprise?.activities ?? []).map((activity, index) =>
      activityShown(enterprise!, activity, index),
    ),
    links: {
      about: enterprisePaths.profileAbout(),
      newActivity: enterprisePaths.newActivity(),
      newApproval: enterprisePaths.newApproval(),
      whatIf: enterprisePaths.whatIf(),
      mails: accountPaths.mails(),
      opportunities: enterprisePaths.opportunities(),
    },
    version: registered?.versionId ?? '',
  };
}

function activityShown(enterprise: Enterprise, activity: Activity, index: number) {
  return {
    ...activity,
    months: activity.capacity.months ?? [],
    map: coverageMap(enterprise, activity.zone),
    editHref: enterprisePaths.activity(index),
    removeHref: enterprisePaths.removeActivity(index),
  };
}

type Standing = 'pending' | 'withdrawn' | 'expired' | 'future' | 'valid';

function standingOf({ state, validFrom, validUntil }: Approval, today: string): Standing {
  if (state !== 'verified') return state;
  if (validUntil !== null && validUntil < today) return 'expired';
  return validFrom !== null && validFrom > today ? 'future' : 'valid';
}
