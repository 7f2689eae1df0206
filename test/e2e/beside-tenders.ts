import type { Client } from 'pg';
import type { Response } from 'supertest';
import type { SignedInBrowser, TestApp } from '../app.js';
import { MARK } from './mark.js';
import type { Objects, TenderState } from './two-layers-world.js';

export const PARTNER_NUMBER = '0123456749';

const BILL = `Poste;Désignation;Unité;Quantité\n1.1;Peinture ${MARK};m2;120\n1.2;Peinture des plafonds ${MARK};m2;40\n`;

/** Of what the calls below answer. */
interface Made {
  readonly id: string;
  readonly readingId: string;
  readonly entries: readonly { readonly id: string }[];
}

interface People {
  readonly owner: SignedInBrowser;
  readonly asker: SignedInBrowser;
  readonly partner: SignedInBrowser;
}

/** What is somebody's and no tender: readings, columns, rules, debts, work done, documents, teams. By route. */
export async function besideTenders(
  service: TestApp,
  database: Client,
  { owner, asker, partner }: People,
  { draft, published, awarded }: Readonly<Record<TenderState, Objects>>,
): Promise<Readonly<Record<string, Objects>>> {
  const made = async (asked: PromiseLike<Response>): Promise<Made> => {
    const answer = await asked;
    if (answer.status >= 400) throw new Error(`${answer.status} ${answer.text}`);
    service.clock.advanceMs(1000);
    return answer.body;
  };
  const bring = (path: string) =>
    made(owner.browser.post(path).attach('file', Buffer.from(BILL), `${MARK}.csv`));
  const call = (path: string, body: object) => made(owner.browser.post(path).send(body));
  const one = async (sql: string, params: readonly unknown[] = []): Promise<string> =>
    (await database.query<{ id: string }>(sql, [...params])).rows[0]!.id;

  const reading = await bring('/api/v1/readings');
  const columns = { A: 'ref', B: 'label', C: 'unit', D: 'quantity' };
  await made(owner.browser.put(`/api/v1/readings/${reading.id}/columns/0`).send({ columns }));
  const correction = await bring(`/api/v1/tenders/${draft['id']}/corrections`);
  const rule = await call('/api/v1/tag-rules', {
    pattern: MARK.toLowerCase(),
    scope: 'organisation',
    trade: '45442100',
    placeable: 'yes',
  });

  const debt = { noticeDate: '2025-03-03', clause: 'flex', region: 'WAL', hours: '400', share: '0.055' };
  const proof = { offer: '1200000', source: 'specification', document: MARK };
  const obligation = await call('/api/v1/obligations', { mainContract: MARK, ...debt, ...proof });
  const at = `/api/v1/obligations/${obligation.id}`;
  const onDay = service.clock.today();
  const { packageId, answerId } = awarded;
  const enter = async (entry: object): Promise<string> => {
    await call(`${at}/entries`, { onDay, ...entry });
    const { entries } = await made(owner.browser.get(at));
    return entries.at(-1)!.id;
  };
  const planned = await enter({ stage: 'planned', route: 'subcontracting', packageId, quantity: '20000' });
  const committed = await enter({
    stage: 'committed',
    parentId: planned,
    answerId,
    quantity: '20000',
    document: `${MARK} 1`,
  });
  const performed = await enter({
    stage: 'performed',
    parentId: committed,
    quantity: '9000',
    document: `${MARK} 2`,
  });
  await call(`${at}/attempts`, {
    route: 'subcontracting',
    triedBy: 'contractor',
    contacted: MARK,
    triedOn: onDay,
    outcome: 'pending',
  });

  await made(
    asker.browser
      .post('/enterprise/profile/approvals/new')
      .field({
        _token: asker.formToken,
        kind: 'WAL_EI',
        validFrom: '2029-01-01',
        validUntil: '',
        reference: MARK,
      })
      .attach('document', Buffer.from(`%PDF-1.7 ${MARK}`), `${MARK}.pdf`),
  );
  const offered = `/enterprise/opportunities/${published['packageId']}/team`;
  const parts = { part: `${MARK}, les bureaux`, leadPart: `${MARK}, le hall`, message: MARK };
  await made(asker.post(offered, { partner: 'number', partnerNumber: PARTNER_NUMBER, ...parts }));
  const placeId = await one('SELECT place_id AS id FROM answers.team_partner WHERE organisation_id = $1', [
    partner.actor.organisationId,
  ]);
  return {
    readings: { id: reading.id, table: '0' },
    layouts: { id: await one('SELECT id FROM tenders.column_layout') },
    'tag-rules': { id: rule.id },
    corrections: { id: draft['id']!, readingId: correction.readingId },
    obligations: { id: obligation.id, entryId: performed, stage: 'planned' },
    performances: { id: performed },
    documents: { id: await one('SELECT id FROM registry.approval_document') },
    teams: { placeId },
    team: { packageId: published['packageId']!, placeId },
  };
}
