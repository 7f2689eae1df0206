import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isLanguage } from '../../../kernel/index.js';
import { CurrentVisitor, type Visitor } from '../../../platform/http/index.js';
import { loadTagModel, searchCodes } from '../../../tagging/index.js';
import { TradeList } from './package-acts.dto.js';

@ApiTags('trades')
@Controller('api/v1/trades')
export class TradesController {
  @Get()
  @ApiOperation({ summary: 'CPV codes for plain words in French, Dutch, German or English, best first.' })
  @ApiQuery({ name: 'q', required: false, description: 'Words, or the first digits of a code.' })
  @ApiQuery({ name: 'lang', required: false, enum: ['fr', 'nl', 'de', 'en'], description: 'Of the labels.' })
  @ApiOkResponse({ type: TradeList })
  find(
    @CurrentVisitor() visitor: Visitor,
    @Query('q') q?: unknown,
    @Query('lang') lang?: unknown,
  ): TradeList {
    const model = loadTagModel();
    const language = isLanguage(lang) ? lang : visitor.language;
    const codes = typeof q === 'string' ? searchCodes(model, q) : [];
    return {
      items: codes.map((code) => ({
        code,
        label: model.catalogue.entries.get(code)?.labels[language] ?? code,
      })),
    };
  }
}
