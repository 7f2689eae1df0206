import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { ProfileService } from '../../pipeline/index.js';
import { asDocument, PROOF_TYPES, type DocumentBrought } from '../../platform/documents/index.js';
import { UploadedFile } from '../../platform/http/index.js';
import { FILE_LIMIT } from '../shared/keep-files.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { kindsOffered } from './about-form.js';
import { dayOf, text, type Entries } from './activity-form.js';
import { enterprisePaths } from './paths.js';

/** Where on the form a refusal belongs. */
const AT_FIELD: Readonly<Record<string, string>> = {
  'approval-verified-already': 'validFrom',
  'file-infected': 'document',
  'scan-unavailable': 'document',
};
/** A proof is a page or a picture of one: fewer kinds than other documents. */
const UNFIT: Readonly<Record<string, string>> = {
  'document-unfit': 'approval.problem.documentType',
  'document-too-large': 'approval.problem.documentSize',
};

/** An approval as its holder states it; it counts once somebody has checked it. */
@ApiExcludeController()
@Controller('enterprise/profile/approvals/new')
export class ApprovalController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page(request, reply);
  }

  @Post()
  async state(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Entries,
  ): Promise<string> {
    const problems: FieldProblem[] = [];
    const kind = text(body['kind']);
    const known = kindsOffered(request.visitor.language).some(({ code }) => code === kind);
    if (!known) problems.push({ field: 'kind', key: 'approval.problem.kind' });
    const validFrom = dayOf(body, 'validFrom', 'approval.problem.day', problems);
    const validUntil = dayOf(body, 'validUntil', 'approval.problem.day', problems);
    if (text(body['validFrom']) === '') problems.push({ field: 'validFrom', key: 'approval.problem.from' });
    if (validFrom !== null && validUntil !== null && validUntil < validFrom)
      problems.push({ field: 'validUntil', key: 'approval.problem.reversed' });
    const proof = readProof(body['document'], problems);
    if (problems.length > 0) return this.page(request, reply, { problems, entries: body });
    const reference = text(body['reference']).slice(0, 200) || null;
    try {
      const approval = { kind, validFrom, validUntil, reference };
      await this.profiles.stateApproval(request.visitor.actor, approval, proof);
    } catch (error) {
      const field = error instanceof Refusal ? AT_FIELD[error.code] : undefined;
      if (!(error instanceof Refusal) || field === undefined) throw error;
      const problem = { field, key: `refusal.${error.code}` };
      return this.page(request, reply, { problems: [problem], entries: body });
    }
    return this.pages.redirect(reply, enterprisePaths.profile(), { tone: 'success', key: 'approval.stated' });
  }

  private async page(request: FastifyRequest, reply: FastifyReply, form?: FormState): Promise<string> {
    const { registered } = await this.profiles.read(request.visitor.actor);
    if (!registered) return this.pages.redirect(reply, enterprisePaths.profileAbout());
    const model = {
      kinds: kindsOffered(request.visitor.language),
      kind: registered.enterprise.kind,
      backHref: enterprisePaths.profile(),
      limit: FILE_LIMIT,
    };
    return this.pages.html(request, reply, 'enterprise/views/approval.njk', model, form);
  }
}

/** What was chosen in the field of the document; null when nothing was. */
function readProof(value: unknown, problems: FieldProblem[]): DocumentBrought | null {
  if (!(value instanceof UploadedFile) || value.name === '') return null;
  try {
    return asDocument(value, PROOF_TYPES);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push({ field: 'document', key: UNFIT[error.code]! });
    return null;
  }
}
