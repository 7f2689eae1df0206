export * from './domain/index.js';
export { answersTo, standingAnswer } from './answer.repository.js';
export { opportunitiesOf, opportunityById, type Opportunity } from './opportunities.query.js';
export { AnswerService, type AnswerKept } from './answer.service.js';
export { AnswersModule } from './answers.module.js';
