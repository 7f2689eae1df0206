import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { fromRoot } from '../../platform/project-root.js';
import { isRefused, type ParsedTender } from '../domain/index.js';
import { oneProcess, parseTender } from './index.js';

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

  it('TED before 2016: the forms of the schema R2.0.8', async () => {
    const tender = await fixture('ted-r208-contract.xml');
    expect(tender).toMatchObject({
      format: 'ted-export',
      formatVersion: 'R2.0.8.S02.E01',
      language: 'fr',
      tender: {
        title: 'Rénovation de la salle',
        description: 'Travaux en deux lots',
        buyer: { name: 'Ville de Seraing', country: 'BE' },
        nature: 'works',
        noticeDate: '2014-04-09',
        deadline: '2014-05-15T11:00:00+02:00',
        cpv: ['45210000', '45442100'],
        place: { nuts: 'BE332', country: 'BE' },
        reserved: { participation: 'res-ws', execution: null },
      },
      notice: { kind: 'CONTRACT', subtype: '2', procedureType: 'PT_OPEN', issueDate: '2014-04-04' },
      problems: [],
    });
    expect(tender.lots.map(({ ref, title, cpv, place }) => [ref, title, cpv[0], place.nuts])).toEqual([
      ['1', 'Gros œuvre', '45111000', 'BE332'],
      ['2', 'Peinture', '45442100', 'BE332'],
    ]);
  });

  it('TED before 2016: what was awarded, lot by lot, and a notice without lots', async () => {
    const form = (name: string, body: string): Uint8Array =>
      strToU8(
        `<TED_EXPORT xmlns="http://publications.europa.eu/TED_schema/Export" VERSION="R2.0.8.S03.E01"><FORM_SECTION><${name} CATEGORY="ORIGINAL" LG="DE"><FD_${name} CTYPE="SERVICES">${body}</FD_${name}></${name}></FORM_SECTION></TED_EXPORT>`,
      );
    const cpv = (code: string): string => `<CPV><CPV_MAIN><CPV_CODE CODE="${code}"/></CPV_MAIN></CPV>`;
    const award = await read(
      form(
        'CONTRACT_AWARD',
        `<OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE><DESCRIPTION_AWARD_NOTICE_INFORMATION><TITLE_CONTRACT><P>Reinigung</P></TITLE_CONTRACT>${cpv('90910000')}</DESCRIPTION_AWARD_NOTICE_INFORMATION></OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE><AWARD_OF_CONTRACT><LOT_NUMBER>2</LOT_NUMBER><CONTRACT_TITLE><P>Glas</P></CONTRACT_TITLE><CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR"><VALUE_COST FMTVAL="1200.50">1 200,50</VALUE_COST></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION></AWARD_OF_CONTRACT>`,
      ),
      'a.xml',
    );
    expect(award.lots.map(({ ref, title, value }) => [ref, title, value?.amount])).toEqual([
      ['2', 'Glas', '1200.50'],
    ]);
    const whole = await read(
      form(
        'CONTRACT',
        `<OBJECT_CONTRACT_INFORMATION><DESCRIPTION_CONTRACT_INFORMATION><TITLE_CONTRACT><P>Reinigung</P></TITLE_CONTRACT>${cpv('90910000')}</DESCRIPTION_CONTRACT_INFORMATION><PERIOD_WORK_DATE_STARTING><MONTHS>12</MONTHS></PERIOD_WORK_DATE_STARTING></OBJECT_CONTRACT_INFORMATION>`,
      ),
      'a.xml',
    );
    expect(whole.lots).toMatchObject([
      { ref: '1', declared: false, title: 'Reinigung', cpv: ['90910000'], durationDays: 365 },
    ]);
  });

  it('GAEB: the first of alternatives is ordered, and a dropped position is none', async () => {
    const item = (number: string, more: string): string =>
      `<Item RNoPart="${number}">${more}<Qty>5</Qty><QU>St</QU></Item>`;
    const group = (serial: string): string => `<ALNGroupNo>1</ALNGroupNo><ALNSerNo>${serial}</ALNSerNo>`;
    const tender = await read(
      strToU8(
        `<GAEB xmlns="http://www.gaeb.de/GAEB_DA_XML/DA83/3.2"><Award><BoQ><BoQBody><Itemlist>${item('1', group('0'))}${item('2', group('1'))}${item('3', '<NotAppl>Yes</NotAppl>')}${item('4', '')}</Itemlist></BoQBody></BoQ></Award></GAEB>`,
      ),
      'a.x83',
    );
    expect(tender.lots[0]!.lines.map(({ ref, kind }) => [ref, kind])).toEqual([
      ['1', 'base'],
      ['2', 'variant'],
      ['4', 'base'],
    ]);
    expect(tender.problems).toMatchObject([{ code: 'bill.line.dropped', found: '3' }]);
  });

  it('TED before 2016: a lot without a number is one, and an amount with tax is no value', async () => {
    const cpv = (code: string): string => `<CPV><CPV_MAIN><CPV_CODE CODE="${code}"/></CPV_MAIN></CPV>`;
    const costs = (tax: string): string =>
      `<NATURE_QUANTITY_SCOPE><COSTS_RANGE_AND_CURRENCY CURRENCY="EUR"><VALUE_COST FMTVAL="121.00">121</VALUE_COST>${tax}</COSTS_RANGE_AND_CURRENCY></NATURE_QUANTITY_SCOPE>`;
    const tender = await read(
      strToU8(
        `<TED_EXPORT xmlns="http://publications.europa.eu/TED_schema/Export" VERSION="R2.0.8.S03.E01"><FORM_SECTION><CONTRACT CATEGORY="ORIGINAL" LG="FR"><FD_CONTRACT CTYPE="WORKS"><OBJECT_CONTRACT_INFORMATION><DESCRIPTION_CONTRACT_INFORMATION><TITLE_CONTRACT><P>École</P></TITLE_CONTRACT>${cpv('45210000')}<F02_DIVISION_INTO_LOTS><F02_DIV_INTO_LOT_YES VALUE="ALL_LOTS"><F02_ANNEX_B><LOT_TITLE><P>Peinture</P></LOT_TITLE>${cpv('45442100')}${costs('<EXCLUDING_VAT/>')}</F02_ANNEX_B><F02_ANNEX_B><LOT_NUMBER>1</LOT_NUMBER><LOT_TITLE><P>Toiture</P></LOT_TITLE>${costs('<INCLUDING_VAT><VAT_PRCT>21</VAT_PRCT></INCLUDING_VAT>')}</F02_ANNEX_B><F02_ANNEX_B/></F02_DIV_INTO_LOT_YES></F02_DIVISION_INTO_LOTS></DESCRIPTION_CONTRACT_INFORMATION></OBJECT_CONTRACT_INFORMATION></FD_CONTRACT></CONTRACT></FORM_SECTION></TED_EXPORT>`,
      ),
      'a.xml',
    );
    expect(tender.lots.map(({ ref, title, value }) => [ref, title, value?.amount])).toEqual([
      ['2', 'Peinture', '121.00'],
      ['1', 'Toiture', undefined],
    ]);
    expect(tender.problems).toMatchObject([{ code: 'notice.value.with-tax', found: '121.00' }]);
  });

  it('GAEB: one of the alternatives that are still asked is ordered, whatever its serial; a dropped chapter is told', async () => {
    const item = (number: string, more: string): string =>
      `<Item RNoPart="${number}">${more}<Qty>5</Qty></Item>`;
    const group = (number: string, serial: string): string =>
      `<ALNGroupNo>${number}</ALNGroupNo><ALNSerNo>${serial}</ALNSerNo>`;
    const chapter = (number: string, items: string, more = ''): string =>
      `<BoQCtgy RNoPart="${number}"><LblTx>Titel ${number}</LblTx>${more}<BoQBody><Itemlist>${items}</Itemlist></BoQBody></BoQCtgy>`;
    const tender = await read(
      strToU8(
        `<GAEB xmlns="http://www.gaeb.de/GAEB_DA_XML/DA83/3.2"><Award><BoQ><BoQBody>${chapter(
          '01',
          item('1', `${group('1', '0')}<NotAppl>Yes</NotAppl>`) +
            item('2', group('1', '1')) +
            item('3', group('1', '10')) +
            item('4', group('2', 'B')) +
            item('5', group('2', 'A')),
        )}${chapter('02', item('1', group('1', '0')) + item('2', ''), '<NotApplBoQ>Yes</NotApplBoQ>')}</BoQBody></BoQ></Award></GAEB>`,
      ),
      'a.x83',
    );
    expect(tender.lots[0]!.lines.map(({ ref, kind }) => [ref, kind])).toEqual([
      ['01.2', 'base'],
      ['01.3', 'variant'],
      ['01.4', 'variant'],
      ['01.5', 'base'],
    ]);
    expect(tender.problems).toMatchObject([
      { code: 'bill.line.dropped', found: '01.1' },
      { code: 'bill.chapter.dropped', found: '02 Titel 02', params: { count: 2 } },
    ]);
  });

  it.each([
    ['chapter', '<NotApplBoQ>Yes</NotApplBoQ>', '', '01 Titel'],
    ['line', '', '<NotAppl>Yes</NotAppl>', '01.1'],
  ])('GAEB: a bill of which every %s is dropped is refused', async (_, chapter, item, found) => {
    const result = await parseTender(
      strToU8(
        `<GAEB xmlns="http://www.gaeb.de/GAEB_DA_XML/DA83/3.2"><Award><BoQ><BoQBody><BoQCtgy RNoPart="01"><LblTx>Titel</LblTx>${chapter}<BoQBody><Itemlist><Item RNoPart="1">${item}<Qty>5</Qty></Item></Itemlist></BoQBody></BoQCtgy></BoQBody></BoQ></Award></GAEB>`,
      ),
      'a.x83',
    );
    expect(isRefused(result) && result.refused).toMatchObject({ code: 'bill.lines.dropped', found });
  });

  it('OCDS: the processes of a package are told, and one can be read alone', async () => {
    const release = (ocid: string, title: string): unknown => ({
      ocid,
      tender: { title },
      buyer: { name: 'Ville' },
    });
    const bytes = strToU8(
      JSON.stringify({
        version: '1.1',
        releases: [release('a', 'A1'), release('b', 'B'), release('a', 'A2')],
      }),
    );
    const tender = await read(bytes, 'a.json');
    expect(tender.problems).toMatchObject([
      { code: 'notice.process.several', severity: 'warning', place: { pointer: '/releases' } },
    ]);
    expect(tender.processes).toEqual([
      { ref: 'a', title: 'A2', buyer: 'Ville' },
      { ref: 'b', title: 'B', buyer: 'Ville' },
    ]);
    const titles = [0, 1].map(async (index) => {
      const alone = await read(strToU8(oneProcess(bytes, index)!), 'a.json');
      return [alone.tender.title, alone.sources?.title, alone.processes, alone.problems];
    });
    expect(await Promise.all(titles)).toEqual([
      ['A2', { pointer: '/releases/2/tender/title' }, undefined, []],
      ['B', { pointer: '/releases/1/tender/title' }, undefined, []],
    ]);
    expect([oneProcess(bytes, 2), oneProcess(bytes, Number.NaN)]).toEqual([null, null]);
    expect(oneProcess(strToU8(JSON.stringify({ releases: [release('a', 'A')] })), 0)).toBeNull();
  });

  it('OCDS: releases without the number of a process are processes of their own', async () => {
    const release = (title: string): unknown => ({ tag: ['tender'], tender: { title } });
    const bytes = strToU8(JSON.stringify({ version: '1.1', releases: [release('A'), release('B')] }));
    const { processes, problems } = await read(bytes, 'a.json');
    expect(processes?.map(({ title }) => title)).toEqual(['A', 'B']);
    expect(problems.map(({ code }) => code)).toContain('notice.process.several');
    expect((await read(strToU8(oneProcess(bytes, 0)!), 'a.json')).tender.title).toBe('A');
  });

  it('OCDS: records without a compiled release are read by the releases they hold', async () => {
    const record = (ocid: string): unknown => ({ ocid, releases: [{ ocid, tender: { title: ocid } }] });
    const bytes = strToU8(JSON.stringify({ records: [record('a'), record('b')] }));
    expect((await read(bytes, 'a.json')).tender.title).toBe('a');
    const alone = await read(strToU8(oneProcess(bytes, 1)!), 'a.json');
    expect(alone).toMatchObject({
      tender: { title: 'b' },
      sources: { title: { pointer: '/records/1/releases/0/tender/title' } },
    });
  });

  it('DECP: one record of a list can be read alone, at the place where it stood', async () => {
    const bytes = new Uint8Array(readFileSync(fromRoot(...FOLDER, 'decp-three-records.json')));
    const alone = await read(strToU8(oneProcess(bytes, 1)!), 'a.json');
    expect(alone.lots.map(({ ref, at }) => [ref, at])).toEqual([['2018381800', { pointer: '/marches/1' }]]);
    expect((await read(bytes, 'a.json')).processes).toHaveLength(3);
  });

  const p = (text: string, style = ''): string =>
    `<w:p><w:r><w:rPr>${style}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;
  const row = (cells: readonly string[], style = ''): string =>
    `<w:tr>${cells.map((cell) => `<w:tc>${p(cell, style)}</w:tc>`).join('')}</w:tr>`;
  const HEAD = row(['N°', 'Désignation', 'Unité', 'Quantité']);
  const docx = (...body: readonly string[]): Promise<ParsedTender> =>
    read(
      zipSync({
        'word/document.xml': strToU8(
          `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}</w:body></w:document>`,
        ),
      }),
      'a.docx',
    );

  it('DOCX: a bold title right below a line is one, where bold was not taken back', async () => {
    const bill = (style: string): Promise<ParsedTender> =>
      docx(
        `<w:tbl>${HEAD}${row(['1', 'Tonte', 'm²', '12'])}${row(['', 'Taille des haies du parc', '', ''], style)}${row(['2', 'Haie', 'm', '7'])}</w:tbl>`,
      );
    const sectionsOf = async (style: string): Promise<readonly string[]> =>
      (await bill(style)).lots[0]!.lines.flatMap(({ section }) => section);
    expect(await sectionsOf('<w:b/>')).toEqual(['Taille des haies du parc']);
    expect(await sectionsOf('<w:b w:val="0"/>')).toEqual([]);
  });

  it('DOCX: a row that is struck out, where that was not taken back', async () => {
    const labels = async (style: string): Promise<readonly string[]> =>
      (
        await docx(
          `<w:tbl>${HEAD}${row(['1', 'Tonte', 'm²', '12'])}${row(['2', 'Haie', 'm', '7'], style)}</w:tbl>`,
        )
      ).lots[0]!.lines.map(({ label }) => label);
    expect(await labels('<w:strike/>')).toEqual(['Tonte']);
    expect(await labels('<w:strike w:val="0"/>')).toEqual(['Tonte', 'Haie']);
  });

  it('DOCX: rows and tables of a template, each line below its head, and no table of contents', async () => {
    const field = (text: string): string => `<w:sdt><w:sdtPr/><w:sdtContent>${text}</w:sdtContent></w:sdt>`;
    const indented = row(['Taille', 'm', '7']).replace(
      '<w:tr>',
      '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>',
    );
    const body = [HEAD, field(row(['1', 'Tonte', 'm²', '12'])), indented];
    const contents =
      '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>';
    const { lots } = await docx(
      `<w:sdt>${contents}<w:sdtContent>${p('Lot 1 : Pavage')}</w:sdtContent></w:sdt>`,
      field(`<w:tbl>${body.join('')}</w:tbl>`),
    );
    expect(
      lots.map(({ declared, lines }) => [declared, lines.map((line) => [line.label, line.quantity])]),
    ).toEqual([
      [
        false,
        [
          ['Tonte', '12'],
          ['Taille', '7'],
        ],
      ],
    ]);
  });

  it('DOCX: lots announced by the headings before the tables, not by a list of them', async () => {
    const table = (ref: string): string => `<w:tbl>${HEAD}${row([ref, 'Tonte', 'm²', '12,5'])}</w:tbl>`;
    const headed = await docx(p('Lot 1 : Tontes'), table('1'), table('2'), p('Lot 2 : Haies'), table('3'));
    expect(headed.lots.map(({ ref, title, lines }) => [ref, title, lines.length])).toEqual([
      ['1', 'Tontes', 2],
      ['2', 'Haies', 1],
    ]);
    const listed = await docx(p('Lot 1 : Tontes'), p('Lot 2 : Haies'), table('1'));
    expect(listed.lots.map(({ declared }) => declared)).toEqual([false]);
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
    [
      '000333-2014.xml',
      'R2.0.8.S02.E01',
      {
        title: 'Supply of LED Street Lighting Products.',
        nature: 'supplies',
        deadline: '2014-02-07T17:00:00+00:00',
        value: { amount: '900000.00', currency: 'GBP' },
        cpv: ['34928530', '34928500', '34928000', '34920000'],
        places: [{ nuts: 'UKE11', country: 'GB' }],
        durations: [{ value: '24', unit: 'MONTH' }],
      },
      [['1', false, ['34928530', '34928500', '34928000', '34920000']]],
    ],
    [
      '001441-2011.xml',
      'R2.0.7.S03.E01',
      {
        buyer: { name: 'Southend University Hospital NHS Foundation Trust', country: 'GB' },
        deadline: '2011-02-04',
        value: null,
        durations: [{ value: '2', unit: 'YEAR' }],
      },
      [
        ['1', true, ['31000000']],
        ['2', true, ['44115210']],
        ['3', true, ['44100000']],
      ],
    ],
  ] as const)('TED_EXPORT before 2016, as it was published: %s', async (name, version, facts, lots) => {
    const tender = await fixture(name);
    expect(tender).toMatchObject({
      format: 'ted-export',
      formatVersion: version,
      language: 'en',
      problems: [],
    });
    expect(tender.tender).toMatchObject(facts);
    expect(tender.lots.map(({ ref, declared, cpv }) => [ref, declared, cpv])).toEqual(lots);
    expect(tender.sources?.value === undefined).toBe(facts.value === null);
  });

  it('DECP of 2022: one contract without its list, a concession, and places by their codes', async () => {
    const record = (more: object): object => ({
      id: 'A',
      objet: 'Entretien',
      considerationsSociales: [],
      ...more,
    });
    const marches = (value: object): Promise<ParsedTender> =>
      read(strToU8(JSON.stringify({ marches: value })), 'a.json');
    const place = (code: string, typeCode: string): object => ({ lieuExecution: { code, typeCode } });
    const one = await marches({ marche: record({ montant: '575000.5', ...place('59350', 'Code commune') }) });
    expect(one).toMatchObject({
      formatVersion: '2022',
      tender: { title: 'Entretien', place: { nuts: 'FRE11', country: 'FR', postalCode: null } },
      lots: [{ value: { amount: '575000.5' }, at: { pointer: '/marches/marche' } }],
      sources: { title: { pointer: '/marches/marche/objet' } },
      problems: [{ code: 'notice.place.region-only', found: '59350' }],
    });
    const concession = record({ autoriteConcedante: { id: '21640122400037' }, valeurGlobale: 300000 });
    const several = await marches({
      marche: [
        record(place('2A', 'Code département')),
        record(place('32', 'Code région')),
        record(place('59000', 'Code postal')),
        record(place('97411', 'Code commune')),
        record(place('BE', 'Code pays')),
        record(place('00', 'Code département')),
      ],
      'contrat-concession': [concession],
    });
    expect(several.lots.map((lot) => [lot.place.nuts, lot.place.country])).toEqual([
      ['FRM01', 'FR'],
      ['FRE', 'FR'],
      ['FRE11', 'FR'],
      ['FRY40', 'FR'],
      [null, 'BE'],
      [null, 'FR'],
      [null, null],
    ]);
    expect(several.problems.map(({ code, found }) => `${code} ${found}`)).toEqual([
      'notice.place.region-only 2A',
      'notice.place.region-only 32',
      'notice.place.region-only 97411',
      'notice.place.code-unknown 00',
    ]);
    expect(several.lots.at(-1)).toMatchObject({
      value: { amount: '300000' },
      at: { pointer: '/marches/contrat-concession/0' },
    });
    expect(several.notice!.buyers).toMatchObject([{ id: '21640122400037' }]);
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

describe('where the facts of the whole stand', () => {
  it.each([
    [
      '547670-2023.xml',
      {
        title: { xpath: '/ContractNotice/cac:ProcurementProject/cbc:Name' },
        deadline: { xpath: '/ContractNotice/cac:ProcurementProjectLot[1]' },
      },
    ],
    [
      '546568-2020.xml',
      { value: { xpath: expect.stringMatching(/OBJECT_CONTRACT\/VAL_ESTIMATED_TOTAL$/) as string } },
    ],
    [
      'ted-r208-contract.xml',
      { deadline: { xpath: expect.stringMatching(/\/RECEIPT_LIMIT_DATE$/) as string } },
    ],
    ['ocds-release.json', { title: { pointer: '/releases/0/tender/title' } }],
    ['maison-de-quartier.json', { deadline: { pointer: '/tender/deadline' } }],
    ['08-deconstruction-selective.pdf', { title: { page: 1, line: 1 }, place: { page: 1, line: 4 } }],
    ['09-terril-nettoyage-verdurisation.docx', { title: { paragraph: 1 }, deadline: { paragraph: 3 } }],
    [
      '07-parc-activites-services.csv',
      { deadline: { sheet: '', row: expect.any(Number) as number, column: expect.any(String) as string } },
    ],
  ])('%s', async (name, sources) => {
    expect((await fixture(name)).sources).toMatchObject(sources);
  });
});

describe('what is printed at the foot of a page', () => {
  it('is no title of the lines on the next one', async () => {
    const lines = (await fixture('08-deconstruction-selective.pdf')).lots.flatMap((lot) => lot.lines);
    expect(lines.find((line) => line.ref === '06.81.3a')?.section).toEqual(['Démolition', 'Superstructures']);
  });
});

describe('where a line of a text document stands', () => {
  it.each([
    ['08-deconstruction-selective.pdf', '06.81.3a', { page: 3, line: 3, position: 1 }],
    ['09-terril-nettoyage-verdurisation.docx', '91.51.1a', { table: 1, row: 4 }],
  ])('%s', async (name, ref, place) => {
    const lines = (await fixture(name)).lots.flatMap((lot) => lot.lines);
    expect(lines.find((line) => line.ref === ref)?.place).toMatchObject(place);
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
