import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { LANGUAGES, Refusal, ROLES, type Language, type Role } from '../../../kernel/index.js';
import { CurrentVisitor, type Visitor } from '../../../platform/http/index.js';

class MyOrganisation {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: ROLES })
  role: Role;
}

export class Me {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ format: 'email' })
  email: string;

  @ApiProperty({ enum: LANGUAGES })
  language: Language;

  @ApiProperty({ type: MyOrganisation })
  organisation: MyOrganisation;
}

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who you are here.' })
  @ApiOkResponse({ type: Me })
  show(@CurrentVisitor() { person, organisation, actor, language }: Visitor): Me {
    if (!person || !organisation) throw new Refusal('sign-in-needed');
    const { id, name, email } = person;
    return { id, name, email, language, organisation: { ...organisation, role: actor.role as Role } };
  }
}
