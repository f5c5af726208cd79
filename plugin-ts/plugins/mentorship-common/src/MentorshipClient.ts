import { ResponseError } from '@backstage/errors';
import type { AssessmentsQuery } from './assessments';
import type {
  AssessmentFacets,
  AssessmentGroups,
  AssessmentGroupsQuery,
  AssessmentHistory,
  AssessmentList,
  AssessmentsFilter,
  Me,
  MentorshipRoutes,
  MentorshipStatusReport,
  ProgramReport,
  RefreshReport,
  RiskQueue,
  RiskQueueQuery,
  SnapshotList,
  WhatIfRequest,
} from './http';
import type {
  Assessment,
  AssessmentRow,
  FrozenBaseline,
  Knowledge,
  ProgramDecided,
  RuleCatalogue,
  RuleEntry,
  WhatIf,
} from './wire';

/**
 * Options of one request.
 *
 * @public
 */
export interface MentorshipRequestOptions {
  /** A Backstage token, where the fetch function does not add one itself. */
  token?: string;
  /** Gives the request up. */
  signal?: AbortSignal;
}

/**
 * What the mentorship backend offers. Every method rejects with a
 * `ResponseError` where the backend answers with an error.
 *
 * @public
 */
export interface MentorshipApi {
  /** A page of services. */
  getAssessments(
    query?: AssessmentsQuery,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentList>;

  /**
   * One service's assessment. Names are in it where the reader may see them;
   * see `audience`. Rejects with `NotFoundError` as the cause where the entity
   * is no service or the reader may not read it, and with
   * `FirstPassPendingError` before the first pass is complete.
   */
  getAssessmentByEntityRef(
    entityRef: string,
    options?: MentorshipRequestOptions,
  ): Promise<Assessment>;

  /**
   * The rows of up to 100 services in the order asked for; null for what is no
   * service or may not be read by the reader.
   */
  getAssessmentsByEntityRefs(
    entityRefs: string[],
    options?: MentorshipRequestOptions,
  ): Promise<Array<AssessmentRow | null>>;

  /**
   * All services that match, as CSV in the order of their refs.
   * `byteOrderMark` makes old spreadsheets read it as UTF-8.
   */
  exportAssessments(
    filter?: AssessmentsFilter & { byteOrderMark?: boolean },
    options?: MentorshipRequestOptions,
  ): Promise<Blob>;

  /** The rules in the order in which they are shown. */
  getRules(options?: MentorshipRequestOptions): Promise<RuleCatalogue>;

  /** One rule by its id. */
  getRule(id: string, options?: MentorshipRequestOptions): Promise<RuleEntry>;

  /**
   * How the plugin is doing and what the viewer may do; every repository too,
   * where that is asked for by a reader who may read every service.
   */
  getStatus(
    options?: MentorshipRequestOptions & { repositories?: boolean },
  ): Promise<MentorshipStatusReport>;

  /**
   * What services lose when people leave. Readers who may not see names ask about
   * large groups only.
   */
  whatIf(
    question: WhatIfRequest,
    options?: MentorshipRequestOptions,
  ): Promise<WhatIf>;

  /** The same as CSV, one line a service. */
  exportWhatIf(
    question: WhatIfRequest,
    options?: MentorshipRequestOptions,
  ): Promise<Blob>;

  /** Who knows which directory of a service, `depth` levels (1 to 6) below `path`. */
  getKnowledge(
    entityRef: string,
    part?: { path?: string; depth?: number },
    options?: MentorshipRequestOptions,
  ): Promise<Knowledge>;

  /** Services by value of each field that can be filtered by. */
  getFacets(
    filter?: AssessmentsFilter,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentFacets>;

  /** Groups of services with how many fail each rule, the largest group first. */
  getGroups(
    query: AssessmentGroupsQuery,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentGroups>;

  /** How a service came to be what it is. */
  getHistory(
    entityRef: string,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentHistory>;

  /** Where to mentor first. */
  getRiskQueue(
    query?: RiskQueueQuery,
    options?: MentorshipRequestOptions,
  ): Promise<RiskQueue>;

  /** What concerns the caller alone, and what is held about them. */
  getMe(options?: MentorshipRequestOptions): Promise<Me>;

  /**
   * The program. Rejects with `NotAllowedError` as the cause where the reader may
   * not read every service, which it sums up.
   */
  getProgram(options?: MentorshipRequestOptions): Promise<ProgramReport>;

  /**
   * Freezes baselines in place of all that were frozen before. Answers with what is
   * set now; a run that takes it into account is started.
   */
  freezeBaselines(
    baselines: FrozenBaseline[],
    options?: MentorshipRequestOptions,
  ): Promise<ProgramDecided>;

  /**
   * Confirms a step of the rollout that evidence cannot tell of, on a day
   * (`YYYY-MM-DD`, today where absent), or takes that back.
   */
  confirmRolloutStep(
    step: string,
    confirmation: { confirmed: boolean; on?: string },
    options?: MentorshipRequestOptions,
  ): Promise<ProgramDecided>;

  /**
   * The weeks of which there is a snapshot. Rejects with `NotAllowedError` as the
   * cause where the reader may not export, or not read every service.
   */
  getSnapshots(options?: MentorshipRequestOptions): Promise<SnapshotList>;

  /** The CSV of a week, such as `2026-W47`. */
  downloadSnapshot(
    week: string,
    options?: MentorshipRequestOptions,
  ): Promise<Blob>;

  /** Starts a run, or joins the one under way. */
  refresh(options?: MentorshipRequestOptions): Promise<RefreshReport>;
}

/**
 * The name of the error that the backend answers with, status 503, before the
 * first pass over the catalog is complete.
 *
 * @public
 */
export const FIRST_PASS_PENDING = 'FirstPassPendingError';

/**
 * Whether an error of the client says that the first pass over the catalog is
 * not complete yet.
 *
 * @public
 */
export function isFirstPassPending(error: unknown): boolean {
  return (
    error instanceof ResponseError && error.cause.name === FIRST_PASS_PENDING
  );
}

/**
 * Whether an error of the client says that there is no such service, or none
 * that the reader may read.
 *
 * @public
 */
export function isNotJudged(error: unknown): boolean {
  return error instanceof ResponseError && error.cause.name === 'NotFoundError';
}

/**
 * The client of the mentorship backend, for pages and for other backends.
 *
 * @public
 */
export class MentorshipClient implements MentorshipApi {
  private readonly fetchApi: { fetch: typeof fetch };
  private readonly discoveryApi?: {
    getBaseUrl(pluginId: string): Promise<string>;
  };

  /**
   * Without a discovery API, addresses are of the form `plugin://mentorship/…`,
   * which the frontend's fetch API resolves by itself.
   */
  constructor(options: {
    fetchApi: { fetch: typeof fetch };
    discoveryApi?: { getBaseUrl(pluginId: string): Promise<string> };
  }) {
    this.fetchApi = options.fetchApi;
    this.discoveryApi = options.discoveryApi;
  }

  async getAssessments(
    query: AssessmentsQuery = {},
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentList> {
    const parameters = pageParameters(query);
    if (query.order) {
      parameters.set('order', `${query.order.field},${query.order.direction}`);
    }
    return this.json('GET /assessments', { query: parameters }, options);
  }

  async getAssessmentByEntityRef(
    entityRef: string,
    options?: MentorshipRequestOptions,
  ): Promise<Assessment> {
    return this.json(
      'GET /assessments/by-entity/{kind}/{namespace}/{name}',
      { path: entityRefParts(entityRef) },
      options,
    );
  }

  async getAssessmentsByEntityRefs(
    entityRefs: string[],
    options?: MentorshipRequestOptions,
  ): Promise<Array<AssessmentRow | null>> {
    const { items } = await this.json(
      'POST /assessments/by-refs',
      { body: { entityRefs } },
      options,
    );
    return items;
  }

  async exportAssessments(
    filter: AssessmentsFilter & { byteOrderMark?: boolean } = {},
    options?: MentorshipRequestOptions,
  ): Promise<Blob> {
    const query = filterParameters(filter);
    if (filter.byteOrderMark) {
      query.set('bom', 'true');
    }
    return this.file('GET /assessments.csv', { query }, options);
  }

  async getRules(options?: MentorshipRequestOptions): Promise<RuleCatalogue> {
    return this.json('GET /rules', {}, options);
  }

  async getRule(
    id: string,
    options?: MentorshipRequestOptions,
  ): Promise<RuleEntry> {
    return this.json('GET /rules/{id}', { path: { id } }, options);
  }

  async getStatus(
    options?: MentorshipRequestOptions & { repositories?: boolean },
  ): Promise<MentorshipStatusReport> {
    const query = new URLSearchParams(
      options?.repositories ? { repositories: 'true' } : {},
    );
    return this.json('GET /status', { query }, options);
  }

  async whatIf(
    question: WhatIfRequest,
    options?: MentorshipRequestOptions,
  ): Promise<WhatIf> {
    return this.json('POST /what-if', { body: question }, options);
  }

  async exportWhatIf(
    question: WhatIfRequest,
    options?: MentorshipRequestOptions,
  ): Promise<Blob> {
    return this.file('POST /what-if.csv', { body: question }, options);
  }

  async getKnowledge(
    entityRef: string,
    part: { path?: string; depth?: number } = {},
    options?: MentorshipRequestOptions,
  ): Promise<Knowledge> {
    const query = new URLSearchParams();
    if (part.path) {
      query.set('path', part.path);
    }
    if (part.depth !== undefined) {
      query.set('depth', String(part.depth));
    }
    return this.json(
      'GET /assessments/by-entity/{kind}/{namespace}/{name}/knowledge',
      { path: entityRefParts(entityRef), query },
      options,
    );
  }

  async getFacets(
    filter: AssessmentsFilter = {},
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentFacets> {
    const query = filterParameters(filter);
    return this.json('GET /assessments/facets', { query }, options);
  }

  async getGroups(
    query: AssessmentGroupsQuery,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentGroups> {
    const parameters = pageParameters(query);
    parameters.set('by', query.by);
    return this.json('GET /assessments/groups', { query: parameters }, options);
  }

  async getHistory(
    entityRef: string,
    options?: MentorshipRequestOptions,
  ): Promise<AssessmentHistory> {
    return this.json(
      'GET /assessments/by-entity/{kind}/{namespace}/{name}/history',
      { path: entityRefParts(entityRef) },
      options,
    );
  }

  async getRiskQueue(
    query: RiskQueueQuery = {},
    options?: MentorshipRequestOptions,
  ): Promise<RiskQueue> {
    return this.json(
      'GET /risk-queue',
      { query: pageParameters(query) },
      options,
    );
  }

  async getMe(options?: MentorshipRequestOptions): Promise<Me> {
    return this.json('GET /me', {}, options);
  }

  async getProgram(options?: MentorshipRequestOptions): Promise<ProgramReport> {
    return this.json('GET /program', {}, options);
  }

  async freezeBaselines(
    baselines: FrozenBaseline[],
    options?: MentorshipRequestOptions,
  ): Promise<ProgramDecided> {
    return this.json('PUT /program/baseline', { body: { baselines } }, options);
  }

  async confirmRolloutStep(
    step: string,
    confirmation: { confirmed: boolean; on?: string },
    options?: MentorshipRequestOptions,
  ): Promise<ProgramDecided> {
    return this.json(
      'PUT /program/rollout/{step}',
      { path: { step }, body: confirmation },
      options,
    );
  }

  async getSnapshots(
    options?: MentorshipRequestOptions,
  ): Promise<SnapshotList> {
    return this.json('GET /snapshots', {}, options);
  }

  async downloadSnapshot(
    week: string,
    options?: MentorshipRequestOptions,
  ): Promise<Blob> {
    return this.file(
      'GET /snapshots/{isoWeek}.csv',
      { path: { isoWeek: week } },
      options,
    );
  }

  async refresh(options?: MentorshipRequestOptions): Promise<RefreshReport> {
    return this.json('POST /refresh', {}, options);
  }

  private async json<Route extends keyof MentorshipRoutes>(
    route: Route,
    asked: Asked<Route>,
    options?: MentorshipRequestOptions,
  ): Promise<MentorshipRoutes[Route]['answer']> {
    return (await this.request(route, asked, options)).json();
  }

  private async file<Route extends keyof MentorshipRoutes>(
    route: Route,
    asked: Asked<Route>,
    options?: MentorshipRequestOptions,
  ): Promise<Blob> {
    return (await this.request(route, asked, options)).blob();
  }

  private async request<Route extends keyof MentorshipRoutes>(
    route: Route,
    asked: Asked<Route>,
    options?: MentorshipRequestOptions,
  ): Promise<Response> {
    const base = this.discoveryApi
      ? await this.discoveryApi.getBaseUrl('mentorship')
      : 'plugin://mentorship';
    const [method, address] = addressOf(route, asked);
    const { body } = asked as { body?: unknown };
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(options?.token && { Authorization: `Bearer ${options.token}` }),
    };
    const response = await this.fetchApi.fetch(`${base}${address}`, {
      ...(method !== 'GET' && { method }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(options?.signal && { signal: options.signal }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** The names of what a route leaves open in its path. */
type Names<Route extends string> =
  Route extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Names<Rest>
    : never;

/** What a route is asked with, by the description of the API. */
type Asked<Route extends keyof MentorshipRoutes> = {
  query?: URLSearchParams;
} & ([Names<Route>] extends [never]
  ? unknown
  : { path: Record<Names<Route>, string> }) &
  Pick<MentorshipRoutes[Route], 'body' & keyof MentorshipRoutes[Route]>;

/** The method of a route, and its address with what is asked filled in. */
function addressOf(
  route: string,
  {
    path = {},
    query,
  }: { path?: Record<string, string>; query?: URLSearchParams },
): [method: string, address: string] {
  const [method, template] = route.split(' ');
  const address = template.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(path[name]),
  );
  const parameters = query?.toString();
  return [method, parameters ? `${address}?${parameters}` : address];
}

function pageParameters(
  query: AssessmentsFilter & { cursor?: string; limit?: number },
): URLSearchParams {
  const parameters = filterParameters(query);
  if (query.cursor !== undefined) {
    parameters.set('cursor', query.cursor);
  }
  if (query.limit !== undefined) {
    parameters.set('limit', String(query.limit));
  }
  return parameters;
}

function filterParameters(filter: AssessmentsFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filter.text) {
    parameters.set('text', filter.text);
  }
  const lists = {
    owner: filter.owner,
    system: filter.system,
    level: filter.level,
    mentorshipStatus: filter.mentorshipStatus,
    rotationState: filter.rotationState,
    busFactorVerdict: filter.busFactorVerdict,
    lifecycle: filter.lifecycle,
    kind: filter.kind,
    type: filter.type,
    tier: filter.tier,
    rule: filter.rule,
  } satisfies Record<Exclude<keyof AssessmentsFilter, 'text'>, unknown>;
  for (const [name, values] of Object.entries(lists)) {
    for (const value of values ?? []) {
      parameters.append(name, String(value));
    }
  }
  return parameters;
}

/** Kind, namespace and name of a full entity ref, `kind:namespace/name`. */
function entityRefParts(
  entityRef: string,
): Record<'kind' | 'namespace' | 'name', string> {
  const parts = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(entityRef);
  if (!parts) {
    throw new TypeError(
      `\`${entityRef}\` is no full entity ref; write it as kind:namespace/name`,
    );
  }
  const [, kind, namespace, name] = parts;
  return { kind, namespace, name };
}
