import { Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database } from '../platform/db/index.js';
import { Messages } from '../platform/i18n/index.js';
import { MailGateway, MailModule } from '../platform/mail/index.js';
import { CONFIG } from '../platform/platform.module.js';
import { EventRelay, Jobs, WorkerLoop } from '../platform/queue/index.js';
import { Delivery } from './deliver.job.js';
import { DeliveryLoop } from './delivery-loop.js';
import { DigestLoop } from './digest-loop.js';
import { DigestService } from './digest.service.js';
import { MailWishService } from './mail-wish.service.js';
import { MailWriter } from './mail-writer.js';
import { NotificationsService } from './notifications.service.js';
import { ReconcileLoop } from './reconcile-loop.js';

const logger = new Logger('notifications');
const warn = (message: string, cause: unknown): void => logger.warn({ error: cause }, message);

/** Job that plans the notifications of one event; add it in the transaction that emits the event, keyed by its id. */
export const PLAN_JOB = 'notifications.plan';

@Module({
  imports: [MailModule],
  providers: [
    {
      provide: NotificationsService,
      inject: [Clock, CONFIG],
      useFactory: (clock: Clock, { secret, mailFrom }: Config) =>
        new NotificationsService(clock, { secret, mailDomain: domainOf(mailFrom) }),
    },
    {
      provide: MailWishService,
      inject: [Clock, CONFIG],
      useFactory: (clock: Clock, { mailFrom }: Config) =>
        new MailWishService(clock, { mailDomain: domainOf(mailFrom) }),
    },
    {
      provide: MailWriter,
      inject: [Messages, CONFIG],
      useFactory: (messages: Messages, config: Config) => new MailWriter(messages, config),
    },
    {
      provide: DeliveryLoop,
      inject: [Database, Clock, MailGateway, MailWriter],
      useFactory: (database: Database, clock: Clock, gateway: MailGateway, writer: MailWriter) =>
        new DeliveryLoop(database, clock, new Delivery(database, clock, gateway, writer), warn),
    },
    {
      provide: DigestLoop,
      inject: [Database, Clock, CONFIG],
      useFactory: (database: Database, clock: Clock, { mailFrom }: Config) =>
        new DigestLoop(database, clock, new DigestService(clock, { mailDomain: domainOf(mailFrom) }), warn),
    },
    {
      provide: ReconcileLoop,
      inject: [Database, NotificationsService],
      useFactory: (database: Database, notifications: NotificationsService) =>
        new ReconcileLoop(database, notifications, warn),
    },
  ],
  exports: [MailWishService, MailWriter, NotificationsService],
})
export class NotificationsModule implements OnModuleInit {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(WorkerLoop) private readonly workerLoop: WorkerLoop,
    @Inject(DeliveryLoop) private readonly deliveries: DeliveryLoop,
    @Inject(DigestLoop) private readonly digests: DigestLoop,
    @Inject(ReconcileLoop) private readonly reconciling: ReconcileLoop,
    @Inject(EventRelay) private readonly relay: EventRelay,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ eventId: string }>(PLAN_JOB, async (tx, { eventId }) => {
      await this.notifications.planFor(tx, eventId);
    });
    this.relay.on(['ledger.entry-added', 'performance.confirmed', 'performance.disputed'], PLAN_JOB);
    this.workerLoop.add(this.deliveries);
    this.workerLoop.add(this.digests);
    this.workerLoop.add(this.reconciling);
  }
}

/** `Maillon <maillon@example.org>` gives `example.org`. */
function domainOf(mailFrom: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(mailFrom)?.[1] ?? 'localhost';
}
