import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import type { AuthorizedAssessmentService } from './assessments/AuthorizedAssessmentService';
import { addAssessmentRoutes } from './assessments/routes';
import { Audit } from './Audit';
import type { AuthorizedEvidenceIntake } from './evidence/AuthorizedEvidenceIntake';
import type { Authorization } from './Authorization';
import { addEvidenceRoutes } from './evidence/routes';
import type { PersonService } from './people/PersonService';
import { addPeopleRoutes } from './people/routes';
import type { AuthorizedProgramService } from './program/AuthorizedProgramService';
import { addProgramRoutes } from './program/routes';
import type { AuthorizedQuestionService } from './questions/AuthorizedQuestionService';
import { addQuestionRoutes } from './questions/routes';
import type { RouteOptions } from './RouteOptions';
import type { AuthorizedStatusService } from './status/AuthorizedStatusService';
import { shedding } from './shedding';
import { addStatusRoutes } from './status/routes';

/** Understands requests, asks the services, responds. */
export function createRouter(options: {
  assessments: AuthorizedAssessmentService;
  program: AuthorizedProgramService;
  questions: AuthorizedQuestionService;
  status: AuthorizedStatusService;
  intake: AuthorizedEvidenceIntake;
  people: PersonService;
  authorization: Authorization;
  /** Bytes of the largest document that may be pushed. */
  largestEvidence: number;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}): ExpressRouter {
  const { assessments, program, questions, status, httpAuth } = options;
  const router = Router();
  const shared: RouteOptions = {
    caller: request =>
      httpAuth.credentials(request, { allow: ['user', 'service'] }),
    audit: new Audit(options.auditor),
  };
  router.use(shedding());
  addAssessmentRoutes(router, { ...shared, service: assessments });
  addQuestionRoutes(router, { ...shared, service: questions });
  addProgramRoutes(router, { ...shared, service: program });
  addEvidenceRoutes(router, { ...shared, ...options });
  addPeopleRoutes(router, {
    authorization: options.authorization,
    service: options.people,
    user: request => httpAuth.credentials(request, { allow: ['user'] }),
  });
  addStatusRoutes(router, { ...shared, service: status });
  return router;
}
