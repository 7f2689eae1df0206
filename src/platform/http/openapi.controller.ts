import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { OpenApi } from './openapi.js';

@ApiExcludeController()
@Controller('api')
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  describe(): OpenAPIObject {
    return this.openApi.document;
  }
}
