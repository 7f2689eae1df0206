import type { Language } from '../../kernel/index.js';
import { rulesFromFiles, type LegalRules } from '../../legal-basis/index.js';
import { loadGeography } from '../../registry/index.js';
import { loadTagModel } from '../../tagging/index.js';
import type { Names } from './names.js';

/** Names from the reference data that matching and tagging read, so that pages never say another word. */
export class ProductNames implements Names {
  private kinds: LegalRules['kinds'] | undefined;

  trade(language: Language, code: string): string {
    return loadTagModel().catalogue.entries.get(code)?.labels[language] ?? code;
  }

  kind(language: Language, code: string): string {
    this.kinds ??= rulesFromFiles().kinds;
    return this.kinds.get(code)?.at(-1)?.names[language] ?? code;
  }

  site(language: Language, key: string): string {
    const [kind, code = ''] = key.split(/:(.*)/s);
    const geography = loadGeography();
    if (kind === 'nis') return officialName(geography.municipalities.get(code)?.names, language) ?? code;
    if (kind === 'nuts') return officialName(geography.nutsCodes.get(code)?.names, language) ?? code;
    if (kind === 'postal') {
      const [country = '', ...rest] = code.split('-');
      const postalCode = rest.join('-');
      const place = geography.localities(country, postalCode)[0]?.name;
      return [postalCode, place].filter(Boolean).join(' ');
    }
    return code;
  }
}

/** French, then Dutch; a place with one official name has it in every language. */
function officialName(names: readonly string[] | undefined, language: Language): string | undefined {
  return language === 'nl' ? (names?.[1] ?? names?.[0]) : names?.[0];
}
