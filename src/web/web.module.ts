import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AccountController } from './account/account.controller.js';
import { InvitationController } from './account/invitation.controller.js';
import { SignInController } from './account/sign-in.controller.js';
import { MeController } from './api/v1/me.controller.js';
import { SessionsController } from './api/v1/sessions.controller.js';
import { PagesModule } from './pages.module.js';

/** Pages and API. */
@Module({
  imports: [AccountsModule, PagesModule],
  controllers: [AccountController, InvitationController, SignInController, MeController, SessionsController],
})
export class WebModule {}
