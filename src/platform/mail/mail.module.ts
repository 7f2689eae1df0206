import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { CONFIG } from '../platform.module.js';
import { MailGateway, OutboxGateway, SmtpGateway } from './mail-gateway.js';

/** The mail gateway: a server when one is named, the built-in outbox otherwise. */
@Global()
@Module({
  providers: [
    {
      provide: MailGateway,
      inject: [CONFIG],
      useFactory: ({ smtpUrl, mailFrom }: Config): MailGateway =>
        smtpUrl === null ? new OutboxGateway(mailFrom) : new SmtpGateway(smtpUrl, mailFrom),
    },
  ],
  exports: [MailGateway],
})
export class MailModule implements OnApplicationShutdown {
  constructor(@Inject(MailGateway) private readonly gateway: MailGateway) {}

  onApplicationShutdown(): void {
    this.gateway.close();
  }
}
