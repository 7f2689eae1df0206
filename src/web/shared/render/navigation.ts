import type { Role } from '../../../kernel/index.js';
import { adminPaths } from '../../administrator/paths.js';
import { contractorPaths } from '../../contractor/paths.js';
import { enterprisePaths } from '../../enterprise/paths.js';
import { lawPaths } from '../../law/paths.js';
import { newsPaths } from '../../news/paths.js';
import { workingGroupPaths } from '../../working-group/paths.js';
import type { Viewer } from './page-context.js';

export interface NavigationItem {
  /** Key of its words. */
  readonly key: string;
  readonly href: string;
  readonly current: boolean;
  /** Inside this part, though not its first page. */
  readonly active: boolean;
}

const ITEMS: Readonly<Record<Role, readonly (readonly [key: string, href: string])[]>> = {
  contractor: [
    ['nav.contractor.tenders', contractorPaths.tenders()],
    ['nav.contractor.bring', contractorPaths.bring()],
    ['nav.contractor.obligations', contractorPaths.obligations()],
    ['nav.news', newsPaths.news()],
  ],
  enterprise: [
    ['nav.enterprise.opportunities', enterprisePaths.opportunities()],
    ['nav.enterprise.performances', enterprisePaths.performances()],
    ['nav.enterprise.profile', enterprisePaths.profile()],
    ['nav.news', newsPaths.news()],
  ],
  'working-group': [
    ['nav.workingGroup.figures', workingGroupPaths.figures()],
    ['nav.workingGroup.governance', workingGroupPaths.governance()],
  ],
  administrator: [
    ['nav.admin.outbox', adminPaths.outbox()],
    ['nav.admin.approvals', adminPaths.approvals()],
    ['nav.admin.rules', lawPaths.rules()],
    ['nav.admin.tagRules', adminPaths.tagRules()],
  ],
};

/** Where a person of this role can go, the present place marked; nothing for a visitor. */
export function navigationFor(viewer: Viewer | null, path: string): NavigationItem[] {
  if (!viewer) return [];
  const here = path.split('?')[0] ?? path;
  const items = ITEMS[viewer.role];
  const inside = items
    .map(([, href]) => href)
    .filter((href) => here === href || here.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
  return items.map(([key, href]) => ({ key, href, current: href === here, active: href === inside }));
}

/** The first page of a role. */
export function homeOf(role: Role): string {
  return ITEMS[role][0]![1];
}
