import { readFile } from 'node:fs/promises';
import type { SignedInBrowser } from '../app.js';

const DOCUMENT = '01-maisons-ouvrieres-25-lignes.xlsx';

const MONTH_MS = 30 * 86_400_000;

/**
 * A published tender of the sample workbook whose one offered package asks for the trades given.
 * @param now of a clock that goes with that of the world: answers are due a month later, the date in the workbook will be past
 * @returns its id
 */
export async function publishTender(
  contractor: SignedInBrowser,
  trades: readonly string[],
  now?: Date,
): Promise<string> {
  const id = await draftTender(contractor, trades, now);
  const published = await contractor.browser
    .post(`/api/v1/tenders/${id}/publication`)
    .set('x-form-token', contractor.formToken);
  if (published.status !== 204) throw new Error(published.text);
  return id;
}

/** The same, ready to be published. */
export async function draftTender(
  contractor: SignedInBrowser,
  trades: readonly string[],
  now?: Date,
): Promise<string> {
  const browser = contractor.browser.set('x-form-token', contractor.formToken);
  const read = await browser
    .post('/api/v1/readings')
    .attach('file', await readFile(`test/fixtures/tenders/${DOCUMENT}`), DOCUMENT);
  const drafted = await browser.post(`/api/v1/readings/${read.body.id}/draft`);
  const id: string = drafted.body.tenderId;
  if (drafted.status !== 201) throw new Error(`${read.text} ${drafted.text}`);
  const { body } = await browser.get(`/api/v1/tenders/${id}`);
  const { id: packageId, version } = body.packages[0];
  await browser
    .put(`/api/v1/work-packages/${packageId}/review`)
    .send({ trades, placeable: 'yes', offered: true, value: '42000.00', version });
  await browser.put(`/api/v1/tenders/${id}/buyer`).send({ buyer: 'private' });
  if (now)
    await browser.patch(`/api/v1/tenders/${id}`).send({ deadline: new Date(now.getTime() + MONTH_MS) });
  await browser.put(`/api/v1/tenders/${id}/clause`).send({ instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' });
  return id;
}
