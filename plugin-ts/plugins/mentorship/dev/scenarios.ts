import type { MentorshipApi } from 'backstage-plugin-mentorship-common';
import { counted, exposed } from '../src/__testUtils__/fixtures/assessments';
import {
  FixtureApi,
  readyStatus,
  responseError,
} from '../src/__testUtils__/fixtures/FixtureApi';
import { countedKnowledge } from '../src/__testUtils__/fixtures/knowledge';
import {
  countedLosses,
  nothingLost,
} from '../src/__testUtils__/fixtures/losses';

const SCENARIOS: Record<string, () => MentorshipApi> = {
  ready: () => new FixtureApi(),
  counted: () => {
    const api = new FixtureApi();
    api.byRef = { [exposed.entity.entityRef]: counted };
    api.knowledge = countedKnowledge;
    api.losses = countedLosses;
    api.status = {
      ...readyStatus,
      viewer: {
        assessments: true,
        people: false,
        export: false,
        refresh: false,
        program: false,
        decide: false,
      },
    };
    return api;
  },
  empty: () => {
    const api = new FixtureApi();
    api.services = [];
    api.knowledge = {
      ...api.knowledge,
      state: 'not-collected',
      root: undefined,
    };
    api.losses = nothingLost;
    return api;
  },
  pending: () =>
    failing(503, 'FirstPassPendingError', 'first pass', {
      getStatus: async () => ({
        ...readyStatus,
        firstPassComplete: false,
        currentRun: undefined,
        sources: [],
        lastRun: {
          id: 1,
          asOf: '2026-11-21',
          startedAt: '2026-11-21T01:00:00Z',
          outcome: 'running',
        },
      }),
    }),
  denied: () =>
    failing(403, 'NotAllowedError', 'not allowed', {
      getStatus: async () => ({
        ...readyStatus,
        viewer: {
          assessments: false,
          people: false,
          export: false,
          refresh: false,
          program: false,
          decide: false,
        },
      }),
    }),
  error: () =>
    failing(500, 'Error', 'The database did not answer within ten seconds.'),
  /** The tab is there; what is put to the standing engine is not answered. */
  partly: () => {
    const refuse = async () => {
      throw await responseError(
        400,
        'InputError',
        '`group:default/risk` is no group of at least 5 people, and nothing is said of fewer to readers who may not see names; ask about a larger group, or for the permission `mentorship.people.read`',
      );
    };
    return Object.assign(new FixtureApi(), {
      whatIf: refuse,
      getKnowledge: async () => {
        throw await responseError(
          503,
          'ServiceUnavailableError',
          'The core broke down over this question',
        );
      },
    });
  },
  slow: () => {
    const never = () => new Promise<never>(() => {});
    const api = new FixtureApi();
    api.getAssessments = never;
    api.getAssessmentByEntityRef = never;
    api.getKnowledge = never;
    api.whatIf = never;
    return api;
  },
};

/** The backend that `?scenario=` asks for. */
export function scenarioApi(): MentorshipApi {
  const name = new URLSearchParams(window.location.search).get('scenario');
  return (SCENARIOS[name ?? 'ready'] ?? SCENARIOS.ready)();
}

function failing(
  statusCode: number,
  name: string,
  message: string,
  also: Partial<MentorshipApi> = {},
): MentorshipApi {
  const refuse = async () => {
    throw await responseError(statusCode, name, message);
  };
  const api = new FixtureApi();
  api.getAssessments = refuse;
  api.getAssessmentByEntityRef = refuse;
  api.getKnowledge = refuse;
  api.whatIf = refuse;
  return Object.assign(api, also);
}
