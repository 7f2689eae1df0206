import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ProblemAnswers } from './problem-answers.js';

/** Hands whatever was thrown to `ProblemAnswers`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly answers: ProblemAnswers) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answers.send(error, http.getRequest(), http.getResponse());
  }
}
