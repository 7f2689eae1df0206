export type { Mail } from './mail.js';
export type { Block, Button, Check, Link, MailDocument } from './mail-document.js';
export { composeMail } from './compose-mail.js';
export { layOutHtml } from './lay-out-html.js';
export { layOutText } from './lay-out-text.js';
export { MailGateway, OutboxGateway, SmtpGateway, type Handover } from './mail-gateway.js';
export { MailModule } from './mail.module.js';
export { outboxMail, outboxMails, type OutboxMail, type OutboxMailSummary } from './outbox.query.js';
