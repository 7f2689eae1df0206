import { randomUUID } from 'node:crypto';
import { identityOf, IdentityTable } from './identity-table.js';

const ids = Array.from({ length: 5000 }, () => randomUUID());

describe('identities as numbers', () => {
  const table = new IdentityTable();
  const numbers = ids.map((id) => table.add(identityOf(id)));

  it('count from 0 in the order they come, and are known again', () => {
    expect(numbers).toEqual([...ids.keys()]);
    expect(ids.map((id) => table.add(identityOf(id)))).toEqual(numbers);
    expect(table.size).toBe(ids.length);
    expect(table.numberOf(identityOf(randomUUID()))).toBe(-1);
    expect(new IdentityTable().numberOf(identityOf(ids[0]!))).toBe(-1);
  });

  it('give their texts back, in the same order as the texts', () => {
    expect(numbers.map((number) => table.textOf(number))).toEqual(ids);
    const byText = numbers.toSorted((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
    expect(numbers.toSorted((a, b) => table.compare(a, b))).toEqual(byText);
  });

  it('are the same in a table over the same words', () => {
    const other = new IdentityTable(table.words);
    expect(ids.map((id) => other.numberOf(identityOf(id)))).toEqual(numbers);
    expect(other.add(identityOf(randomUUID()))).toBe(ids.length);
  });
});
