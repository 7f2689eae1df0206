import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProposalService } from '../../legal-basis/index.js';
import { LawPreviews } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { changesInWords } from './changes-in-words.js';
import { lawPaths } from './paths.js';

type Said = 'proposals.approved' | 'proposals.rejected' | 'proposals.retired';
const NAMED = 50;

interface Decision {
  readonly why?: unknown;
}

function reasonIn(body: Decision | null): string {
  return typeof body?.why === 'string' ? body.why.trim() : '';
}

/** Changes of the law that wait for a second person, with what they would do to what is open today. */
@ApiExcludeController()
@Controller('administrator/proposals')
export class ProposalsController {
  constructor(
    private readonly proposals: ProposalService,
    private readonly previews: LawPreviews,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = await this.proposals.list(request.visitor.actor);
    const items = found.map((proposal) => ({ ...proposal, href: lawPaths.proposal(proposal.id) }));
    return this.pages.html(request, reply, 'law/views/proposals.njk', { items, rulesHref: lawPaths.rules() });
  }

  @Get(':id')
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, uuid(id));
  }

  @Post(':id/approval')
  async approve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: { readonly seen?: unknown } | null,
  ): Promise<string> {
    const seen = typeof body?.seen === 'string' ? body.seen : '';
    await this.proposals.approve(request.visitor.actor, uuid(id), seen);
    return this.said(reply, id, 'proposals.approved');
  }

  @Post(':id/rejection')
  async reject(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Decision | null,
  ): Promise<string> {
    const why = reasonIn(body);
    if (why === '')
      return this.page(request, reply, uuid(id), {
        problems: [{ field: 'why', key: 'proposals.problem.why' }],
        entries: {},
      });
    await this.proposals.reject(request.visitor.actor, uuid(id), why);
    return this.said(reply, id, 'proposals.rejected');
  }

  @Post(':id/retirement')
  async retire(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Decision | null,
  ): Promise<string> {
    const why = reasonIn(body);
    await this.proposals.retire(request.visitor.actor, uuid(id), why);
    return this.said(reply, id, 'proposals.retired');
  }

  private said(reply: FastifyReply, id: string, key: Said): string {
    return this.pages.redirect(reply, lawPaths.proposal(id), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const { proposal, present, effect, problems } = await this.proposals.read(actor, id);
    const isOpen = proposal.state === 'open';
    const preview = effect && isOpen ? await this.previews.preview(actor, effect.before, effect.after) : null;
    const replaced =
      effect === null
        ? null
        : (present.find(({ valid }) => valid.from === effect.version.valid.from) ?? present.at(-1) ?? null);
    const model = {
      proposal,
      isOpen,
      isYours: proposal.proposedBy === actor.personId,
      changes: effect === null || !isOpen ? [] : changesInWords(replaced, effect.version),
      seen: effect?.before.stamp ?? '',
      faults: problems.map(({ code, params }) => ({ code, file: params?.['file'] ?? '' })),
      preview: preview && {
        ...preview,
        tenders: preview.tenders.slice(0, NAMED),
        tendersCount: preview.tenders.length,
        enterprises: preview.enterprises.slice(0, NAMED),
        enterprisesCount: preview.enterprises.length,
      },
      ruleHref: lawPaths.rule(proposal.set, proposal.key),
      listHref: lawPaths.proposals(),
      approveHref: lawPaths.decide(id, 'approval'),
      rejectHref: lawPaths.decide(id, 'rejection'),
      retireHref: lawPaths.decide(id, 'retirement'),
    };
    return this.pages.html(request, reply, 'law/views/proposal.njk', model, form);
  }
}
