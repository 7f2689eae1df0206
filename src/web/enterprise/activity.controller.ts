import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { ProfileService } from '../../pipeline/index.js';
import type { Activity, Zone } from '../../registry/index.js';
import { loadTagModel, searchCodes } from '../../tagging/index.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages, type FormState } from '../shared/pages.service.js';
import {
  areaEntries,
  readActivityForm,
  readZoneForm,
  REGIONS,
  text,
  texts,
  type Entries,
} from './activity-form.js';
import { coverageMap } from './coverage-map.js';
import { enterprisePaths } from './paths.js';
import { registryProblems } from './registry-problems.js';

/** One activity: trades in plain words, how, where, how much. */
@ApiExcludeController()
@Controller('enterprise/profile/activities')
export class ActivityController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly pages: Pages,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Get('new')
  add(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page(request, reply, null);
  }

  @Post('new')
  create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Entries,
  ): Promise<string> {
    return this.save(request, reply, null, body);
  }

  @Get(':index')
  edit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('index') index: string,
  ): Promise<string> {
    return this.page(request, reply, Number(index));
  }

  @Post(':index')
  replace(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('index') index: string,
    @Body() body: Entries,
  ): Promise<string> {
    return this.save(request, reply, Number(index), body);
  }

  private async save(
    request: FastifyRequest,
    reply: FastifyReply,
    index: number | null,
    body: Entries,
  ): Promise<string> {
    // Looking for a trade changes nothing: the form comes back with what was found, and all that was entered.
    if (body['do'] === 'search') {
      const html = await this.page(request, reply, index, { problems: [], entries: body });
      reply.status(200);
      return html;
    }
    if (body['do'] === 'map') {
      const read = readZoneForm(body);
      if ('problems' in read)
        return this.page(request, reply, index, { problems: read.problems, entries: body });
      return this.page(request, reply, index, { problems: [], entries: body }, read.zone);
    }
    const read = readActivityForm(body);
    if ('problems' in read)
      return this.page(request, reply, index, { problems: read.problems, entries: body });
    const { activity } = read;
    const problems = await this.profiles.change(request.visitor.actor, text(body['version']), (present) => {
      if (!present || (index !== null && !present.activities[index])) throw new Refusal('not-found');
      const activities =
        index === null
          ? [...present.activities, activity]
          : present.activities.map((one, at) => (at === index ? activity : one));
      return { ...present, activities };
    });
    if (problems.length > 0)
      return this.page(request, reply, index, { problems: registryProblems(problems), entries: body });
    return this.pages.redirect(reply, enterprisePaths.profile(), { tone: 'success', key: 'profile.saved' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    index: number | null,
    form?: FormState,
    zone: Zone | null = null,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const { registered } = await this.profiles.read(actor);
    if (!registered) return this.pages.redirect(reply, enterprisePaths.profileAbout());
    const present = index === null ? null : (registered.enterprise.activities[index] ?? null);
    if (index !== null && !present) throw new Refusal('not-found');
    const standing = entriesOf(present, (key) => this.names.site(language, key));
    const entries = form?.entries ?? standing;
    const search = text(entries['search']);
    const ticked = texts(entries['trades']);
    const found = search === '' ? [] : searchCodes(loadTagModel(), search);
    const model = {
      isNew: present === null,
      href: index === null ? enterprisePaths.newActivity() : enterprisePaths.activity(index),
      backHref: enterprisePaths.profile(),
      version: registered.versionId,
      standing,
      ticked,
      offered: [...new Set([...ticked, ...found])],
      foundNothing: search !== '' && found.length === 0,
      regions: [...new Set([...REGIONS, ...texts(standing['regions'])])],
      tickedRegions: texts(entries['regions']),
      tickedModes: texts(entries['modes']),
      tickedMonths: texts(entries['months']),
      months: Array.from({ length: 12 }, (_, i) => i + 1),
      map: zone && coverageMap(registered.enterprise, zone),
    };
    return this.pages.html(request, reply, 'enterprise/views/activity.njk', model, form);
  }
}

/** How the form stands before anybody changes it. */
function entriesOf(activity: Activity | null, nameOf: (key: string) => string): Entries {
  const { zone, capacity } = activity ?? {};
  return {
    trades: activity?.trades ?? [],
    modes: activity?.modes ?? ['works-or-service'],
    zone: zone && zone.type !== 'unset' ? zone.type : '',
    km: zone?.km === null || zone?.km === undefined ? '' : String(zone.km),
    ...areaEntries(zone?.areas ?? [], nameOf),
    minValue: capacity?.minValue ?? '',
    maxValue: capacity?.maxValue ?? '',
    hoursPerWeek:
      capacity?.hoursPerWeek === null || capacity?.hoursPerWeek === undefined
        ? ''
        : String(capacity.hoursPerWeek),
    from: capacity?.from ?? '',
    months: (capacity?.months ?? []).map(String),
    partialScope: capacity?.partialScope ? 'yes' : '',
    search: '',
  };
}
