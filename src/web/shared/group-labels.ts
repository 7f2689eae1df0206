import type { Language } from '../../kernel/index.js';
import type { BreakdownBy } from '../../monitoring/index.js';
import type { Messages } from '../../platform/i18n/index.js';
import type { Names } from './names.js';

/** The words for a group of a breakdown, in one language; `key` null is the group of what names none. */
export type GroupLabel = (
  by: BreakdownBy,
  group: { readonly key: string | null; readonly name: string | null },
) => string;

export function groupLabels(language: Language, messages: Messages, names: Names): GroupLabel {
  const say = (key: string): string => messages.text(language, key);
  return (by, { key, name }) => {
    if (key === null) return say(`figures.none.${by}`);
    switch (by) {
      case 'contractor':
        return name ?? key;
      case 'trade':
        return names.trade(language, key);
      case 'municipality':
        return placeOf(key, (site) => names.site(language, site));
      case 'kind':
        return names.kind(language, key);
      case 'basis':
        return key === 'BE-CONTRACT' ? say('why.contractFreedom') : key;
      case 'origin':
        return say(`figures.origin.${key}`);
    }
  };
}

/** A municipality by its code or its name, or a NUTS region. */
function placeOf(key: string, name: (site: string) => string): string {
  if (/^\d{5}$/.test(key)) return name(`nis:${key}`);
  return /^[A-Z]{2}[A-Z0-9]{0,3}$/.test(key) ? name(`nuts:${key}`) : key;
}
