import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { loadGeography, RegistryService } from '../registry/index.js';
import { replacePostings } from './posting.repository.js';

/** The projection of the register that candidates are looked up in. */
@Injectable()
export class OffersService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
  ) {}

  /**
   * Rewrites what enterprises are looked up by, as they stand on a day. To be called after every change of the
   * register; only the system may. @returns number of rows written
   */
  async refresh(tx: Tx, enterpriseIds: readonly string[], on: Day): Promise<number> {
    const found = await this.registry.asOf(tx, enterpriseIds, { on, knownAt: this.clock.now() });
    const enterprises = found.map(({ enterprise }) => enterprise);
    return replacePostings(tx, enterpriseIds, enterprises, loadGeography());
  }
}
