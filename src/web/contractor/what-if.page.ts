import type { WhatIf } from '../../matching/index.js';
import type { WhatIfAnswer } from '../../pipeline/index.js';
import { CHANGES, type Change } from '../shared/what-if-wish.js';

export interface WhatIfPage {
  readonly title: string;
  readonly packageHref: string;
  readonly href: string;
  readonly changes: readonly Change[];
  readonly chosen: { readonly change: string; readonly days: number; readonly km: number };
  /** Null until something is asked. */
  readonly answer: WhatIfAnswer | null;
}

export function whatIfPage(
  given: Pick<WhatIfPage, 'title' | 'packageHref' | 'href' | 'answer'> & { readonly wish: WhatIf | null },
): WhatIfPage {
  const { wish, ...page } = given;
  return {
    ...page,
    changes: CHANGES,
    chosen: {
      change: wish?.change ?? 'later',
      days: wish?.change === 'later' ? wish.days : 30,
      km: wish?.change === 'within' ? wish.km : 25,
    },
  };
}
