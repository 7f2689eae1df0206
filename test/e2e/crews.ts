import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import type { SignedInBrowser, TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';

/** Each can do a part of the work of `publishTender`: two of them do the whole. */
export const CREWS = [
  { name: 'Ateliers du Val', number: '0123456749' },
  { name: 'Jardins et Toits', number: '0200065765' },
  { name: 'Couleurs de Meuse', number: '0400378485' },
] as const;

/** Registers them, and signs somebody of each in. */
export async function signInCrews(service: TestApp): Promise<SignedInBrowser[]> {
  const crews = await Promise.all(CREWS.map(() => service.signIn({ role: 'enterprise' })));
  await service.database.transaction(SYSTEM, async (tx) => {
    for (const [at, { actor }] of crews.entries()) {
      const { name, number } = CREWS[at]!;
      const organisationId = actor.organisationId!;
      await rows(tx, `UPDATE accounts.organisation SET name = $2, enterprise_number = $3 WHERE id = $1`, [
        organisationId,
        name,
        number,
      ]);
      const { capacity, ...activity } = anActivity();
      const { id: _, ...crew } = anEnterprise({
        name,
        activities: [{ ...activity, capacity: { ...capacity, maxValue: '25000.00', partialScope: true } }],
      });
      const id = await service.app.get(RegistryService).register(tx, SYSTEM, crew, { organisationId });
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
    }
  });
  return crews;
}
