/** What the backend has answered so far, for everything on the page. */

import type {
  Assessment,
  AssessmentFacets,
  AssessmentGroups,
  AssessmentGroupsQuery,
  AssessmentHistory,
  AssessmentsFilter,
  Knowledge,
  Me,
  MentorshipApi,
  MentorshipStatusReport,
  ProgramReport,
  RiskQueue,
  RiskQueueQuery,
  RuleCatalogue,
  RuleEntry,
  SnapshotList,
  WhatIf,
  WhatIfRequest,
} from 'backstage-plugin-mentorship-common';
import { AnswerStore } from './AnswerStore';
import { ServicePages } from './ServicePages';

/** What was asked for by a key, by kind. */
export interface Stores {
  assessments: AnswerStore<Assessment>;
  facets: AnswerStore<AssessmentFacets>;
  groups: AnswerStore<AssessmentGroups>;
  history: AnswerStore<AssessmentHistory>;
  knowledge: AnswerStore<Knowledge>;
  me: AnswerStore<Me>;
  program: AnswerStore<ProgramReport>;
  repositories: AnswerStore<MentorshipStatusReport>;
  riskQueue: AnswerStore<RiskQueue>;
  rule: AnswerStore<RuleEntry>;
  rules: AnswerStore<RuleCatalogue>;
  snapshots: AnswerStore<SnapshotList>;
  status: AnswerStore<MentorshipStatusReport>;
  whatIf: AnswerStore<WhatIf>;
}

/** All that is remembered of what a backend answered. */
export interface Memory extends Stores {
  servicePages: ServicePages;
}

/** Levels of directories in one answer: those of the map, and those inside them. */
const DEPTH = 2;

const memories = new WeakMap<MentorshipApi, Memory>();

/** The memory of a backend, the same for all of the portal. */
export function memoryOf(api: MentorshipApi): Memory {
  let memory = memories.get(api);
  if (!memory) {
    memory = {
      assessments: new AnswerStore(ref => api.getAssessmentByEntityRef(ref)),
      facets: new AnswerStore(key =>
        api.getFacets(JSON.parse(key) as AssessmentsFilter),
      ),
      groups: new AnswerStore(key =>
        api.getGroups(JSON.parse(key) as AssessmentGroupsQuery),
      ),
      history: new AnswerStore(ref => api.getHistory(ref)),
      knowledge: new AnswerStore(key => {
        const [entityRef, path] = JSON.parse(key) as [string, string];
        return api.getKnowledge(entityRef, { path, depth: DEPTH });
      }),
      me: new AnswerStore(() => api.getMe()),
      program: new AnswerStore(() => api.getProgram()),
      repositories: new AnswerStore(() =>
        api.getStatus({ repositories: true }),
      ),
      riskQueue: new AnswerStore(key =>
        api.getRiskQueue(JSON.parse(key) as RiskQueueQuery),
      ),
      rule: new AnswerStore(id => api.getRule(id)),
      rules: new AnswerStore(() => api.getRules()),
      servicePages: new ServicePages(api),
      snapshots: new AnswerStore(() => api.getSnapshots()),
      status: new AnswerStore(() => api.getStatus()),
      whatIf: new AnswerStore(key =>
        api.whatIf(JSON.parse(key) as WhatIfRequest),
      ),
    };
    memories.set(api, memory);
  }
  return memory;
}
