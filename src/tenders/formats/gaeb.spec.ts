import { strToU8 } from 'fflate';
import { isRefused, type BillLine, type ParsedTender } from '../domain/index.js';
import { parseTender } from './index.js';

async function read(award: string, phase = '83'): Promise<ParsedTender> {
  const result = await parseTender(
    strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><GAEB xmlns="http://www.gaeb.de/GAEB_DA_XML/DA${phase}/3.2"><GAEBInfo><Version>3.2</Version></GAEBInfo><PrjInfo><LblPrj>Anbau Kita</LblPrj></PrjInfo><Award><DP>${phase}</DP>${award}</Award></GAEB>`,
    ),
    `a.x${phase}`,
  );
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

function bill(body: string, info = ''): string {
  return `<BoQ><BoQInfo><LblBoQ>Rohbau</LblBoQ>${info}</BoQInfo><BoQBody>${body}</BoQBody></BoQ>`;
}

async function linesOf(items: string): Promise<readonly BillLine[]> {
  return (await read(bill(`<Itemlist>${items}</Itemlist>`))).lots[0]!.lines;
}

const text = (outline: string, detail = ''): string =>
  `<Description><CompleteText><DetailTxt>${detail}</DetailTxt><OutlineText><OutlTxt>${outline}</OutlTxt></OutlineText></CompleteText></Description>`;

describe('texts of a GAEB bill', () => {
  it('go on within a word where only the style changes', async () => {
    const [line] = await linesOf(
      `<Item RNoPart="1"><Qty>5</Qty><QU>m2</QU>${text(
        '<TextOutlTxt><p><span>Beton C25/30</span><span>, d</span><span style="vertical-align:sub">min</span></p></TextOutlTxt>',
        '<Text><p><span>Sicht</span><span>beton</span><br/><span>glatt</span></p>\n<p><span>nach</span>\n<span>Plan</span></p></Text>',
      )}</Item>`,
    );
    expect([line!.label, line!.description]).toEqual(['Beton C25/30, dmin', 'Sichtbeton glatt nach Plan']);
  });

  it('hold what the owner filled in, and no picture', async () => {
    const [line] = await linesOf(
      `<Item RNoPart="1"><Qty>5</Qty><QU>m2</QU>${text(
        '<TextOutlTxt><p><span>Mauerwerk, Dicke</span></p></TextOutlTxt><TextComplement Kind="Owner" MarkLbl="1"><ComplCaption/><ComplBody><p><span>17,5</span></p></ComplBody><ComplTail><p><span>cm</span></p></ComplTail></TextComplement>',
        '<Text><p><span>Wie Skizze:</span></p><p><image Width="8" Height="8" Type="image/png">iVBORw0KGgo=</image></p></Text>',
      )}</Item>`,
    );
    expect([line!.label, line!.description]).toEqual(['Mauerwerk, Dicke 17,5 cm', 'Wie Skizze:']);
  });

  it('are found in the older place, and begin a label where there is no short one', async () => {
    const lines = await linesOf(
      `<Item RNoPart="1"><Qty>5</Qty><Description><CompleteText><OutlineText><TextOutlTxt><p><span>Estrich</span></p></TextOutlTxt></OutlineText></CompleteText></Description></Item>
       <Item RNoPart="2"><Qty>5</Qty><Description><CompleteText><DetailTxt><Text><p/><p><span>Fliesen verlegen</span></p><p><span>Format 30/30</span></p></Text></DetailTxt></CompleteText></Description></Item>`,
    );
    expect(lines.map(({ label, description }) => [label, description])).toEqual([
      ['Estrich', null],
      ['Fliesen verlegen', 'Fliesen verlegen Format 30/30'],
    ]);
  });

  it('tell the parts of a line', async () => {
    const [line] = await linesOf(
      `<Item RNoPart="1"><Qty>100.000</Qty><QU>m3</QU>${text(
        '<TextOutlTxt>Boden lösen</TextOutlTxt>',
        '<Text><p>Lösen und lagern.</p></Text>',
      )}<SumDescr>Yes</SumDescr><SubDescr><SubDNo>1</SubDNo>${text('<TextOutlTxt>trocken</TextOutlTxt>')}<Qty>60.000</Qty><QU>m3</QU></SubDescr><SubDescr><SubDNo>2</SubDNo>${text('<TextOutlTxt>nass</TextOutlTxt>')}<Qty>40.000</Qty><QU>m3</QU></SubDescr></Item>`,
    );
    expect(line).toMatchObject({
      label: 'Boden lösen',
      quantity: '100.000',
      description: 'Lösen und lagern. 1 trocken: 60.000 m3. 2 nass: 40.000 m3.',
    });
  });
});

describe('kinds of a GAEB bill', () => {
  const item = (number: string, more = ''): string =>
    `<Item RNoPart="${number}">${more}<Qty>5</Qty><QU>m</QU></Item>`;
  const chapter = (number: string, more: string, items: string): string =>
    `<BoQCtgy RNoPart="${number}"><LblTx>Titel ${number}</LblTx>${more}<BoQBody><Itemlist>${items}</Itemlist></BoQBody></BoQCtgy>`;
  const alternative = (serial: string): string =>
    `<ALNBGroupNo>1</ALNBGroupNo><ALNBSerNo>${serial}</ALNBSerNo>`;

  it('take the first of alternative chapters for what is ordered', async () => {
    const tender = await read(
      bill(
        chapter('01', alternative('1'), item('1')) +
          chapter('02', alternative('2'), item('1') + item('2', '<Provis>WithTotal</Provis>')) +
          chapter('03', '', item('1', '<ALNGroupNo>1</ALNGroupNo><ALNSerNo>2</ALNSerNo>')),
      ),
    );
    expect(tender.lots[0]!.lines.map(({ ref, kind }) => [ref, kind])).toEqual([
      ['01.1', 'base'],
      ['02.1', 'variant'],
      ['02.2', 'option'],
      ['03.1', 'base'],
    ]);
  });

  it('tell a markup that is no work', async () => {
    const tender = await read(
      bill(
        chapter(
          '01',
          '',
          `${item('1')}<MarkupItem RNoPart="2"><MarkupType>AllInCat</MarkupType><Markup>8.5</Markup>${text('<TextOutlTxt>Zuschlag Winter</TextOutlTxt>')}</MarkupItem><MarkupItem RNoPart="3"><NotAppl>Yes</NotAppl></MarkupItem>`,
        ),
      ),
    );
    expect(tender.lots[0]!.lines.map(({ ref }) => ref)).toEqual(['01.1']);
    expect(tender.problems).toMatchObject([{ code: 'bill.markup.left', found: '01.2 Zuschlag Winter' }]);
  });
});

describe('numbers of a GAEB bill', () => {
  it.each([
    ['8,5', '8.5', []],
    ['1.234,50', '1234.50', []],
    ['1.000', '1.000', []],
    ['.500', '0.500', []],
    ['', null, []],
    ['nach Aufmaß', null, [['bill.quantity.unreadable', 'nach Aufmaß']]],
    ['12 m2', null, [['bill.quantity.unreadable', '12 m2']]],
  ])('written %p', async (written, quantity, told) => {
    const tender = await read(bill(`<Itemlist><Item RNoPart="1"><Qty>${written}</Qty></Item></Itemlist>`));
    expect(tender.lots[0]!.lines[0]!.quantity).toBe(quantity);
    expect(tender.problems.map(({ code, found }) => [code, found])).toEqual(told);
  });

  it('are missed where a line has a unit and none, but not of a lump sum', async () => {
    const item = (number: string, more: string): string =>
      `<Item RNoPart="${number}">${more}<QU>m</QU></Item>`;
    const tender = await read(
      bill(
        `<Itemlist>${item('1', '<QtyTBD>Yes</QtyTBD>')}${item('2', '')}${item('3', '<LumpSumItem>Yes</LumpSumItem>')}${item('4', '<Qty>1</Qty>')}${item('5', '<Qty>?</Qty>')}<Item RNoPart="6"/></Itemlist>`,
      ),
    );
    expect(tender.problems.map(({ code, params }) => [code, params?.['ref']])).toEqual([
      ['bill.quantity.missing', '1'],
      ['bill.quantity.missing', '2'],
      ['bill.quantity.unreadable', '5'],
    ]);
    const without = await read(bill(`<Itemlist>${item('1', '')}${item('2', '')}</Itemlist>`));
    expect(without.problems).toEqual([]);
  });

  it('are prices too', async () => {
    const tender = await read(
      `<AwardInfo><Cur>EUR</Cur></AwardInfo>${bill('<Itemlist><Item RNoPart="1"><Qty>2</Qty><UP>10,50</UP><IT>k. A.</IT></Item></Itemlist>')}`,
      '84',
    );
    expect(tender.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '10.50' }, total: null });
    expect(tender.problems).toMatchObject([
      { code: 'bill.price.unreadable', found: 'k. A.', params: { ref: '1', role: 'total' } },
    ]);
  });
});

it('lines beside the lots of a GAEB bill are in a lot of their own', async () => {
  const item = (number: string): string => `<Item RNoPart="${number}"><Qty>1</Qty></Item>`;
  const lots = '<BoQBkdn><Type>Lot</Type><Length>2</Length></BoQBkdn>';
  const beside = await read(
    bill(
      `<BoQCtgy RNoPart="01"><LblTx>Los A</LblTx><BoQBody><Itemlist>${item('1')}</Itemlist></BoQBody></BoQCtgy><Itemlist>${item('8')}${item('9')}</Itemlist>`,
      lots,
    ),
  );
  expect(beside.lots.map(({ ref, declared, title, lines }) => [ref, declared, title, lines.length])).toEqual([
    ['01', true, 'Los A', 1],
    ['02', false, 'Rohbau', 2],
  ]);
  const alone = await read(bill(`<Itemlist>${item('1')}</Itemlist>`, lots));
  expect(alone.lots.map(({ ref, lines }) => [ref, lines.length])).toEqual([['1', 1]]);
});

describe('what a GAEB bill says of the whole', () => {
  const item =
    '<Itemlist><Item RNoPart="1"><Qty>2</Qty><QU>m</QU><UP>10.00</UP><IT>20.00</IT></Item></Itemlist>';

  it('is its buyer, its day of opening and the days of the works', async () => {
    const tender = await read(
      `<AwardInfo><Cur>EUR</Cur><OpenDate>2026-07-14</OpenDate><OpenTime>11:30:00</OpenTime><CnstStart>2026-09-01</CnstStart><CnstEnd>2026-09-30</CnstEnd></AwardInfo><OWN><Address><Name1>Stadt Eupen</Name1><Name2>Bauamt</Name2><PCode>4700</PCode><City>Eupen</City><Country>Belgien</Country></Address></OWN>${bill(item)}`,
    );
    expect(tender.tender).toMatchObject({
      title: 'Rohbau',
      buyer: { name: 'Stadt Eupen, Bauamt', id: null, country: 'BE' },
      deadline: '2026-07-14T11:30:00+02:00',
    });
    expect(tender.notice!.buyers).toHaveLength(1);
    expect(tender.lots).toMatchObject([{ start: '2026-09-01', end: '2026-09-30', durationDays: 30 }]);
    expect(tender.sources).toMatchObject({
      deadline: { xpath: '/GAEB/Award/AwardInfo/OpenDate' },
      buyer: { xpath: '/GAEB/Award/OWN' },
    });
  });

  it('is what is paid after the discount', async () => {
    const tender = await read(
      `<AwardInfo><Cur>EUR</Cur></AwardInfo>${bill(item, '<Totals><Total>20.00</Total><DiscountPcnt>5</DiscountPcnt><DiscountAmt>1.00</DiscountAmt><TotAfterDisc>19.00</TotAfterDisc><VAT>21</VAT></Totals>')}`,
      '84',
    );
    expect(tender.tender.value).toEqual({ amount: '19.00', currency: 'EUR' });
    expect(tender.sources!.value).toEqual({ xpath: '/GAEB/Award/BoQ/BoQInfo/Totals/TotAfterDisc' });
  });

  it('is worth in each lot what is printed of it', async () => {
    const lot = (number: string, total: string): string =>
      `<BoQCtgy RNoPart="${number}"><LblTx>Los ${number}</LblTx><BoQBody>${item}</BoQBody><Totals><Total>${total}</Total></Totals></BoQCtgy>`;
    const tender = await read(
      `<AwardInfo><Cur>EUR</Cur></AwardInfo>${bill(lot('1', '20.00') + lot('2', ''), '<BoQBkdn><Type>Lot</Type></BoQBkdn>')}`,
      '84',
    );
    expect(tender.lots.map(({ value, sumAt }) => [value, sumAt])).toEqual([
      [{ amount: '20.00', currency: 'EUR' }, { xpath: '/GAEB/Award/BoQ/BoQBody/BoQCtgy[1]/Totals/Total' }],
      [null, undefined],
    ]);
  });

  it.each([
    ['de', 'Wände streichen', 'Türen und Fenster aus Holz, mit Beschlägen'],
    ['fr', 'Peinture des murs', 'Fourniture et pose de portes en bois, y compris serrures'],
    ['de', '', ''],
  ])('is in the language of its words: %s', async (language, first, second) => {
    const items = [first, second].map(
      (words, index) =>
        `<Item RNoPart="${index}"><Qty>1</Qty>${text(`<TextOutlTxt>${words}</TextOutlTxt>`)}</Item>`,
    );
    const tender = await read(bill(`<Itemlist>${items.join('')}</Itemlist>`).replace('Rohbau', first));
    expect(tender.language).toBe(language);
  });

  it('is in euro where no currency is told', async () => {
    const priced = await read(bill(item), '84');
    expect(priced.lots[0]!.lines[0]).toMatchObject({ unitPrice: { amount: '10.00', currency: 'EUR' } });
    expect(priced.problems).toMatchObject([{ code: 'bill.currency.assumed', params: { currency: 'EUR' } }]);
    const bare = await read(bill('<Itemlist><Item RNoPart="1"><Qty>2</Qty></Item></Itemlist>'));
    expect(bare.problems).toEqual([]);
  });
});

it('a GAEB file without a bill is refused', async () => {
  const result = await parseTender(
    strToU8(
      '<GAEB xmlns="http://www.gaeb.de/GAEB_DA_XML/DA31/3.2"><PrjInfo><LblPrj>Anbau</LblPrj></PrjInfo><QtyDeterm><DP>31</DP></QtyDeterm></GAEB>',
    ),
    'a.x31',
  );
  expect(isRefused(result) && result.refused).toMatchObject({
    code: 'file.gaeb.bill.none',
    found: 'QtyDeterm',
  });
});

it.each([
  ['of 2004', ' xmlns="http://www.gaeb.de/GAEB_DA_XML/200407"'],
  ['with a prefix', ' xmlns:g="http://www.gaeb.de/GAEB_DA_XML/DA81/3.1"'],
  ['without one', ''],
])('a bill in the namespace %s is read', async (_, namespace) => {
  const prefix = namespace.includes(':g=') ? 'g:' : '';
  const xml = `<GAEB${namespace}><Award><DP>81</DP><BoQ><BoQInfo><LblBoQ>Rohbau</LblBoQ></BoQInfo><BoQBody><Itemlist><Item RNoPart="1"><Qty>2</Qty></Item></Itemlist></BoQBody></BoQ></Award></GAEB>`;
  const result = await parseTender(strToU8(xml.replace(/<(\/?)(?=[A-Z])/g, `<$1${prefix}`)), 'a.x81');
  expect(isRefused(result) ? result.refused : result.lots[0]!.lines).toMatchObject([{ ref: '1' }]);
});
