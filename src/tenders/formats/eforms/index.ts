import type { Place, Problem } from '../../../kernel/index.js';
import {
  NO_PLACE,
  blankTender,
  type Buyer,
  type FactSources,
  type Lot,
  type NoticeFacts,
  type ParsedTender,
  type Reserved,
  type StatedPlace,
} from '../../domain/index.js';
import { countryCode, languageCode } from '../countries.js';
import { type Due, dueOfLots, earliest, statedDay, statedMoment, tellAmount } from '../stated-values.js';
import { xpathsOf, type XmlNode } from '../xml-tree.js';
import { lotOfProject, readLots } from './lots.js';
import { EXTENSION, NOTICE_ROOTS, at, textAt, textIn, xpathOf } from './paths.js';
import { firstPlace, readProject, type Project } from './project.js';

const SDK = /^eforms-sdk-(\d{1,2}\.\d{1,2})(?:\.\d+)?$/;
const FIRST_MINOR = 3;
const LAST_MINOR = 16;

export function isEformsNotice(root: XmlNode): boolean {
  return NOTICE_ROOTS.has(root.uri);
}

/**
 * An eForms notice (SDK 1.3 to 1.16): ContractNotice, PriorInformationNotice or ContractAwardNotice.
 * Texts are taken in the notice's own language when it repeats them in several.
 */
export function readEforms(root: XmlNode): ParsedTender {
  const problems: Problem[] = [];
  const language = textAt(root, 'cbc:NoticeLanguageCode');
  const notice = readNotice(root, language);
  const [projectNode] = at(root, 'cac:ProcurementProject');
  const project = projectNode ? readProject(projectNode, language, problems) : null;
  const declared = readLots(root, language, problems);
  if (declared.length === 0) {
    const place = { xpath: xpathOf(root) };
    problems.push({ code: 'notice.lot.none', severity: 'warning', place, found: null, expected: null });
  }
  const lots = declared.length === 0 && projectNode && project ? [onlyLot(project, projectNode)] : declared;
  tellWhatIsOver(root, problems);
  const due = dueOfLots(lots) ?? requestsDue(root, problems);
  return {
    format: 'eforms',
    formatVersion: readVersion(root, problems),
    language: languageCode(language),
    tender: {
      ...blankTender(),
      ...tenderFromProject(project),
      ...(project?.places.length === 0 ? { place: commonPlace(lots) } : {}),
      buyer: notice.buyers[0] ?? null,
      noticeDate: statedDay(notice.issueDate),
      deadline: due?.moment ?? null,
      reserved: reservedAlike(lots),
    },
    lots,
    notice,
    sources: projectNode ? sourcesIn(root, projectNode, due?.at ?? null) : {},
    layout: [],
    problems,
  };
}

function sourcesIn(root: XmlNode, project: XmlNode, due: Place | null): FactSources {
  const first = (from: XmlNode, path: string): XmlNode | undefined => at(from, path)[0];
  return {
    ...xpathsOf({
      title: first(project, 'cbc:Name'),
      value: first(project, 'cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount'),
      cpv: first(project, 'cac:MainCommodityClassification'),
      place: first(project, 'cac:RealizedLocation'),
      buyer: first(root, 'cac:ContractingParty'),
    }),
    ...(due === null ? {} : { deadline: due }),
  };
}

function tenderFromProject(project: Project | null): Partial<ParsedTender['tender']> {
  if (project === null) return {};
  const { title, description, nature, cpv, value, places, durations } = project;
  return { title, description, nature, cpv, value, places, place: firstPlace(places), durations };
}

function readVersion(root: XmlNode, problems: Problem[]): string | null {
  const [node] = at(root, 'cbc:CustomizationID');
  const version = SDK.exec(node?.text ?? '')?.[1] ?? null;
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (major !== 1 || minor === undefined || minor < FIRST_MINOR || minor > LAST_MINOR) {
    problems.push({
      code: 'notice.version.unknown',
      severity: 'warning',
      place: { xpath: node ? xpathOf(node) : '/*/cbc:CustomizationID' },
      found: node?.text.slice(0, 200) ?? null,
      expected: `eforms-sdk-1.${FIRST_MINOR} … eforms-sdk-1.${LAST_MINOR}`,
    });
  }
  return version;
}

function readNotice(root: XmlNode, language: string | null): NoticeFacts {
  return {
    kind: NOTICE_ROOTS.get(root.uri) ?? root.local,
    id: at(root, 'cbc:ID').find((id) => id.attributes.get('schemeName') === 'notice-id')?.text ?? null,
    version: textAt(root, 'cbc:VersionID'),
    publicationId: textAt(root, `${EXTENSION}/efac:Publication/efbc:NoticePublicationID`),
    subtype: textAt(root, `${EXTENSION}/efac:NoticeSubType/cbc:SubTypeCode`),
    legalBasis: textAt(root, 'cbc:RegulatoryDomain'),
    procedureType: textAt(root, 'cac:TenderingProcess/cbc:ProcedureCode'),
    languageCode: language,
    issueDate: textAt(root, 'cbc:IssueDate'),
    buyers: readBuyers(root, language),
  };
}

/** Buyers are named by reference: the parties point at organisations listed once. */
function readBuyers(root: XmlNode, language: string | null): readonly Buyer[] {
  const organisations = new Map<string, XmlNode>();
  for (const organisation of at(root, `${EXTENSION}/efac:Organizations/efac:Organization`)) {
    const parts = [...at(organisation, 'efac:Company'), ...at(organisation, 'efac:TouchPoint')];
    for (const part of parts) {
      const id = textAt(part, 'cac:PartyIdentification/cbc:ID');
      if (id !== null && !organisations.has(id)) organisations.set(id, part);
    }
  }
  return at(root, 'cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID').flatMap((reference) => {
    const company = organisations.get(reference.text);
    if (!company) return [];
    return [
      {
        name: textIn(language, company, 'cac:PartyName/cbc:Name'),
        id: textAt(company, 'cac:PartyLegalEntity/cbc:CompanyID'),
        country: countryCode(textAt(company, 'cac:PostalAddress/cac:Country/cbc:IdentificationCode')),
        nuts: textAt(company, 'cac:PostalAddress/cbc:CountrySubentityCode'),
      },
    ];
  });
}

const REQUESTS = [
  'cac:ParticipationRequestReceptionPeriod',
  `${EXTENSION}/efac:InterestExpressionReceptionPeriod`,
];

/** BT-1311 and BT-630: where offers are asked later of those who were chosen, the day that counts now. */
function requestsDue(root: XmlNode, problems: Problem[]): Due | null {
  const periods = REQUESTS.flatMap((path) =>
    at(root, `cac:ProcurementProjectLot/cac:TenderingProcess/${path}`),
  );
  const due = earliest(
    periods.flatMap((period) => {
      const moment = statedMoment(textAt(period, 'cbc:EndDate'), textAt(period, 'cbc:EndTime'));
      return moment === null ? [] : [{ moment, at: { xpath: xpathOf(period) } }];
    }),
  );
  if (due) {
    problems.push({
      code: 'notice.deadline.requests',
      severity: 'info',
      place: due.at,
      found: due.moment,
      expected: null,
    });
  }
  return due;
}

/** A notice of a plan alone, and one of before, may have no lot: what it is about is one. */
function onlyLot(project: Project, node: XmlNode): Lot {
  return { ...lotOfProject('1', project), declared: false, at: { xpath: xpathOf(node) } };
}

function commonPlace(lots: readonly Lot[]): StatedPlace {
  const places = new Map(lots.flatMap((lot) => lot.places).map((place) => [JSON.stringify(place), place]));
  return places.size === 1 ? firstPlace([...places.values()]) : NO_PLACE;
}

/** BT-140: the change takes the notice back. BT-142: a lot ended without anybody chosen. BT-161: what it all came to. */
function tellWhatIsOver(root: XmlNode, problems: Problem[]): void {
  const tell = (code: string, node: XmlNode): void => {
    const place = { xpath: xpathOf(node) };
    problems.push({ code, severity: 'warning', place, found: node.text.slice(0, 200), expected: null });
  };
  const reasons = at(root, `${EXTENSION}/efac:Changes/efac:ChangeReason/cbc:ReasonCode`);
  for (const reason of reasons.filter(({ text }) => text === 'cancel')) tell('notice.cancelled', reason);
  const [awarded] = at(root, `${EXTENSION}/efac:NoticeResult/cbc:TotalAmount`);
  if (awarded) tellAmount('notice.value.awarded', awarded, awarded.attributes.get('currencyID'), problems);
  for (const result of at(root, `${EXTENSION}/efac:NoticeResult/efac:LotResult`)) {
    if (textAt(result, 'cbc:TenderResultCode') !== 'clos-nw') continue;
    for (const lot of at(result, 'efac:TenderLot/cbc:ID')) tell('notice.lot.cancelled', lot);
  }
}

/** What all lots say alike about who may take part and who may execute. */
function reservedAlike(lots: readonly Lot[]): Reserved {
  const real = lots.filter((lot) => lot.kind !== 'LotsGroup').map((lot) => lot.reserved);
  const [first] = real;
  if (!first) return { participation: null, execution: null };
  return {
    participation: real.every((r) => r.participation === first.participation) ? first.participation : null,
    execution: real.every((r) => r.execution === first.execution) ? first.execution : null,
  };
}
