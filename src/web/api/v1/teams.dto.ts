import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import { PARTNER_ACTS, PLACE_STATES, type PartnerAct } from '../../../answers/index.js';

const nullable = { type: String, nullable: true } as const;

export class TeamPlaceShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'What this partner would do, in the words of the lead.' })
  part: string;

  @ApiProperty({ enum: PLACE_STATES })
  state: string;

  @ApiProperty({ ...nullable, description: 'Null until you may know: one who was not named consents first.' })
  partner: string | null;

  @ApiProperty({ format: 'date-time' })
  changedAt: string;
}

export class PartnerProposalShape {
  @ApiProperty({ type: [String], description: 'Trades, places and credentials that would be filled.' })
  covers: string[];
}

export class TeamShape {
  @ApiProperty({
    enum: ['alone', 'waiting', 'gap', 'complete'],
    description: 'Complete: the joint answer counts.',
  })
  standing: string;

  @ApiProperty({ ...nullable, description: 'What the lead does itself.' })
  leadPart: string | null;

  @ApiProperty({ type: [TeamPlaceShape] })
  places: TeamPlaceShape[];

  @ApiProperty({ type: [PartnerProposalShape], description: 'Gaps that somebody could fill, unnamed.' })
  proposals: PartnerProposalShape[];
}

/** Whom the lead wants, and for what. The domain says what is wrong with the texts. */
export class InvitePartner {
  @ApiPropertyOptional({ type: [String], description: 'One of `proposals`; or an enterprise by its number.' })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  covers?: string[];

  @ApiPropertyOptional({ example: '0123.456.749' })
  @IsOptional()
  @IsString()
  enterpriseNumber?: string;

  @ApiProperty({ description: 'What the partner would do.' })
  @IsString()
  part: string;

  @ApiProperty({ description: 'What the lead does itself.' })
  @IsString()
  leadPart: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  message?: string;
}

export class RespondToTeam {
  @ApiProperty({ enum: PARTNER_ACTS })
  @IsIn(PARTNER_ACTS)
  act: PartnerAct;
}

export class TeamRequestShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  contractor: string;

  @ApiProperty({
    ...nullable,
    description: 'Null while a team that the contractor asked for has not formed.',
  })
  lead: string | null;

  @ApiProperty()
  part: string;

  @ApiProperty(nullable)
  message: string | null;

  @ApiProperty({ enum: PLACE_STATES })
  state: string;

  @ApiProperty({ ...nullable, format: 'date-time' })
  deadline: string | null;

  @ApiProperty({ type: [String], enum: PARTNER_ACTS, description: 'What you can do now.' })
  acts: string[];
}

export class TeamRequestList {
  @ApiProperty({ type: [TeamRequestShape] })
  items: TeamRequestShape[];

  @ApiProperty({ ...nullable, description: 'Value of `after` for the next page; null on the last.' })
  next: string | null;
}
