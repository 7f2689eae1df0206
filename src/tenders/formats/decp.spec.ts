import { strToU8 } from 'fflate';
import { isRefused, type ParsedTender } from '../domain/index.js';
import { oneProcess, parseTender } from './index.js';

type Json = Record<string, unknown>;

async function read(...records: readonly Json[]): Promise<ParsedTender> {
  const value = {
    marches: { marche: records.map((record) => ({ id: 'm1', objet: 'Peinture', ...record })) },
  };
  const result = await parseTender(strToU8(JSON.stringify(value)), 'a.json');
  if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
  return result;
}

const codesOf = ({ problems }: ParsedTender): readonly (readonly [string, string | null])[] =>
  problems.map(({ code, found }) => [code, found]);

describe('what was changed of a contract', () => {
  it.each([
    [
      'since 2022',
      [
        { modification: { id: 2, montant: 140, dateNotificationModification: '2025-02-01' } },
        { modification: { id: 1, montant: 120, dureeMois: 9, dateNotificationModification: '2024-06-01' } },
      ],
    ],
    [
      'before',
      [
        { montant: '120', dureeMois: '9', dateSignatureModification: '2024-06-01' },
        { montant: '140', dateSignatureModification: '2025-02-01' },
      ],
    ],
  ])('is told beside what was notified, as written %s', async (_, modifications) => {
    const tender = await read({ montant: 100, dureeMois: 6, modifications });
    expect(tender.lots).toMatchObject([
      { value: { amount: '100', currency: 'EUR' }, durations: [{ value: '6', unit: 'MONTH' }] },
    ]);
    expect(codesOf(tender)).toEqual([['notice.modified', '140 EUR, 9 mois']]);
  });

  it('is nothing where the list is empty', async () => {
    const tender = await read({ montant: 100, modifications: [] });
    expect([tender.lots[0]!.value?.amount, codesOf(tender)]).toEqual(['100', []]);
  });
});

describe('what a contract says of social aims', () => {
  it.each([
    [
      { considerationSociale: ['Clause sociale', 'Critère social'] },
      [['notice.social.stated', 'Clause sociale, Critère social']],
    ],
    [['Clause sociale'], [['notice.social.stated', 'Clause sociale']]],
    [{ considerationSociale: ['Marché réservé'] }, [['notice.reserved.unsaid', 'Marché réservé']]],
    [{ considerationSociale: 'Concession réservée' }, [['notice.reserved.unsaid', 'Concession réservée']]],
    [{ considerationSociale: ['Pas de considération sociale'] }, []],
    ['Sans objet', []],
  ])('is told: %j', async (considerationsSociales, told) => {
    const tender = await read({ considerationsSociales });
    expect(codesOf(tender)).toEqual(told);
    expect(tender.tender.reserved).toEqual({ participation: null, execution: null });
  });

  it('waits until one of several contracts is chosen', async () => {
    const considerationsSociales = ['Clause sociale'];
    expect(codesOf(await read({ considerationsSociales }, { considerationsSociales }))).toEqual([]);
  });
});

it.each([
  ['Code région', '75', 'Nouvelle-Aquitaine', { nuts: 'FRI', municipality: null, country: 'FR' }],
  ['Code pays', 'FR', 'France', { nuts: null, municipality: null, country: 'FR' }],
  ['Code commune', '59350', 'Lille', { municipality: 'Lille', country: 'FR' }],
])('a place given by %s is no more than that', async (typeCode, code, nom, place) => {
  const { lots } = await read({ lieuExecution: { code, typeCode, nom } });
  expect(lots[0]!.place).toMatchObject(place);
});

describe('contracts outside a file of contracts', () => {
  const record = (id: string): Json => ({ id, objet: `Marché ${id}`, acheteur: { id: '1', nom: 'Ville' } });
  const parse = async (value: unknown): Promise<ParsedTender> => {
    const result = await parseTender(strToU8(JSON.stringify(value)), 'a.json');
    if (isRefused(result)) throw new Error(JSON.stringify(result.refused));
    return result;
  };

  it('are read as a list, and each alone', async () => {
    const list = await parse([record('a'), record('b')]);
    expect(list.lots.map(({ ref, at }) => [ref, at])).toEqual([
      ['a', { pointer: '/0' }],
      ['b', { pointer: '/1' }],
    ]);
    const bytes = strToU8(JSON.stringify([record('a'), record('b')]));
    const alone = await parse(JSON.parse(oneProcess(bytes, 1)!));
    expect([alone.tender.title, alone.sources!.title]).toEqual(['Marché b', { pointer: '/1/objet' }]);
    const one = await parse(record('c'));
    expect([one.format, one.tender.title, one.sources!.title]).toEqual([
      'decp',
      'Marché c',
      { pointer: '/objet' },
    ]);
  });
});

describe('numbers and codes of a contract', () => {
  it.each([
    [{ montant: '12 345,67' }, null, [['notice.amount.unreadable', '12 345,67']]],
    [{ montant: 'NC' }, null, []],
    [{ montant: '', valeurGlobale: 50 }, '50', []],
  ])('%j', async (record, amount, told) => {
    const tender = await read(record);
    expect([tender.lots[0]!.value?.amount ?? null, codesOf(tender)]).toEqual([amount, told]);
  });

  it('may be numbers where texts are meant', async () => {
    const tender = await read({ id: 2024007, codeCPV: 3121100, acheteur: { id: 21690123100011 } });
    expect([tender.lots[0]!.ref, tender.lots[0]!.cpv, tender.tender.buyer?.id]).toEqual([
      '2024007',
      ['03121100'],
      '21690123100011',
    ]);
  });

  it.each([
    ['Concession de travaux', 'works'],
    ['Concession de service public', 'services'],
    ['Marché', null],
  ])('a contract called %s', async (nature, expected) => {
    expect((await read({ nature })).tender.nature).toBe(expected);
  });
});
