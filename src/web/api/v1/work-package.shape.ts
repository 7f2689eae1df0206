import type { Tag } from '../../../tagging/index.js';
import type { WorkPackage } from '../../../tenders/index.js';
import { money, type TagShape } from './shapes.dto.js';
import type { WorkPackageShape } from './tenders.dto.js';

export function workPackageShape(found: WorkPackage, tags: readonly Tag[]): WorkPackageShape {
  const { id, ref, title, version, confirmed, offered, mode, sites, startsOn, endsOn } = found;
  const { hoursMin, hoursMax, hoursMethod } = found;
  return {
    id,
    ref,
    title,
    version,
    confirmed,
    offered,
    mode,
    value: money(found.value, found.currency),
    hoursMin,
    hoursMax,
    hoursMethod,
    sites: [...sites],
    startsOn,
    endsOn,
    terms: { ...found.terms },
    tags: tags.map(tagShape),
  };
}

export function tagShape(tag: Tag): TagShape {
  const { kind, value, confidence, accepted, evidence, parts, reasons, origin, state } = tag;
  return {
    kind,
    value,
    confidence,
    accepted,
    evidence: [...evidence],
    parts: [...parts],
    reasons: [...reasons],
    origin,
    ruleId: tag.rule?.id ?? null,
    state,
  };
}
