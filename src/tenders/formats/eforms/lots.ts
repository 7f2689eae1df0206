import type { Problem } from '../../../kernel/index.js';
import {
  EXECUTIONS,
  LOT_KINDS,
  PARTICIPATIONS,
  blankLot,
  daysFromTo,
  durationInDays,
  type Lot,
  type Reserved,
  type Subcontracting,
} from '../../domain/index.js';
import { machineDecimal, statedMoment } from '../stated-values.js';
import type { XmlNode } from '../xml-tree.js';
import { EXTENSION, at, codesAt, textAt, xpathOf } from './paths.js';
import { firstPlace, readProject, type Project } from './project.js';

const RESERVED_PARTICIPATION =
  'cac:TenderingTerms/cac:TendererQualificationRequest/cac:SpecificTendererRequirement/cbc:TendererRequirementTypeCode';
const RESERVED_EXECUTION = 'cac:TenderingTerms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode';
const SUBCONTRACT_TERMS = 'cac:TenderingTerms/cac:AllowedSubcontractTerms';
const INDICATIONS = `cac:TenderingTerms/${EXTENSION}/efac:TenderSubcontractingRequirements/efbc:TenderSubcontractingRequirementsCode`;
const ADDITIONAL_TYPE = 'cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode';

/** Lots, parts of a planning notice and groups of lots, in the order of the notice. */
export function readLots(notice: XmlNode, language: string | null, problems: Problem[]): readonly Lot[] {
  const seen = new Set<string>();
  return at(notice, 'cac:ProcurementProjectLot').flatMap((node) => {
    const lot = readLot(node, language, problems);
    if (lot === null) return [];
    if (seen.has(lot.ref)) {
      problems.push({
        code: 'notice.lot.repeated',
        severity: 'warning',
        place: { xpath: xpathOf(node) },
        found: lot.ref,
        expected: null,
      });
    }
    seen.add(lot.ref);
    return [lot];
  });
}

function readLot(node: XmlNode, language: string | null, problems: Problem[]): Lot | null {
  const [id] = at(node, 'cbc:ID');
  const kind = LOT_KINDS.find((known) => known === id?.attributes.get('schemeName'));
  if (!id || id.text === '' || kind === undefined) {
    problems.push({
      code: 'notice.lot.unnamed',
      severity: 'warning',
      place: { xpath: xpathOf(node) },
      found: id?.text ?? null,
      expected: LOT_KINDS.join(' | '),
    });
    return null;
  }
  const [projectNode] = at(node, 'cac:ProcurementProject');
  const project = projectNode ? readProject(projectNode, language, problems) : null;
  const participation = codesAt(node, RESERVED_PARTICIPATION, 'reserved-procurement');
  return {
    ...(project ? lotOfProject(id.text, project) : blankLot({ ref: id.text })),
    kind,
    reserved: readReserved(node, participation),
    reservedParticipation: participation,
    socialObjectives: codesAt(node, ADDITIONAL_TYPE, 'social-objective').filter((code) => code !== 'none'),
    subcontracting: readSubcontracting(node),
    deadline: readDeadline(node, problems),
    at: { xpath: xpathOf(node) },
  };
}

/** What a project says, as a lot. */
export function lotOfProject(ref: string, project: Project): Lot {
  const { title, description, nature, cpv, value, places, durations, start, end } = project;
  return blankLot({
    ref,
    title,
    description,
    nature,
    cpv,
    value,
    place: firstPlace(places),
    places,
    durationDays: durations[0] ? durationInDays(durations[0]) : daysFromTo(start, end),
    durations,
    start,
    end,
  });
}

function readReserved(lot: XmlNode, participation: readonly string[]): Reserved {
  const restricting = participation.find((code) => code !== 'none') ?? participation[0];
  const [execution] = codesAt(lot, RESERVED_EXECUTION, 'reserved-execution');
  return {
    participation: PARTICIPATIONS.find((known) => known === restricting) ?? null,
    execution: EXECUTIONS.find((known) => known === execution) ?? null,
  };
}

function readSubcontracting(lot: XmlNode): Subcontracting {
  const [terms] = at(lot, SUBCONTRACT_TERMS).filter(
    (node) => codesAt(node, 'cbc:SubcontractingConditionsCode', 'subcontracting-obligation').length > 0,
  );
  return {
    obligation: terms ? textAt(terms, 'cbc:SubcontractingConditionsCode') : null,
    indications: [...new Set(at(lot, INDICATIONS).map((node) => node.text))].filter((code) => code !== ''),
    minimumPercent: terms ? machineDecimal(textAt(terms, 'cbc:MinimumPercent')) : null,
    maximumPercent: terms ? machineDecimal(textAt(terms, 'cbc:MaximumPercent')) : null,
  };
}

function readDeadline(lot: XmlNode, problems: Problem[]): string | null {
  const [period] = at(lot, 'cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod');
  if (!period) return null;
  const day = textAt(period, 'cbc:EndDate');
  const moment = statedMoment(day, textAt(period, 'cbc:EndTime'));
  if (moment === null && day !== null) {
    problems.push({
      code: 'notice.date.unreadable',
      severity: 'warning',
      place: { xpath: xpathOf(period) },
      found: day.slice(0, 200),
      expected: '2026-04-10+02:00',
    });
  }
  return moment;
}
