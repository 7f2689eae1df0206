import { isCpvShape, isDay, type Day, type Problem } from '../../kernel/index.js';
import type { ContractNature } from '../domain/index.js';
import { xpathOf, type XmlNode } from './xml-tree.js';

export const TED_NATURES: Readonly<Record<string, ContractNature>> = {
  WORKS: 'works',
  SERVICES: 'services',
  SUPPLIES: 'supplies',
};

/** `20140409`. */
export function compactDay(value: string | null): Day | null {
  const day = value?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return isDay(day) ? day : null;
}

/** Codes of elements with an attribute `CODE`; what is no code is told. */
export function cpvCodes(nodes: readonly XmlNode[], problems: Problem[]): readonly string[] {
  const read = nodes.flatMap((node) => {
    const code = node.attributes.get('CODE');
    if (isCpvShape(code)) return [code];
    problems.push({
      code: 'notice.cpv.unreadable',
      severity: 'warning',
      place: { xpath: xpathOf(node) },
      found: code ?? null,
      expected: '45000000',
    });
    return [];
  });
  return [...new Set(read)];
}

/** A prior information may announce more than one. @param objects one each */
export function tellSeveralContracts(objects: readonly XmlNode[], problems: Problem[]): void {
  problems.push({
    code: 'notice.contracts.several',
    severity: 'info',
    place: { xpath: xpathOf(objects[0]!) },
    found: String(objects.length),
    expected: null,
    params: { count: objects.length },
  });
}
