import { readFileSync } from 'node:fs';
import { strToU8 } from 'fflate';
import { fromRoot } from '../../platform/project-root.js';
import { isRefused, type ParsedTender } from '../domain/index.js';
import { parseTender } from './index.js';

const FOLDER = ['test', 'fixtures', 'tenders'] as const;

async function read(bytes: Uint8Array, name: string): Promise<ParsedTender> {
  const result = await parseTender(bytes, name);
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

function fixture(name: string): Promise<ParsedTender> {
  return read(new Uint8Array(readFileSync(fromRoot(...FOLDER, name))), name);
}

const notice = readFileSync(fromRoot(...FOLDER, '547670-2023.xml'), 'utf8');

describe('one document of each format', () => {
  it('eForms: a Belgian notice with three lots', async () => {
    const tender = await fixture('547670-2023.xml');
    expect(tender).toMatchObject({
      format: 'eforms',
      formatVersion: '1.8',
      language: 'fr',
      tender: {
        buyer: { name: 'Université de Namur', id: '0409530535_1697', country: 'BE', nuts: 'BE352' },
        nature: 'services',
        noticeDate: '2023-09-08',
        deadline: '2023-10-11T14:00:00+02:00',
        cpv: ['55000000'],
        value: null,
        reserved: { participation: 'none', execution: 'no' },
      },
      notice: {
        kind: 'ContractNotice',
        subtype: '20',
        legalBasis: '32014L0024',
        publicationId: '00547670-2023',
      },
      problems: [],
    });
    expect(
      tender.lots.map(({ ref, kind, cpv, place, lines }) => [ref, kind, cpv, place.nuts, lines.length]),
    ).toEqual([
      ['LOT-0001', 'Lot', ['55000000', '55500000'], 'BE352', 0],
      ['LOT-0002', 'Lot', ['55000000'], 'BE352', 0],
      ['LOT-0003', 'Lot', ['55000000'], 'BE352', 0],
    ]);
    expect(tender.lots[1]!.at).toEqual({ xpath: '/ContractNotice/cac:ProcurementProjectLot[2]' });
  });

  it('TED: five lots reserved to sheltered workshops', async () => {
    const tender = await fixture('546568-2020.xml');
    expect(tender).toMatchObject({
      format: 'ted-export',
      language: 'fr',
      tender: {
        deadline: '2020-12-08T16:00:00+01:00',
        value: { amount: '66800', currency: 'EUR' },
        reserved: { participation: 'res-ws', execution: 'yes' },
      },
      problems: [],
    });
    expect(tender.lots.map((lot) => [lot.ref, lot.durationDays])).toEqual(
      ['01', '02', '03', '04', '05'].map((ref) => [ref, 487]),
    );
  });

  it('GAEB: positions with their numbers, an option and a variant', async () => {
    const [lot] = (await fixture('boq.x83')).lots;
    expect(lot!.declared).toBe(false);
    expect(
      lot!.lines.map(({ ref, kind, nature, section }) => [ref, kind, nature, section.join(' > ')]),
    ).toEqual([
      ['01.02.0010', 'base', null, 'Erdarbeiten > Aushub'],
      ['01.02.0020', 'base', 'FFT', 'Erdarbeiten > Aushub'],
      ['03.0030', 'option', null, 'Zusatzleistungen'],
      ['03.0040', 'base', null, 'Zusatzleistungen'],
      ['03.0040.1', 'variant', null, 'Zusatzleistungen'],
      ['03.0050', 'base', null, 'Zusatzleistungen'],
    ]);
  });

  it('OCDS: one lot stands for a tender that declares none', async () => {
    expect(await fixture('ocds-release.json')).toMatchObject({
      format: 'ocds',
      tender: { title: 'Planned cycle lane improvements', cpv: ['45233130', '45233162'], nature: 'works' },
      lots: [{ ref: '1', declared: false }],
      problems: [],
    });
  });

  it('DECP: each record is a lot', async () => {
    const tender = await fixture('decp-three-records.json');
    expect(
      tender.lots.map(({ ref, cpv, durationDays, place }) => [ref, cpv[0], durationDays, place.postalCode]),
    ).toEqual([
      ['2018MC1804600', '90513500', 1460, '20000'],
      ['2018381800', '30199000', 1460, '45120'],
      ['201918S00890600', '45300000', 365, '44600'],
    ]);
  });

  it.each([
    ['01-maisons-ouvrieres-25-lignes.xlsx', 'xlsx', 1, 25, '2027-01-29T10:00:00+01:00', 'Seraing'],
    ['07-parc-activites-services.csv', 'csv', 6, 75, '2027-04-06T09:30:00+02:00', 'Herstal'],
    ['08-deconstruction-selective.pdf', 'pdf', 3, 58, '2027-02-05T11:00:00+01:00', 'Flémalle'],
    ['09-terril-nettoyage-verdurisation.docx', 'docx', 1, 35, '2027-03-25T10:00:00+01:00', 'Saint-Nicolas'],
    ['maison-de-quartier.json', 'json', 2, 5, '2027-02-26T12:00:00+01:00', 'Seraing'],
  ])('%s', async (name, format, lots, lines, deadline, municipality) => {
    const tender = await fixture(name);
    expect([tender.format, tender.lots.length, tender.lots.flatMap((lot) => lot.lines).length]).toEqual([
      format,
      lots,
      lines,
    ]);
    expect([tender.tender.deadline, tender.tender.place.municipality]).toEqual([deadline, municipality]);
    expect(tender.problems).toEqual([]);
  });
});

describe('an eForms notice', () => {
  it.each([
    ['of a version that does not exist yet', ['eforms-sdk-1.8', 'eforms-sdk-1.17'], 'notice.version.unknown'],
    ['with a code that is none', ['>55500000<', '>55-50<'], 'notice.cpv.unreadable'],
    ['with a lot twice', ['>LOT-0002<', '>LOT-0001<'], 'notice.lot.repeated'],
    [
      'with a place that is none',
      [
        '<cac:Address><cbc:CountrySubentityCode listName="nuts">BE352<',
        '<cac:Address><cbc:CountrySubentityCode listName="nuts">Namur<',
      ],
      'notice.nuts.unreadable',
    ],
    ['with a day that is none', ['>2023-10-11+02:00<', '>2023-13-11+02:00<'], 'notice.date.unreadable'],
  ] as const)('%s is read, and the flaw is told with its XPath', async (_what, [from, to], code) => {
    expect(notice.includes(from)).toBe(true);
    const tender = await read(strToU8(notice.replace(from, to)), 'a.xml');
    expect(tender.problems).toMatchObject([
      { code, place: { xpath: expect.stringMatching(/^\//) as string } },
    ]);
  });

  it('is known by its namespaces, whatever the prefixes', async () => {
    const other = notice
      .replaceAll('cbc:', 'b:')
      .replaceAll('xmlns:cbc', 'xmlns:b')
      .replaceAll('cac:', 'a:')
      .replaceAll('xmlns:cac', 'xmlns:a');
    const renamed = other.replace('xmlns:cac=', 'xmlns:a=').replace('xmlns:cbc=', 'xmlns:b=');
    const [a, b] = [await read(strToU8(renamed), 'a.xml'), await fixture('547670-2023.xml')];
    expect(a.tender).toEqual(b.tender);
  });

  it('is read in its own language when texts come in several', async () => {
    const twice = notice.replace(
      '<cbc:Name languageID="FRA">Accord-cadre',
      '<cbc:Name languageID="ENG">Framework</cbc:Name><cbc:Name languageID="FRA">Accord-cadre',
    );
    const tender = await read(strToU8(twice), 'a.xml');
    expect(tender.tender.title).toMatch(/^Accord-cadre/);
  });
});
