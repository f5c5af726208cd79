import type { MentorshipApi } from 'backstage-plugin-mentorship-common';
import { counted, exposed } from '../src/__testUtils__/fixtures/assessments';
import {
  FixtureApi,
  readyStatus,
  responseError,
} from '../src/__testUtils__/fixtures/FixtureApi';

const SCENARIOS: Record<string, () => MentorshipApi> = {
  ready: () => new FixtureApi(),
  counted: () => {
    const api = new FixtureApi();
    api.byRef = { [exposed.entity.entityRef]: counted };
    api.status = {
      ...readyStatus,
      viewer: { people: false, export: false, refresh: false },
    };
    return api;
  },
  empty: () => {
    const api = new FixtureApi();
    api.services = [];
    return api;
  },
  pending: () =>
    failing(503, 'ServiceUnavailableError', 'first pass', {
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
        viewer: { people: false, export: false, refresh: false },
      }),
    }),
  error: () =>
    failing(500, 'Error', 'The database did not answer within ten seconds.'),
  slow: () => {
    const never = () => new Promise<never>(() => {});
    const api = new FixtureApi();
    api.getAssessments = never;
    api.getAssessmentByEntityRef = never;
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
  return Object.assign(api, also);
}
