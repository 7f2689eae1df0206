import { strToU8 } from 'fflate';
import { isRefused, type ParsedTender, type RefusedTender } from '../domain/index.js';
import { oneProcess, parseTender } from './index.js';

type Json = Record<string, unknown>;

function parse(value: unknown): Promise<ParsedTender | RefusedTender> {
  return parseTender(strToU8(JSON.stringify(value)), 'a.json');
}

async function read(value: unknown): Promise<ParsedTender> {
  const result = await parse(value);
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

const release = (more: Json): Json => ({ ocid: 'ocds-1', ...more });
const ofTender = (tender: Json, more: Json = {}): Promise<ParsedTender> => read(release({ tender, ...more }));

const first = release({
  id: '1',
  date: '2026-01-05T09:00:00Z',
  tag: ['tender'],
  buyer: { id: 'b', name: 'Ville' },
  tender: {
    title: 'École',
    description: 'Rénovation',
    value: { amount: 100, currency: 'EUR' },
    tenderPeriod: { endDate: '2026-02-01T11:00:00Z' },
    lots: [
      { id: '1', title: 'Toiture' },
      { id: '2', title: 'Peinture' },
    ],
  },
});
const second = release({
  id: '2',
  date: '2026-01-20T09:00:00Z',
  tag: ['tenderAmendment'],
  tender: {
    description: null,
    tenderPeriod: { endDate: '2026-02-15T11:00:00Z' },
    amendments: [{ id: 'a', date: '2026-01-20T09:00:00Z' }],
    lots: [{ id: '2', value: { amount: 40, currency: 'EUR' } }],
  },
});
const third = release({ id: '3', date: '2026-03-01T09:00:00Z', tag: ['award'], awards: [{ id: 'w' }] });

describe('releases of one process', () => {
  it.each([
    ['in their order', [first, second, third], [0, 1]],
    ['the newest first', [third, second, first], [2, 1]],
  ])('tell together what holds, %s', async (_, releases, [old, changed]) => {
    const { tender, lots, sources, notice, processes } = await read({ version: '1.1', releases });
    expect(tender).toMatchObject({
      title: 'École',
      description: null,
      deadline: '2026-02-15T11:00:00Z',
      value: { amount: '100', currency: 'EUR' },
      buyer: { name: 'Ville' },
    });
    expect(lots.map(({ ref, title, value, at }) => [ref, title, value?.amount, at])).toEqual([
      ['1', 'Toiture', undefined, { pointer: `/releases/${old}/tender/lots/0` }],
      ['2', 'Peinture', '40', { pointer: `/releases/${changed}/tender/lots/0` }],
    ]);
    expect(sources).toMatchObject({
      title: { pointer: `/releases/${old}/tender/title` },
      deadline: { pointer: `/releases/${changed}/tender/tenderPeriod/endDate` },
    });
    expect(notice).toMatchObject({ publicationId: '3' });
    expect(processes).toBeUndefined();
  });

  it('are read from the history that a record keeps of them', async () => {
    const version = (value: unknown, day: string): Json => ({
      releaseID: day,
      releaseDate: `2026-01-${day}T00:00:00Z`,
      releaseTag: ['tender'],
      value,
    });
    const { tender, lots, sources } = await read({
      records: [
        {
          ocid: 'ocds-1',
          releases: [{ url: 'https://example.org/1', date: '2026-01-02T00:00:00Z', tag: ['tender'] }],
          versionedRelease: {
            ocid: 'ocds-1',
            tender: {
              title: [version('Nouveau', '09'), version('Ancien', '02')],
              lots: [{ id: '1', title: [version('Toiture', '02')] }],
            },
          },
        },
      ],
    });
    expect([tender.title, lots.map(({ ref, title }) => [ref, title])]).toEqual([
      'Nouveau',
      [['1', 'Toiture']],
    ]);
    expect(sources!.title).toEqual({ pointer: '/records/0/versionedRelease/tender/title' });
  });

  it('are read of a record that stands alone, and of a list without a package', async () => {
    const record = await read({
      ocid: 'ocds-1',
      releases: [{ url: 'https://example.org/1', date: '2026-01-02T00:00:00Z' }],
      compiledRelease: first,
    });
    expect([record.tender.title, record.sources!.title]).toEqual([
      'École',
      { pointer: '/compiledRelease/tender/title' },
    ]);
    const list = await read([second, first]);
    expect([list.tender.title, list.tender.deadline, list.sources!.title]).toEqual([
      'École',
      '2026-02-15T11:00:00Z',
      { pointer: '/1/tender/title' },
    ]);
    const others = await read([first, { ...first, ocid: 'ocds-2' }]);
    expect(others.processes?.map(({ ref }) => ref)).toEqual(['ocds-1', 'ocds-2']);
    const alone = oneProcess(strToU8(JSON.stringify([first, { ...first, ocid: 'ocds-2' }])), 1);
    expect((await read(JSON.parse(alone!))).notice).toMatchObject({ id: 'ocds-2' });
  });

  it('are refused where there are only links to them', async () => {
    const result = await parse({
      records: [
        { ocid: 'ocds-1', releases: [{ url: 'https://example.org/1', date: '2026-01-02T00:00:00Z' }] },
      ],
    });
    expect(isRefused(result) && result.refused.code).toBe('file.ocds.release.none');
  });

  it('without a tender tell what was awarded as lots, and say so', async () => {
    const award = (id: string, code: string): Json => ({
      id,
      title: `Marché ${id}`,
      value: { amount: 12, currency: 'EUR' },
      items: [{ id: '1', classification: { scheme: 'CPV', id: code } }],
    });
    const { tender, lots, problems } = await read(
      release({ awards: [award('a', '90910000'), award('b', '77314100')] }),
    );
    expect([tender.title, tender.value, tender.cpv]).toEqual([null, null, []]);
    expect(lots.map(({ ref, title, value, cpv, at }) => [ref, title, value?.amount, cpv, at])).toEqual([
      ['a', 'Marché a', '12', ['90910000'], { pointer: '/awards/0' }],
      ['b', 'Marché b', '12', ['77314100'], { pointer: '/awards/1' }],
    ]);
    expect(problems).toMatchObject([{ code: 'notice.tender.none', severity: 'warning' }]);
  });

  it('tell what was cancelled', async () => {
    const { problems } = await ofTender({
      title: 'A',
      status: 'cancelled',
      lots: [
        { id: '1', status: 'active' },
        { id: '2', status: 'withdrawn' },
      ],
    });
    expect(problems.map(({ code, found }) => [code, found])).toEqual([
      ['notice.cancelled', 'cancelled'],
      ['notice.lot.cancelled', '2'],
    ]);
  });
});

describe('who buys', () => {
  const party = (id: string, roles: readonly string[], more: Json = {}): Json => ({
    id,
    name: `Ville ${id}`,
    roles,
    ...more,
  });

  it('may be several', async () => {
    const { tender, notice } = await ofTender(
      { title: 'A' },
      {
        buyer: { id: '2', name: 'Ville II' },
        parties: [
          party('1', ['buyer']),
          party('2', ['buyer'], {
            address: { region: 'BE332', countryName: 'Belgique' },
            identifier: { id: '0207.1' },
          }),
          party('3', ['supplier']),
        ],
      },
    );
    expect(tender.buyer).toEqual({ name: 'Ville II', id: '0207.1', country: 'BE', nuts: 'BE332' });
    expect(notice!.buyers.map(({ name }) => name)).toEqual(['Ville II', 'Ville 1']);
  });

  it.each([
    [
      'by the role of a party',
      { parties: [party('1', ['procuringEntity']), party('2', ['buyer'])] },
      'Ville 2',
    ],
    ['as who runs the procedure', { tender: { title: 'A', procuringEntity: { name: 'Régie' } } }, 'Régie'],
  ])('is found %s', async (_, more, name) => {
    expect((await ofTender({ title: 'A' }, more)).tender.buyer?.name).toBe(name);
  });

  it('says its number and country itself in releases before 1.1', async () => {
    const buyer = { name: 'Ville', identifier: { id: 'x-1' }, address: { countryCode: 'BE' } };
    expect((await ofTender({ title: 'A' }, { buyer })).tender.buyer).toMatchObject({
      id: 'x-1',
      country: 'BE',
    });
  });
});

describe('days and moments', () => {
  const belgian = { buyer: { name: 'Ville', address: { countryCode: 'BE' } } };

  it.each([
    ['2026-03-10T12:00:00+0100', '2026-03-10T12:00:00+01:00', []],
    ['2026-03-10T12:00:00', '2026-03-10T12:00:00+01:00', []],
    ['2026-03-10', '2026-03-10', []],
    ['10/03/2026', null, ['notice.date.unreadable']],
    ['2026-02-30T12:00:00Z', null, ['notice.date.unreadable']],
  ])('a deadline written %s', async (endDate, deadline, codes) => {
    const { tender, problems } = await ofTender({ title: 'A', tenderPeriod: { endDate } }, belgian);
    expect([tender.deadline, problems.map(({ code }) => code)]).toEqual([deadline, codes]);
  });

  it.each([
    ['2026-03-01T00:00:00Z', '2026-03-31T23:59:59Z', '2026-03-01', '2026-03-31', 31],
    ['2026-02-28T23:00:00Z', '2026-04-29T22:00:00Z', '2026-03-01', '2026-04-30', 61],
    ['2026-03-01T00:00:00+01:00', '2026-03-02', '2026-03-01', '2026-03-02', 2],
    ['0026-03-01T00:00:00Z', '0026-03-02T00:00:00Z', '0026-03-01', '0026-03-02', 2],
  ])('works from %s to %s', async (startDate, endDate, start, end, durationDays) => {
    const contractPeriod = { startDate, endDate };
    const { lots } = await ofTender({ title: 'A', lots: [{ id: '1', contractPeriod }] }, belgian);
    expect(lots).toMatchObject([{ start, end, durationDays }]);
    expect((await ofTender({ title: 'A', contractPeriod }, belgian)).lots).toMatchObject([{ start, end }]);
  });
});

describe('lots that say for themselves', () => {
  it('where they stand, with a number or without', async () => {
    const { lots } = await ofTender({ title: 'A', lots: [{ id: 7 }, { title: 'B' }] });
    expect(lots.map(({ ref, at }) => [ref, at])).toEqual([
      ['7', { pointer: '/tender/lots/0' }],
      ['2', { pointer: '/tender/lots/1' }],
    ]);
  });

  it('when offers end and what is bought', async () => {
    const period = (endDate: string): Json => ({ tenderPeriod: { endDate } });
    const { tender, lots, sources } = await ofTender({
      title: 'A',
      lots: [
        { id: '1', mainProcurementCategory: 'works', ...period('2026-06-02T12:00:00Z') },
        { id: '2', mainProcurementCategory: 'goods', ...period('2026-06-01T12:00:00Z') },
        { id: '3', ...period('demain') },
      ],
    });
    expect(lots.map(({ nature, deadline }) => [nature, deadline])).toEqual([
      ['works', '2026-06-02T12:00:00Z'],
      ['supplies', '2026-06-01T12:00:00Z'],
      [null, null],
    ]);
    expect(tender.deadline).toBe('2026-06-01T12:00:00Z');
    expect(sources!.deadline).toEqual({ pointer: '/tender/lots/1' });
  });

  it('nothing of it where the whole says it', async () => {
    const { tender } = await ofTender({
      title: 'A',
      tenderPeriod: { endDate: '2026-06-05T12:00:00Z' },
      lots: [{ id: '1', tenderPeriod: { endDate: '2026-06-01T12:00:00Z' } }],
    });
    expect(tender.deadline).toBe('2026-06-05T12:00:00Z');
  });
});

it('the deadline of expressions of interest counts where there is no other, and this is told', async () => {
  const { tender, problems } = await ofTender({
    title: 'A',
    expressionOfInterestDeadline: '2026-06-01T12:00:00+01:00',
  });
  expect(tender.deadline).toBe('2026-06-01T12:00:00+01:00');
  expect(problems).toMatchObject([{ code: 'notice.deadline.requests', severity: 'info' }]);
});

it('an address names its country as newer services do', async () => {
  const { tender } = await ofTender(
    {
      title: 'A',
      items: [{ id: '1', deliveryAddresses: [{ region: 'UKI', country: 'GB' }, { country: 'BE' }] }],
    },
    { buyer: { name: 'Ville', address: { country: 'GB' } } },
  );
  expect(tender.places.map(({ nuts, country }) => [nuts, country])).toEqual([
    ['UKI', 'GB'],
    [null, 'BE'],
  ]);
  expect(tender.buyer).toMatchObject({ country: 'GB' });
});

it('a tender without lots is one lot with what is said of it', async () => {
  const { lots } = await ofTender({
    title: 'A',
    description: 'B',
    value: { amount: '1200.50', currency: 'EUR' },
  });
  expect(lots).toMatchObject([
    { declared: false, title: 'A', description: 'B', value: { amount: '1200.50', currency: 'EUR' } },
  ]);
});

it('who may take part and who may execute are told apart, of lots and of the whole', async () => {
  const { tender, lots } = await ofTender({
    title: 'A',
    otherRequirements: { reservedParticipation: ['shelteredWorkshop'] },
    contractTerms: { reservedExecution: true },
    lots: [
      { id: '1', contractTerms: { reservedExecution: false } },
      { id: '2', otherRequirements: { reservedParticipation: ['publicServiceMissionOrganization'] } },
    ],
  });
  expect([tender.reserved, ...lots.map(({ reserved }) => reserved)]).toEqual([
    { participation: 'res-ws', execution: 'yes' },
    { participation: 'res-ws', execution: 'no' },
    { participation: 'res-pub-ser', execution: 'yes' },
  ]);
});

it('the share to be subcontracted is told in percent', async () => {
  const { lots } = await ofTender({
    title: 'A',
    subcontractingTerms: { competitiveMinimumPercentage: 0.1 },
    lots: [
      { id: '1' },
      {
        id: '2',
        subcontractingTerms: { competitiveMinimumPercentage: 0.07, competitiveMaximumPercentage: 0.3 },
      },
    ],
  });
  expect(
    lots.map(({ subcontracting: { minimumPercent, maximumPercent } }) => [minimumPercent, maximumPercent]),
  ).toEqual([
    ['10', null],
    ['7', '30'],
  ]);
});

it('an item may be of several lots, and say its place by the code of a region', async () => {
  const { lots, tender } = await ofTender({
    title: 'A',
    lots: [{ id: '1' }, { id: 2 }],
    items: [
      {
        id: '1',
        relatedLots: ['1', '2'],
        classification: { scheme: 'CPV', id: '45442100-8' },
        deliveryLocation: { gazetteer: { scheme: 'NUTS', identifiers: ['BE332'] } },
      },
      { id: '2', relatedLot: 2, deliveryAddress: { region: 'QC', locality: 'Lévis' } },
    ],
  });
  expect(
    lots.map(({ cpv, places }) => [cpv, places.map(({ nuts, municipality }) => nuts ?? municipality)]),
  ).toEqual([
    [['45442100'], ['BE332']],
    [['45442100'], ['BE332', 'Lévis']],
  ]);
  expect(tender.places[1]).toMatchObject({ nuts: null, country: null });
});

it.each([
  [3110000, ['03110000'], []],
  ['45', [], ['notice.cpv.unreadable']],
  ['', [], []],
])('a code %p of the vocabulary', async (id, cpv, codes) => {
  const { tender, problems } = await ofTender({ title: 'A', classification: { scheme: 'CPV', id } });
  expect([tender.cpv, problems.map(({ code }) => code)]).toEqual([cpv, codes]);
});
