import { Module } from '@nestjs/common';
import { Gate, Recognition } from '../platform/http/index.js';
import { MailModule } from '../platform/mail/index.js';
import { AccountMails } from './account-mails.js';
import { ApiTokenService } from './api-token.service.js';
import { FeedLinkService } from './feed-link.service.js';
import { InvitationService } from './invitation.service.js';
import { MemberService } from './member.service.js';
import { PasswordService } from './password.service.js';
import { PersonalDataService } from './personal-data.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionRecognition } from './recognise.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [MailModule],
  providers: [
    Gate,
    AccountMails,
    ApiTokenService,
    FeedLinkService,
    InvitationService,
    MemberService,
    PasswordService,
    PersonalDataService,
    RegistrationService,
    SessionService,
    SignInService,
    { provide: Recognition, useClass: SessionRecognition },
  ],
  exports: [
    ApiTokenService,
    FeedLinkService,
    InvitationService,
    MemberService,
    PasswordService,
    PersonalDataService,
    RegistrationService,
    SessionService,
    SignInService,
    Recognition,
    Gate,
  ],
})
export class AccountsModule {}
