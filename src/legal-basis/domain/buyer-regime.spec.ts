import { buyerRegime, type BuyerAnswers } from './index.js';

const no = {
  authority: 'no',
  moreThanHalfPublic: 'no',
  grantWithClause: 'no',
  handedOver: 'no',
  partOfPublicContract: 'no',
} as const;

describe('the four questions about the buyer', () => {
  it.each<[string, BuyerAnswers, string, number | null, readonly string[]]>([
    ['says nothing', {}, 'private', null, []],
    ['says no four times', no, 'private', null, []],
    ['does not know', { ...no, authority: 'unknown' }, 'private', null, ['buyer.unknown']],
    ['is a municipality', { ...no, authority: 'authority' }, 'public', 1, []],
    ['is a water company', { ...no, authority: 'entity' }, 'public-utility', 1, []],
    [
      'is paid for more than half',
      { ...no, moreThanHalfPublic: 'yes' },
      'private-captured',
      2,
      ['buyer.captured'],
    ],
    ['has a grant with a clause', { ...no, grantWithClause: 'yes' }, 'private-subsidy', 2, []],
    ['hands works over', { ...no, handedOver: 'yes' }, 'private-captured', 3, ['buyer.captured']],
    ['executes a public contract', { ...no, partOfPublicContract: 'yes' }, 'pep', 4, []],
    [
      'executes one that is subsidised',
      { ...no, grantWithClause: 'yes', partOfPublicContract: 'yes' },
      'pep',
      4,
      [],
    ],
    [
      'would be two things',
      { ...no, handedOver: 'yes', partOfPublicContract: 'yes' },
      'pep',
      4,
      ['buyer.several'],
    ],
    [
      'has a grant and would be captured',
      { ...no, grantWithClause: 'yes', handedOver: 'yes' },
      'private-captured',
      3,
      ['buyer.captured'],
    ],
  ])('whoever %s is classified', (_who, answers, buyer, decidedBy, asks) => {
    const given = buyerRegime(answers);
    expect(given).toMatchObject({ buyer, decidedBy });
    expect(given.asks.map((one) => one.code)).toEqual(asks);
  });

  it.each([
    [{ authority: 'unknown' }, '1'],
    [{ moreThanHalfPublic: 'unknown' }, '2'],
    [{ grantWithClause: 'unknown' }, '2'],
    [{ moreThanHalfPublic: 'unknown', grantWithClause: 'unknown' }, '2'],
    [{ handedOver: 'unknown' }, '3'],
    [{ partOfPublicContract: 'unknown' }, '4'],
    [{ authority: 'unknown', handedOver: 'unknown', partOfPublicContract: 'unknown' }, '1, 3, 4'],
  ] as const)('whoever does not know %j is asked about question %s', (answers, questions) => {
    expect(buyerRegime({ ...no, ...answers }).asks).toEqual([
      { code: 'buyer.unknown', params: { questions } },
    ]);
  });

  it('says which questions a person must look at', () => {
    const asked = (answers: BuyerAnswers): unknown => buyerRegime({ ...no, ...answers }).asks[0]?.params;
    expect(asked({ handedOver: 'yes', partOfPublicContract: 'yes' })).toEqual({ questions: '3, 4' });
    expect(asked({ moreThanHalfPublic: 'yes', partOfPublicContract: 'yes' })).toEqual({ questions: '2, 4' });
    expect(asked({ moreThanHalfPublic: 'yes' })).toEqual({ question: 2 });
    expect(asked({ handedOver: 'yes' })).toEqual({ question: 3 });
    const grant = { subsidy: 'WAL-SLSP' };
    expect(buyerRegime({ ...no, ...grant, authority: 'authority' }).subsidy).toBe('WAL-SLSP');
    expect(buyerRegime({ ...no, ...grant, authority: 'entity' }).subsidy).toBeNull();
  });

  it('keeps the grant and the main clause where they count', () => {
    const told = { ...no, subsidy: 'WAL-SLSP', mainClause: 'flex' } as const;
    expect(buyerRegime({ ...told, grantWithClause: 'yes' })).toMatchObject({
      subsidy: 'WAL-SLSP',
      mainClause: null,
    });
    expect(buyerRegime({ ...told, partOfPublicContract: 'yes' })).toMatchObject({
      subsidy: null,
      mainClause: 'flex',
    });
    expect(buyerRegime(told)).toMatchObject({ subsidy: null, mainClause: null });
  });
});
