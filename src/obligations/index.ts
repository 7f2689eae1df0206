export * from './domain/index.js';
export { ledgersUntil, type Ledger } from './ledgers-until.query.js';
export { obligationOfTender, ownsObligation } from './obligation.repository.js';
export { ObligationsModule } from './obligations.module.js';
export { ObligationsService, type AttemptLog, type ObligationShown } from './obligations.service.js';
export type { Performance } from './performances.query.js';
export { PerformancesService } from './performances.service.js';
export { acceptableAnswers, freePackages, type FreePackage } from './what-can-serve.query.js';
