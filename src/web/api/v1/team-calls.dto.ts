import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { TeamPlaceShape } from './teams.dto.js';

/** More members no team has. */
const MOST_MEMBERS = 50;

export class ProposedMemberShape {
  @ApiProperty({ type: [String], description: 'Trades, places and credentials that it would do.' })
  covers: string[];

  @ApiProperty({ description: 'Share of the work that it can take at most, 0 to 1.' })
  share: number;
}

export class TeamProposalShape {
  @ApiProperty({ description: 'Sent back to ask this team.' })
  key: string;

  @ApiProperty({ type: [ProposedMemberShape] })
  members: ProposedMemberShape[];

  @ApiProperty({ description: 'Share of the work that they cover together, 0 to 1.' })
  coverage: number;
}

export class CalledPlaceShape extends TeamPlaceShape {
  @ApiProperty({ description: 'Somebody else could be asked for this part.' })
  canFill: boolean;
}

export class TeamCallShape {
  @ApiProperty({ description: 'How many agreed.' })
  agreed: number;

  @ApiProperty()
  asked: number;

  @ApiProperty({ type: String, nullable: true, description: 'Who leads; null before all agreed.' })
  lead: string | null;

  @ApiProperty({ type: [CalledPlaceShape], description: 'The others; names once all agreed.' })
  places: CalledPlaceShape[];
}

export class TeamCallsShape {
  @ApiProperty({
    type: TeamCallShape,
    nullable: true,
    description: 'The team that was asked; null without one.',
  })
  call: TeamCallShape | null;

  @ApiProperty({
    type: [TeamProposalShape],
    description: 'Teams that could be asked, unnamed; none beside a call.',
  })
  proposals: TeamProposalShape[];
}

export class CallTeam {
  @ApiProperty({ description: '`key` of a proposal.' })
  @IsString()
  team: string;

  @ApiProperty({ type: [String], description: 'What each would do, in the order of the members.' })
  @IsArray()
  @ArrayMaxSize(MOST_MEMBERS)
  @IsString({ each: true })
  parts: string[];

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  message?: string;
}

export class OfferLead {
  @ApiProperty({ format: 'uuid', description: 'A place whose partner accepted.' })
  @IsUUID()
  placeId: string;

  @ApiProperty({ enum: ['offer', 'keep'] })
  @IsIn(['offer', 'keep'])
  act: 'offer' | 'keep';
}

export class AnswerLead {
  @ApiProperty({ enum: ['take', 'decline'] })
  @IsIn(['take', 'decline'])
  act: 'take' | 'decline';
}
