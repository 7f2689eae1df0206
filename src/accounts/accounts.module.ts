import { Module } from '@nestjs/common';
import { Gate, Recognition } from '../platform/http/index.js';
import { InvitationService } from './invitation.service.js';
import { SessionRecognition } from './recognise.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  providers: [
    Gate,
    InvitationService,
    SessionService,
    SignInService,
    { provide: Recognition, useClass: SessionRecognition },
  ],
  exports: [InvitationService, SessionService, SignInService, Recognition, Gate],
})
export class AccountsModule {}
