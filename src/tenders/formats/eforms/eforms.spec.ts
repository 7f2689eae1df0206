import { strToU8 } from 'fflate';
import { isRefused, type ParsedTender } from '../../domain/index.js';
import { parseTender } from '../index.js';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const EFORMS = 'http://data.europa.eu/p27/';

async function read(body: string, { root = 'ContractNotice', extension = '' } = {}): Promise<ParsedTender> {
  const result = await parseTender(
    strToU8(
      `<${root} xmlns="${UBL}${root}-2" xmlns:cac="${UBL}CommonAggregateComponents-2" xmlns:cbc="${UBL}CommonBasicComponents-2" xmlns:ext="${UBL}CommonExtensionComponents-2" xmlns:efac="${EFORMS}eforms-ubl-extension-aggregate-components/1" xmlns:efbc="${EFORMS}eforms-ubl-extension-basic-components/1" xmlns:efext="${EFORMS}eforms-ubl-extensions/1">${extended(extension)}<cbc:CustomizationID>eforms-sdk-1.12</cbc:CustomizationID><cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>${body}</${root}>`,
    ),
    'a.xml',
  );
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

function extended(content: string): string {
  return `<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>${content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
}

const place = (nuts: string, city = ''): string =>
  `<cac:RealizedLocation><cac:Address>${city && `<cbc:CityName>${city}</cbc:CityName>`}<cbc:CountrySubentityCode>${nuts}</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>`;
const project = (title: string, more = ''): string =>
  `<cac:ProcurementProject><cbc:Name>${title}</cbc:Name><cbc:ProcurementTypeCode>works</cbc:ProcurementTypeCode><cac:MainCommodityClassification><cbc:ItemClassificationCode>45442100</cbc:ItemClassificationCode></cac:MainCommodityClassification>${more}</cac:ProcurementProject>`;
const lot = (ref: string, process = '', more = ''): string =>
  `<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">${ref}</cbc:ID><cac:TenderingProcess>${process}</cac:TenderingProcess>${project(ref, more)}</cac:ProcurementProjectLot>`;
const period = (name: string, day: string, time: string): string =>
  `<${name}><cbc:EndDate>${day}</cbc:EndDate><cbc:EndTime>${time}</cbc:EndTime></${name}>`;

const codesOf = ({ problems }: ParsedTender): readonly (readonly [string, string | null])[] =>
  problems.map(({ code, found }) => [code, found]);

describe('the deadline of a notice', () => {
  const requests = (day: string): string =>
    period('cac:ParticipationRequestReceptionPeriod', day, '11:00:00+02:00');

  it('is that of requests to take part where offers have none yet, and this is told', async () => {
    const notice = await read(
      `${project('A')}${lot('1', requests('2026-06-08+02:00'))}${lot('2', requests('2026-06-05+02:00'))}`,
    );
    expect(notice.tender.deadline).toBe('2026-06-05T11:00:00+02:00');
    expect(notice.lots.map(({ deadline }) => deadline)).toEqual([null, null]);
    expect(notice.sources!.deadline).toEqual({
      xpath:
        '/ContractNotice/cac:ProcurementProjectLot[2]/cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod',
    });
    expect(codesOf(notice)).toEqual([['notice.deadline.requests', '2026-06-05T11:00:00+02:00']]);
  });

  it('is that of expressions of interest where nothing else is asked', async () => {
    const interest = extended(period('efac:InterestExpressionReceptionPeriod', '2026-06-05Z', '11:00:00Z'));
    const notice = await read(`${project('A')}${lot('1', interest)}`);
    expect(notice.tender.deadline).toBe('2026-06-05T11:00:00Z');
  });

  it('is that of offers where there is one', async () => {
    const offers = period('cac:TenderSubmissionDeadlinePeriod', '2026-07-05+02:00', '10:00:00+02:00');
    const notice = await read(`${project('A')}${lot('1', offers + requests('2026-06-05+02:00'))}`);
    expect([notice.tender.deadline, codesOf(notice)]).toEqual(['2026-07-05T10:00:00+02:00', []]);
  });

  it('is its day alone where the time is none', async () => {
    const offers = period('cac:TenderSubmissionDeadlinePeriod', '2026-07-05+02:00', '25:61:00+02:00');
    expect((await read(`${project('A')}${lot('1', offers)}`)).tender.deadline).toBe('2026-07-05');
  });
});

it('a notice without lots is one lot with what the project says', async () => {
  const notice = await read(project('Toiture', place('BE332', 'Seraing')), {
    root: 'PriorInformationNotice',
  });
  expect(notice.lots).toMatchObject([
    {
      ref: '1',
      declared: false,
      title: 'Toiture',
      nature: 'works',
      cpv: ['45442100'],
      place: { nuts: 'BE332', municipality: 'Seraing' },
      at: { xpath: '/PriorInformationNotice/cac:ProcurementProject' },
    },
  ]);
  expect(codesOf(notice)).toEqual([['notice.lot.none', null]]);
});

it('the whole is where all its lots are, if it does not say so itself', async () => {
  const same = await read(`${project('A')}${lot('1', '', place('BE332'))}${lot('2', '', place('BE332'))}`);
  expect([same.tender.place.nuts, same.tender.places]).toEqual(['BE332', []]);
  const two = await read(`${project('A')}${lot('1', '', place('BE332'))}${lot('2', '', place('BE335'))}`);
  expect(two.tender.place.nuts).toBeNull();
});

it('a place that names only its region has the municipality of the words beside it', async () => {
  const words = (nuts: string, description: string): string =>
    place(nuts).replace('<cac:Address>', `<cbc:Description>${description}</cbc:Description><cac:Address>`);
  const { lots } = await read(
    `${project('A')}${lot('1', '', words('BE332', 'Hall, rue Cockerill 1, 4100 Seraing'))}${lot('2', '', words('BE332', 'Divers sites'))}${lot('3', '', words('FRE11', '4100 Seraing'))}`,
  );
  expect(lots.map(({ places: [first] }) => [first!.nuts, first!.postalCode, first!.municipality])).toEqual([
    ['BE332', '4100', 'Seraing'],
    ['BE332', null, null],
    ['FRE11', null, null],
  ]);
});

describe('amounts that are no estimate', () => {
  it('are told of a framework that has only a maximum', async () => {
    const total = (estimate: string): string =>
      `<cac:RequestedTenderTotal>${extended('<efbc:FrameworkMaximumAmount currencyID="EUR">900000</efbc:FrameworkMaximumAmount>')}${estimate}</cac:RequestedTenderTotal>`;
    const estimate =
      '<cbc:EstimatedOverallContractAmount currencyID="EUR">700000</cbc:EstimatedOverallContractAmount>';
    const notice = await read(`${project('A', total(''))}${lot('1', '', total(estimate))}`);
    expect([notice.tender.value, notice.lots[0]!.value?.amount]).toEqual([null, '700000']);
    expect(codesOf(notice)).toEqual([['notice.value.maximum', '900000 EUR']]);
  });

  it('are told of what was awarded', async () => {
    const notice = await read(`${project('A')}${lot('1')}`, {
      root: 'ContractAwardNotice',
      extension:
        '<efac:NoticeResult><cbc:TotalAmount currencyID="EUR">4500000</cbc:TotalAmount></efac:NoticeResult>',
    });
    expect(notice.tender.value).toBeNull();
    expect(codesOf(notice)).toEqual([['notice.value.awarded', '4500000 EUR']]);
  });
});

describe('what is over', () => {
  it.each([
    ['cancel', [['notice.cancelled', 'cancel']]],
    ['cor-buy', []],
  ])('a change for the reason %s', async (reason, told) => {
    const extension = `<efac:Changes><efac:ChangeReason><cbc:ReasonCode>${reason}</cbc:ReasonCode></efac:ChangeReason></efac:Changes>`;
    expect(codesOf(await read(`${project('A')}${lot('1')}`, { extension }))).toEqual(told);
  });

  it('is each lot that ended without a winner', async () => {
    const result = (code: string, ref: string): string =>
      `<efac:LotResult><cbc:TenderResultCode>${code}</cbc:TenderResultCode><efac:TenderLot><cbc:ID schemeName="Lot">${ref}</cbc:ID></efac:TenderLot></efac:LotResult>`;
    const notice = await read(`${project('A')}${lot('LOT-0001')}${lot('LOT-0002')}`, {
      root: 'ContractAwardNotice',
      extension: `<efac:NoticeResult>${result('selec-w', 'LOT-0001')}${result('clos-nw', 'LOT-0002')}</efac:NoticeResult>`,
    });
    expect(codesOf(notice)).toEqual([['notice.lot.cancelled', 'LOT-0002']]);
  });
});
