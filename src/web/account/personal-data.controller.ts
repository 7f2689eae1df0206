import { Body, Controller, Get, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsNotEmpty, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERASURE_AFTER_DAYS, PersonalDataService } from '../../accounts/index.js';
import { Refusal } from '../../kernel/index.js';
import { Clock } from '../../platform/clock.js';
import { networkOf, readForm, writtenAhead } from '../../platform/http/index.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { accountPaths } from './paths.js';
import { dataFile, dataPage } from './personal-data.page.js';
import { refusedField } from '../shared/refused-form.js';

class ErasureForm {
  @IsString({ message: 'signIn.password.missing' })
  @IsNotEmpty({ message: 'signIn.password.missing' })
  password: string;
}

/** What is held on a person: read, taken away, erased. */
@ApiExcludeController()
@Controller('account')
export class PersonalDataController {
  constructor(
    private readonly personalData: PersonalDataService,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get('data')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor, person, organisation } = request.visitor;
    const counts = await this.personalData.counts(actor);
    const who = {
      email: person?.email ?? '',
      name: person?.name ?? '',
      organisation: organisation?.name ?? '',
    };
    return this.pages.html(request, reply, 'account/views/personal-data.njk', dataPage(counts, who));
  }

  @Get('data/file')
  async file(@Req() request: FastifyRequest): Promise<StreamableFile> {
    const held = await this.personalData.export(request.visitor.actor);
    return new StreamableFile(await writtenAhead(dataFile(held, this.clock.now())), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="maillon-${this.clock.today()}.json"`,
    });
  }

  @Get('erasure')
  askFor(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.erasurePage(request, reply);
  }

  @Post('erasure')
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(ErasureForm, body);
    if (errors.length > 0)
      return this.erasurePage(request, reply, { problems: problemsOf(errors), entries: {} });
    const { actor, person } = request.visitor;
    if (!person) throw new Refusal('sign-in-needed');
    try {
      await this.personalData.ask(
        actor,
        { email: person.email, network: networkOf(request.ip) },
        entries.password,
      );
    } catch (error) {
      const problems = [refusedField('password', error, /^(password-wrong|too-many|last-manager)/)];
      return this.erasurePage(request, reply, { problems, entries: {} });
    }
    return this.pages.redirect(reply, accountPaths.erasure(), { tone: 'success', key: 'erasure.asked' });
  }

  @Post('erasure/withdrawal')
  async takeBack(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.personalData.takeBack(request.visitor.actor);
    return this.pages.redirect(reply, accountPaths.erasure(), { tone: 'success', key: 'erasure.takenBack' });
  }

  private async erasurePage(request: FastifyRequest, reply: FastifyReply, form?: FormState): Promise<string> {
    const model = {
      ...(await this.personalData.erasure(request.visitor.actor)),
      days: ERASURE_AFTER_DAYS,
      email: request.visitor.person?.email,
    };
    return this.pages.html(request, reply, 'account/views/erasure.njk', model, form);
  }
}
