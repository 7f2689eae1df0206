import { strToU8 } from 'fflate';
import { isRefused, type ParsedTender } from '../domain/index.js';
import { parseTender } from './index.js';

async function read(form: string, body: string, country = 'BE'): Promise<ParsedTender> {
  const result = await parseTender(
    strToU8(
      `<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" xmlns:n="http://publications.europa.eu/resource/schema/ted/2021/nuts" VERSION="R2.0.9.S05.E01" DOC_ID="1-2022"><FORM_SECTION><${form}_2014 CATEGORY="ORIGINAL" FORM="${form}" LG="FR"><CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Régie</OFFICIALNAME><COUNTRY VALUE="${country}"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>${body}</${form}_2014></FORM_SECTION></TED_EXPORT>`,
    ),
    'a.xml',
  );
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

const cpv = (code: string): string => `<CPV_CODE CODE="${code}"/>`;

function object(item: number, title: string, main: string, more: string, lots: string): string {
  return `<OBJECT_CONTRACT ITEM="${item}"><TITLE><P>${title}</P></TITLE><CPV_MAIN>${cpv(main)}</CPV_MAIN>${more}${lots}</OBJECT_CONTRACT>`;
}

const worth = '<VAL_ESTIMATED_TOTAL CURRENCY="EUR">90000</VAL_ESTIMATED_TOTAL>';

describe('a prior information of several contracts', () => {
  const notice = read(
    'F01',
    object(
      1,
      'Peinture des écoles',
      '45442100',
      '<TYPE_CONTRACT CTYPE="WORKS"/><SHORT_DESCR><P>Trois écoles</P></SHORT_DESCR>',
      `<LOT_DIVISION/><OBJECT_DESCR ITEM="1"><TITLE><P>Nord</P></TITLE><LOT_NO>1</LOT_NO><n:NUTS CODE="BE332"/></OBJECT_DESCR><OBJECT_DESCR ITEM="2"><LOT_NO>2</LOT_NO><CPV_ADDITIONAL>${cpv('45442110')}</CPV_ADDITIONAL></OBJECT_DESCR>`,
    ) +
      object(
        2,
        'Tonte des pelouses',
        '77314100',
        `<TYPE_CONTRACT CTYPE="SERVICES"/><SHORT_DESCR><P>Deux parcs</P></SHORT_DESCR>${worth}`,
        '<NO_LOT_DIVISION/><OBJECT_DESCR ITEM="1"><n:NUTS CODE="BE335"/></OBJECT_DESCR>',
      ) +
      object(
        3,
        'Nettoyage',
        '90910000',
        '<TYPE_CONTRACT CTYPE="SERVICES"/>',
        '<OBJECT_DESCR ITEM="1"><LOT_NO>1</LOT_NO></OBJECT_DESCR>',
      ),
  );

  it('is read whole, each as lots of its own', async () => {
    const { lots } = await notice;
    expect(
      lots.map(({ ref, title, description, nature, cpv: codes, value, place }) => [
        ref,
        title,
        description,
        nature,
        codes,
        value?.amount,
        place.nuts,
      ]),
    ).toEqual([
      ['1.1', 'Nord', null, 'works', ['45442100'], undefined, 'BE332'],
      ['1.2', 'Peinture des écoles', null, 'works', ['45442100', '45442110'], undefined, null],
      ['2', 'Tonte des pelouses', 'Deux parcs', 'services', ['77314100'], '90000', 'BE335'],
      ['3.1', 'Nettoyage', null, 'services', ['90910000'], undefined, null],
    ]);
  });

  it('says so, and of the whole no more than is true of it', async () => {
    const { tender, problems } = await notice;
    expect(tender).toMatchObject({ title: 'Peinture des écoles', nature: null, value: null });
    expect(tender.cpv).toEqual(['45442100', '77314100', '90910000']);
    expect(problems).toMatchObject([{ code: 'notice.contracts.several', found: '3', params: { count: 3 } }]);
  });
});

it('a lot says where it is with the words beside its region', async () => {
  const { lots, tender } = await read(
    'F02',
    object(
      1,
      'Toiture',
      '45261000',
      '',
      '<OBJECT_DESCR><n:NUTS CODE="BE332"/><MAIN_SITE><P>Rue Cockerill 1</P><P>4100 Seraing</P></MAIN_SITE></OBJECT_DESCR><OBJECT_DESCR><n:NUTS CODE="BE332"/><n:NUTS CODE="BE335"/><MAIN_SITE><P>Divers sites</P></MAIN_SITE></OBJECT_DESCR><OBJECT_DESCR><MAIN_SITE><P>4000 Liège</P></MAIN_SITE></OBJECT_DESCR>',
    ),
  );
  expect(lots.map(({ places }) => places)).toMatchObject([
    [{ nuts: 'BE332', postalCode: '4100', municipality: 'Seraing', country: 'BE' }],
    [{ nuts: 'BE332', municipality: null }, { nuts: 'BE335' }],
    [{ nuts: null, postalCode: '4000', municipality: 'Liège' }],
  ]);
  expect(tender.place).toMatchObject({ nuts: 'BE332', municipality: 'Seraing' });
});

it('a corrigendum says the deadline that now holds, and that it is no whole notice', async () => {
  const notice = await read(
    'F14',
    `<OBJECT_CONTRACT><TITLE><P>Toiture</P></TITLE><CPV_MAIN>${cpv('45261000')}</CPV_MAIN><TYPE_CONTRACT CTYPE="WORKS"/><SHORT_DESCR><P>Zinc</P></SHORT_DESCR></OBJECT_CONTRACT><CHANGES><CHANGE><WHERE><SECTION>II.1.5</SECTION></WHERE><NEW_VALUE><TEXT><P>2</P></TEXT></NEW_VALUE></CHANGE><CHANGE><WHERE><SECTION>IV.2.2</SECTION></WHERE><OLD_VALUE><DATE>2022-06-01</DATE><TIME>10:00</TIME></OLD_VALUE><NEW_VALUE><DATE>2022-12-15</DATE><TIME>9:30</TIME></NEW_VALUE></CHANGE><CHANGE><WHERE><SECTION>IV.2.7</SECTION></WHERE><NEW_VALUE><DATE>2022-12-20</DATE></NEW_VALUE></CHANGE></CHANGES>`,
  );
  expect(notice.tender).toMatchObject({ title: 'Toiture', deadline: '2022-12-15T09:30:00+01:00' });
  expect(notice.lots).toMatchObject([
    { ref: '1', declared: false, title: 'Toiture', description: 'Zinc', cpv: ['45261000'] },
  ]);
  expect(notice.sources!.deadline).toEqual({
    xpath: '/TED_EXPORT/FORM_SECTION/F14_2014/CHANGES/CHANGE[2]/NEW_VALUE/DATE',
  });
  expect(notice.problems).toMatchObject([{ code: 'notice.corrects', severity: 'warning' }]);
});

it.each([
  ['PT', '2022-07-01T12:00:00+01:00'],
  ['CZ', '2022-07-01T12:00:00+02:00'],
  ['EL', '2022-07-01T12:00:00+03:00'],
])('a clock of %s is that of its country', async (country, deadline) => {
  const { tender } = await read(
    'F02',
    '<PROCEDURE><DATE_RECEIPT_TENDERS>2022-07-01</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS></PROCEDURE>',
    country,
  );
  expect(tender.deadline).toBe(deadline);
});

it('a notice of passenger transport is read', async () => {
  const { tender } = await read('T02', object(1, 'Ligne 4', '60112000', '', ''));
  expect(tender).toMatchObject({ title: 'Ligne 4', cpv: ['60112000'] });
});

it('what was awarded is told, and is no estimate', async () => {
  const awarded = '<VAL_TOTAL CURRENCY="EUR">48600.00</VAL_TOTAL>';
  const { tender, problems } = await read('F03', object(1, 'A', '45000000', awarded, ''));
  expect(tender.value).toBeNull();
  expect(problems).toMatchObject([{ code: 'notice.value.awarded', severity: 'info', found: '48600.00 EUR' }]);
});

it('a form that is about no contract has no lot, and this is told', async () => {
  const { lots, problems } = await read('F08', '');
  expect(lots).toEqual([]);
  expect(problems).toMatchObject([{ code: 'notice.lot.none', severity: 'warning' }]);
});

it('lots with one number are told', async () => {
  const { problems, lots } = await read(
    'F02',
    object(
      1,
      'A',
      '45000000',
      '',
      '<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR><OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR><OBJECT_DESCR/>',
    ),
  );
  expect(lots.map(({ ref }) => ref)).toEqual(['1', '1', '3']);
  expect(problems).toMatchObject([{ code: 'notice.lot.repeated', found: '1' }]);
});

describe('a notice of before 2016', () => {
  const readOld = async (name: string, body: string): Promise<ParsedTender> => {
    const result = await parseTender(
      strToU8(
        `<TED_EXPORT xmlns="http://publications.europa.eu/TED_schema/Export" VERSION="R2.0.8.S03.E01"><FORM_SECTION><${name} CATEGORY="ORIGINAL" LG="FR"><FD_${name}>${body}</FD_${name}></${name}></FORM_SECTION></TED_EXPORT>`,
      ),
      'a.xml',
    );
    if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
    return result;
  };

  it('of several contracts is read whole', async () => {
    const part = (title: string, code: string, nuts: string): string =>
      `<OBJECT_SUPPLY_SERVICE_PRIOR_INFORMATION><TITLE_CONTRACT><P>${title}</P></TITLE_CONTRACT><LOCATION_NUTS><NUTS CODE="${nuts}"/></LOCATION_NUTS><CPV><CPV_MAIN>${cpv(code)}</CPV_MAIN></CPV></OBJECT_SUPPLY_SERVICE_PRIOR_INFORMATION>`;
    const { lots, problems } = await readOld(
      'PRIOR_INFORMATION',
      part('Tonte', '77314100', 'BE332') + part('Nettoyage', '90910000', 'BE335'),
    );
    expect(
      lots.map(({ ref, declared, title, cpv: codes, place }) => [ref, declared, title, codes, place.nuts]),
    ).toEqual([
      ['1', true, 'Tonte', ['77314100'], 'BE332'],
      ['2', true, 'Nettoyage', ['90910000'], 'BE335'],
    ]);
    expect(problems).toMatchObject([{ code: 'notice.contracts.several', found: '2' }]);
  });

  it('says its place, kind, description and days in the words of its form', async () => {
    const { tender, lots } = await readOld(
      'PRIOR_INFORMATION_DEFENCE',
      `<OBJECT_WORKS_SUPPLIES_SERVICES_PRIOR_INFORMATION><TITLE_CONTRACT><P>Caserne</P></TITLE_CONTRACT><TYPE_CONTRACT_PLACE_DELIVERY_DEFENCE><TYPE_CONTRACT VALUE="WORKS"/></TYPE_CONTRACT_PLACE_DELIVERY_DEFENCE><LOCATION_NUTS><LOCATION><P>Rue du Fort 1</P><P>4100 Seraing</P></LOCATION><NUTS CODE="BE332"/></LOCATION_NUTS><DESCRIPTION_OF_CONTRACT><P>Peindre</P></DESCRIPTION_OF_CONTRACT><PERIOD_WORK_DATE_STARTING><INTERVAL_DATE><START_DATE><DAY>1</DAY><MONTH>3</MONTH><YEAR>2015</YEAR></START_DATE><END_DATE><DAY>30</DAY><MONTH>4</MONTH><YEAR>2015</YEAR></END_DATE></INTERVAL_DATE></PERIOD_WORK_DATE_STARTING></OBJECT_WORKS_SUPPLIES_SERVICES_PRIOR_INFORMATION>`,
    );
    expect(tender).toMatchObject({
      nature: 'works',
      description: 'Peindre',
      place: { nuts: 'BE332', postalCode: '4100', municipality: 'Seraing' },
    });
    expect(lots).toMatchObject([{ start: '2015-03-01', end: '2015-04-30', durationDays: 61 }]);
  });

  it('that corrects another says so', async () => {
    const { tender, problems } = await readOld(
      'ADDITIONAL_INFORMATION_CORRIGENDUM',
      '<OBJECT_ADDITIONAL_INFORMATION_CORRIGENDUM><DESCRIPTION_CONTRACT_CORRIGENDUM><TITLE_CONTRACT><P>Toiture</P></TITLE_CONTRACT></DESCRIPTION_CONTRACT_CORRIGENDUM></OBJECT_ADDITIONAL_INFORMATION_CORRIGENDUM>',
    );
    expect(tender.title).toBe('Toiture');
    expect(problems).toMatchObject([{ code: 'notice.corrects' }]);
  });

  it('of what utilities awarded has a lot for each, however many got it', async () => {
    const award = (lot: string, amount: string): string =>
      `<AWARD_AND_CONTRACT_VALUE><LOT_NUMBER>${lot}</LOT_NUMBER><CONTRACT_TITLE><P>Lot ${lot}</P></CONTRACT_TITLE><CONTRACT_VALUE_INFORMATION><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR"><VALUE_COST FMTVAL="${amount}">x</VALUE_COST></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION></AWARD_AND_CONTRACT_VALUE>`;
    const { lots } = await readOld(
      'CONTRACT_AWARD_UTILITIES',
      `<OBJECT_CONTRACT_AWARD_UTILITIES><DESCRIPTION_CONTRACT_AWARD_UTILITIES><TITLE_CONTRACT><P>Gaz</P></TITLE_CONTRACT></DESCRIPTION_CONTRACT_AWARD_UTILITIES></OBJECT_CONTRACT_AWARD_UTILITIES><AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES>${award('1', '100.00')}${award('2', '50.00')}${award('1', '80.00')}</AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES>`,
    );
    expect(lots.map(({ ref, title, value }) => [ref, title, value?.amount])).toEqual([
      ['1', 'Lot 1', undefined],
      ['2', 'Lot 2', '50.00'],
    ]);
  });
});
