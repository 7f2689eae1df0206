import type { ColumnRole, StoredLayout } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

export interface LayoutsPage {
  readonly layouts: readonly {
    /** The words of the header, in order. */
    readonly header: string;
    readonly roles: readonly { readonly role: ColumnRole; readonly header: string }[];
    readonly decidedBy: string | null;
    readonly decidedAt: Date;
    readonly revokeHref: string;
  }[];
}

export function layoutsPage(found: readonly StoredLayout[]): LayoutsPage {
  return {
    layouts: found.map(({ id, headers, columns, decidedBy, decidedAt }) => ({
      header: Object.values(headers).join(' | '),
      roles: Object.entries(columns).map(([role, at]) => ({
        role: role as ColumnRole,
        header: headers[letterOf(at)] ?? letterOf(at),
      })),
      decidedBy,
      decidedAt,
      revokeHref: contractorPaths.revokeLayout(id),
    })),
  };
}

function letterOf(index: number): string {
  const first = index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26));
  return first + String.fromCharCode(65 + (index % 26));
}
