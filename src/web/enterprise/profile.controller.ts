import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { ProfileService } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages, type FormState } from '../shared/pages.service.js';
import { aboutEntries, kindsOffered, readAboutForm } from './about-form.js';
import type { Entries } from './activity-form.js';
import { enterprisePaths } from './paths.js';
import { profilePage } from './profile.page.js';
import { registryProblems } from './registry-problems.js';

/** The enterprise's own place in the register: what it is, and where it is. */
@ApiExcludeController()
@Controller('enterprise/profile')
export class ProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly clock: Clock,
    private readonly pages: Pages,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const model = profilePage(await this.profiles.read(request.visitor.actor));
    return this.pages.html(request, reply, 'enterprise/views/profile.njk', model);
  }

  @Get('documents/:id')
  async document(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<Buffer> {
    return asDownload(reply, await this.profiles.document(request.visitor.actor, uuid(id)));
  }

  @Get('about')
  about(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.aboutPage(request, reply);
  }

  @Post('about')
  async saveAbout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Entries,
  ): Promise<string> {
    const read = readAboutForm(body, this.clock.today());
    if ('problems' in read) return this.aboutPage(request, reply, { problems: read.problems, entries: body });
    const seen = typeof body['version'] === 'string' && body['version'] !== '' ? body['version'] : null;
    const { about } = read;
    const problems = await this.profiles.change(request.visitor.actor, seen, (present, { name }) => ({
      ...(present ?? { approvals: [], activities: [] }),
      ...about,
      name: about.name === '' ? name : about.name,
      kind: present?.kind ?? about.kind,
      location: { ...about.location, address: about.location.address || null },
    }));
    if (problems.length > 0)
      return this.aboutPage(request, reply, { problems: registryProblems(problems), entries: body });
    return this.pages.redirect(reply, enterprisePaths.profile(), { tone: 'success', key: 'profile.saved' });
  }

  @Post('activities/:index/removal')
  async removeActivity(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('index') index: string,
    @Body() body: Entries | null,
  ): Promise<string> {
    const seen = typeof body?.['version'] === 'string' ? body['version'] : '';
    await this.profiles.change(request.visitor.actor, seen, (present) => {
      if (!present?.activities[Number(index)]) throw new Refusal('not-found');
      return { ...present, activities: present.activities.filter((_, at) => at !== Number(index)) };
    });
    return this.pages.redirect(reply, enterprisePaths.profile(), { tone: 'success', key: 'profile.saved' });
  }

  private async aboutPage(request: FastifyRequest, reply: FastifyReply, form?: FormState): Promise<string> {
    const { actor, language, person } = request.visitor;
    const { organisation, registered } = await this.profiles.read(actor);
    const enterprise = registered?.enterprise ?? null;
    const model = {
      isNew: enterprise === null,
      version: registered?.versionId ?? '',
      kinds: kindsOffered(language),
      standing: aboutEntries(enterprise, organisation.name, person?.email ?? '', (key) =>
        this.names.site(language, key),
      ),
      backHref: enterprisePaths.profile(),
    };
    return this.pages.html(request, reply, 'enterprise/views/profile-about.njk', model, form);
  }
}
