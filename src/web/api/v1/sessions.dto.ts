import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsString, MaxLength, MinLength } from 'class-validator';
import { Pasted } from '../../../platform/http/index.js';
import { LANGUAGES, ROLES, type Language, type Role } from '../../../kernel/index.js';

export class StartSession {
  @ApiProperty({ format: 'email', maxLength: 320, example: 'claire@entreprise.example' })
  @Pasted()
  @IsEmail({}, { message: 'signIn.email.invalid' })
  @MaxLength(320, { message: 'signIn.email.invalid' })
  email: string;

  @ApiProperty({ minLength: 1, maxLength: 1024, example: 'une phrase assez longue' })
  @IsString({ message: 'signIn.password.missing' })
  @MinLength(1, { message: 'signIn.password.missing' })
  @MaxLength(1024, { message: 'signIn.password.missing' })
  password: string;
}

export class SessionCreated {
  @ApiProperty({ enum: ROLES })
  role: Role;

  @ApiProperty({ enum: LANGUAGES })
  language: Language;

  @ApiProperty({ format: 'date-time', description: 'The session ends then at the latest.' })
  endsAt: string;

  @ApiProperty({ description: 'To be sent as `X-Form-Token` by programs that send no Origin.' })
  formToken: string;
}

export class SessionItem {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Firefox, Linux' })
  device: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'Last use, to the minute.' })
  seenAt: string;

  @ApiProperty({ format: 'date-time' })
  endsAt: string;

  @ApiProperty()
  isCurrent: boolean;
}

export class SessionList {
  @ApiProperty({ type: [SessionItem] })
  items: SessionItem[];
}
