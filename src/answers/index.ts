export * from './domain/index.js';
export { answerById, answersTo, answersToPackages, lastWords, standingAnswer } from './answer.repository.js';
export { boardEntries, type BoardEntry } from './board-entries.query.js';
export { datesOfContractor, datesOfEnterprise, type DateToKeep } from './dates-to-keep.query.js';
export {
  newestOpportunities,
  OPPORTUNITY_STATES,
  opportunitiesAfter,
  opportunitiesOf,
  opportunityById,
  type FoundOpportunities,
  type Opportunity,
  type OpportunityState,
} from './opportunities.query.js';
export { AnswerService, type AnswerKept, type AnswerSeen } from './answer.service.js';
export { askedBy } from './asked.js';
export {
  attachmentOf,
  attachmentOfAnswer,
  attachmentsOf,
  insertAttachment,
} from './attachment.repository.js';
export { answerDraft, type AnswerDraft } from './draft.repository.js';
export { AnswerDraftService } from './draft.service.js';
export { coverageOf } from './coverage.query.js';
export {
  clarificationsOf,
  questionById,
  questionsOn,
  questionsOnPackages,
  waitingQuestions,
  type Clarification,
  type Question,
} from './question.repository.js';
export {
  decisionFor,
  decisionOn,
  decisionsOn,
  decisionsOnPackages,
  type Decision,
} from './decision.repository.js';
export { DecisionService } from './decision.service.js';
export {
  mayAnswer,
  notToAsk,
  openCall,
  partnerByNumber,
  placeRow,
  placeRows,
  teamById,
  teamOf,
  teamOfAnswer,
  teamRequest,
  teamRequestsOf,
  teamsOnPackages,
  type Team,
  type TeamRequest,
} from './team.repository.js';
export { TeamService, type CalledMember } from './team.service.js';
export { QuestionService } from './question.service.js';
export { AnswersModule } from './answers.module.js';
