import { mockCredentials } from '@backstage/backend-test-utils';
import {
  asking,
  CANARY,
  listed,
  mentorshipBackends,
  type Policy,
  SERVICES,
  settled,
} from './__testUtils__/mentorshipBackends';

const CATALOG = 'catalog.entity.read';
const ASSESSMENT = 'mentorship.assessment.read';
const PEOPLE = 'mentorship.people.read';

const PAY = 'component:default/pay';
const READABLE = [PAY, 'component:default/ship'];
const CATALOG_POLICIES: Array<[string, Policy, string[]]> = [
  ['allowed', {}, SERVICES],
  ['denied', { [CATALOG]: 'deny' }, []],
  [
    'conditional',
    {
      [CATALOG]: {
        conditions: { rule: 'ANY', resourceType: 'catalog-entity' },
        holdsFor: ref => READABLE.includes(ref),
      },
    },
    READABLE,
  ],
];
const ASSESSMENT_POLICIES: Array<[string, Policy, string[] | 403]> = [
  ['allowed', {}, SERVICES],
  ['denied', { [ASSESSMENT]: 'deny' }, 403],
  [
    'conditional',
    {
      [ASSESSMENT]: {
        conditions: {
          rule: 'IS_OWNED_BY',
          resourceType: 'mentorship-assessment',
          params: {
            owners: ['group:default/money', 'group:default/letters'],
          },
        },
        holdsFor: ref => /pay|mail/.test(ref),
      },
    },
    ['component:default/mail', PAY],
  ],
];
const PEOPLE_POLICIES: Array<[string, Policy]> = [
  ['allowed', {}],
  ['denied', { [PEOPLE]: 'deny' }],
];
const DECISIONS: Array<[string, object]> = [
  [
    '/program/baseline',
    { baselines: [{ measure: 'escalation-rate', value: 20 }] },
  ],
  ['/program/rollout/rituals', { confirmed: true, on: '2026-11-20' }],
];

const { start, databaseIds, repository } = mentorshipBackends();

type Backend = Awaited<ReturnType<typeof start>>;

const byEntity = (ref: string) =>
  `/assessments/by-entity/${ref.replace(':', '/')}`;
const as = (entityRef: string) => ({
  authorization: mockCredentials.user.header(entityRef),
});
const asService = () => ({ authorization: mockCredentials.service.header() });

describe.each(databaseIds)('what may be seen, on %s', databaseId => {
  describe.each(CATALOG_POLICIES)('catalog %s', (_, ofCatalog, inCatalog) => {
    /** Changes from case to case, and the one backend goes by it. */
    const policy: Policy = {};
    const decide = (decided: Policy) => {
      Object.keys(policy).forEach(name => delete policy[name]);
      Object.assign(policy, decided);
    };
    let backend: Backend;
    beforeAll(async () => {
      backend = await start({ policy, readable: READABLE, databaseId });
    });

    const cases = ASSESSMENT_POLICIES.flatMap(ofAssessment =>
      PEOPLE_POLICIES.map(ofPeople => ({
        name: `assessment ${ofAssessment[0]}, people ${ofPeople[0]}`,
        decided: { ...ofCatalog, ...ofAssessment[1], ...ofPeople[1] },
        visible:
          ofAssessment[2] === 403
            ? (403 as const)
            : inCatalog.filter(ref => ofAssessment[2].toString().includes(ref)),
        named: ofPeople[0] === 'allowed',
      })),
    );
    describe.each(cases)('$name', ({ decided, visible, named }) => {
      /** Whether nothing of the catalog or of the assessments is held back. */
      const everything = !(CATALOG in decided) && !(ASSESSMENT in decided);
      const isVisible = (ref: string) =>
        visible !== 403 && visible.includes(ref);
      let asked: ReturnType<typeof asking>;
      let get: Backend['get'];
      beforeAll(async () => {
        decide({});
        await settled(backend.get);
        decide(decided);
        asked = asking(backend.server);
        get = asked.get;
      });
      beforeEach(() => {
        backend.auditor.createEvent.mockClear();
        backend.event.success.mockClear();
        backend.event.fail.mockClear();
      });

      it('lists and exports', async () => {
        expect(await listed(get)).toEqual(visible);
        expect((await get('/assessments')).text).not.toContain(CANARY);

        const { status, text } = await get('/assessments.csv');
        expect(
          status === 200
            ? SERVICES.filter(ref => text.includes(`,${ref},`))
            : status,
        ).toEqual(visible);
        expect(text).not.toContain(CANARY);
        expect(backend.auditor.createEvent).toHaveBeenCalledTimes(1);
      });

      it.each(SERVICES)('shows the record of %s', async ref => {
        const allowed = isVisible(ref);
        const answer = await get(
          `/assessments/by-entity/${ref.replace(':', '/').toUpperCase()}`,
        );
        // Whom the catalog shows the entity is told that the rest is kept from them.
        const isKept = !allowed && inCatalog.includes(ref);
        const refused = isKept ? 403 : 404;
        expect(answer.status).toBe(allowed ? 200 : refused);
        expect(answer.text.includes(CANARY)).toBe(
          allowed && named && ref === PAY,
        );
        const read = {
          entity: { entityRef: ref },
          audience: named ? 'named' : 'counted',
          // Whom to call is for everybody who may read the entity.
          escalation: [{ role: 'steward', name: 'Alice A.' }],
        };
        expect(answer.body).toMatchObject(
          allowed
            ? read
            : { error: { name: isKept ? 'NotAllowedError' : 'NotFoundError' } },
        );
        expect(
          backend.auditor.createEvent.mock.calls.map(
            ([{ eventId, severityLevel }]) => [eventId, severityLevel],
          ),
        ).toEqual(allowed && !named ? [] : [['assessment-read', 'medium']]);
        expect(backend.event.success).toHaveBeenCalledTimes(
          allowed && named ? 1 : 0,
        );
        expect(backend.event.fail).toHaveBeenCalledTimes(allowed ? 0 : 1);
      });

      it.each(SERVICES)('shows who knows and what was of %s', async ref => {
        const allowed = isVisible(ref);
        const knowledge = await get(`${byEntity(ref)}/knowledge`);
        expect(knowledge.status).toBe(allowed ? 200 : 404);
        expect(knowledge.body).toMatchObject(
          allowed
            ? { audience: named ? 'named' : 'counted' }
            : { error: { name: 'NotFoundError' } },
        );
        expect(knowledge.text.includes('Alice')).toBe(
          allowed && named && ref === PAY,
        );

        const history = await get(`${byEntity(ref)}/history`);
        expect(history.status).toBe(allowed ? 200 : 404);
        expect(history.text.includes('"2026-11-21"')).toBe(allowed);
        expect(history.text).not.toContain(CANARY);
      });

      it('counts what is visible', async () => {
        const servicesOf = (items: Array<{ services: number }>) =>
          items.reduce((sum, { services }) => sum + services, 0);
        for (const [path, count] of [
          [
            '/risk-queue',
            (body: { items: unknown[]; totalItems: number }) => {
              expect(body.items).toHaveLength(body.totalItems);
              return body.totalItems;
            },
          ],
          ['/assessments/groups?by=owner', body => servicesOf(body.items)],
          ['/assessments/groups?by=system', body => servicesOf(body.items)],
          ['/assessments/facets', body => servicesOf(body.kind.values)],
        ] as Array<[string, (body: any) => number]>) {
          const { status, body, text } = await get(path);
          expect(status === 200 ? count(body) : status).toBe(
            visible === 403 ? 403 : visible.length,
          );
          expect(text).not.toContain(CANARY);
        }
      });

      it('gives the rows of refs', async () => {
        const rows = await asked.post('/assessments/by-refs').send({
          entityRefs: [...SERVICES, 'component:default/nothing'],
        });
        expect(
          rows.body.items?.map(
            (row: { entityRef: string } | null) => row?.entityRef ?? null,
          ) ?? rows.status,
        ).toEqual(
          visible === 403
            ? 403
            : [...SERVICES.map(ref => (isVisible(ref) ? ref : null)), null],
        );
        expect(rows.text).not.toContain(CANARY);
      });

      it('gives people their own records, whatever may be assessed', async () => {
        const me = (await get('/me').set(as('user:default/alice'))).body;
        expect(
          me.stewardships.map((each: { entityRef: string }) => each.entityRef),
        ).toEqual(inCatalog);
        expect(me.held).toMatchObject({ assessments: 4, inSnapshots: true });
        expect(JSON.stringify(me)).not.toContain(CANARY);

        const learner = await get('/me').set(as('user:default/quetzal'));
        expect(learner.body.apprenticeships).toMatchObject(
          inCatalog.includes(PAY)
            ? [
                {
                  entityRef: PAY,
                  apprentice: { name: CANARY, started: '2026-10-01' },
                },
              ]
            : [],
        );
        expect((await get('/me')).body.held).toMatchObject({
          assessments: 0,
          inSnapshots: false,
        });
        expect((await get('/me').set(asService())).status).toBe(403);
      });

      it('tells of the program and of past weeks', async () => {
        const program = await get('/program');
        expect(program.status).toBe(everything ? 200 : 403);
        expect(program.body.program?.services).toBe(everything ? 4 : undefined);
        expect(program.text).not.toContain(CANARY);

        const weeks = await get('/snapshots');
        expect(weeks.status).toBe(everything ? 200 : 403);
        expect(weeks.body.items?.length).toBe(everything ? 1 : undefined);
        backend.auditor.createEvent.mockClear();
        const week = everything ? weeks.body.items[0].week : '2026-W47';
        const snapshot = await get(`/snapshots/${week}.csv`);
        expect(snapshot.status).toBe(everything ? 200 : 403);
        expect(
          SERVICES.filter(ref => snapshot.text.includes(`,${ref},`)),
        ).toEqual(everything ? SERVICES : []);
        expect(snapshot.text).not.toContain(CANARY);
        expect(backend.auditor.createEvent).toHaveBeenCalledTimes(1);
      });

      it.each(DECISIONS)('takes %s', async (path, body) => {
        const answer = await asked.put(path).send(body);
        // What is set says nothing of any service.
        expect(answer.status).toBe(200);
        expect(Object.keys(answer.body)).toEqual(['baselines', 'confirmed']);
        expect(backend.auditor.createEvent).toHaveBeenCalledTimes(1);
      });

      it.each([
        ['user:default/alice', 1],
        ['group:default/everybody', 5],
      ])('answers what if %s leaves', async (leaver, people) => {
        const refused =
          (visible === 403 && [403, 'needs the permission']) ||
          (people < 5 && !named && [400, 'no group of at least 5 people']);
        const [status, says] = refused || [200, 'mentorship/what-if/v1'];
        const events = backend.auditor.createEvent.mock.calls;

        const answer = await asked.post('/what-if').send({ leaves: [leaver] });
        expect(events.map(([{ eventId }]) => eventId)).toEqual(['what-if']);
        expect(answer.status).toBe(status);
        expect(answer.text).toContain(says);
        const { audience, servicesTotal, services } = answer.body;
        expect([
          audience,
          servicesTotal,
          services?.map((loss: { entityRef: string }) => loss.entityRef).sort(),
        ]).toEqual(
          refused
            ? [undefined, undefined, undefined]
            : [
                named ? 'named' : 'counted',
                (visible as string[]).length,
                visible,
              ],
        );
        expect(answer.text.includes('Alice')).toBe(!refused && named);
        expect(named || !answer.text.includes(CANARY)).toBe(true);

        const csv = await asked.post('/what-if.csv').send({ leaves: [leaver] });
        expect(events.map(([{ eventId }]) => eventId)).toEqual([
          'what-if',
          'what-if-export',
        ]);
        expect(csv.status).toBe(status);
        expect(named || !csv.text.includes(CANARY)).toBe(true);
        const lines = csv.text.split('\r\n').slice(1, -1);
        const lost = lines.map(line => line.split(',')[1]).sort();
        expect(refused ? [] : lost).toEqual(refused ? [] : visible);
      });

      it('says what the reader may do, and tells operators of sources', async () => {
        expect((await get('/rules')).status).toBe(200);
        expect((await get('/rules/no-backup')).status).toBe(200);
        const status = await get('/status');
        expect(status.body.viewer).toEqual({
          assessments: visible !== 403,
          people: named,
          export: true,
          refresh: true,
          program: everything,
          decide: true,
        });
        expect(status.text).not.toContain(CANARY);
        const detailed = await get('/status?repositories=true');
        expect(status.body).not.toHaveProperty('repositories');
        expect('repositories' in detailed.body).toBe(everything);
        expect(detailed.text.includes(repository)).toBe(everything);
        const refreshed = await asked.post('/refresh');
        expect(refreshed.body).toEqual({ outcome: 'started' });
      });

      it.each(SERVICES)('takes no evidence of %s from a person', async ref => {
        const path = `/evidence/by-entity/${ref.replace(':', '/')}`;
        expect((await asked.put(path).send({})).status).toBe(403);
      });

      // Whatever is added to the API has to be asked for above.
      it('was asked everything that there is', () => {
        const { asked: routesAsked, succeeded, routes } = asked.description;
        expect([...routesAsked].sort()).toEqual(routes);
        const served = routes.filter(
          route => everything && named && !route.includes('/evidence/'),
        );
        expect([...succeeded]).toEqual(expect.arrayContaining(served));
      });
    });
  });
});

describe('what is asked for before anything is done', () => {
  it('asks the catalog once a minute, with the credentials of the caller', async () => {
    const { get, askedCatalog } = await start({
      policy: CATALOG_POLICIES[2][1],
      readable: READABLE,
    });

    await listed(get);
    await listed(get);
    expect(askedCatalog).toHaveBeenCalledTimes(1);
    expect(askedCatalog).toHaveBeenCalledWith(
      expect.objectContaining({ filter: { kind: ['component'] } }),
      mockCredentials.user(),
    );

    await get('/assessments').set(as('user:default/other'));
    expect(askedCatalog).toHaveBeenCalledTimes(2);
  });

  describe('of one backend', () => {
    const policy: Policy = {};
    let backend: Backend;
    beforeAll(async () => {
      backend = await start({ policy });
    });
    afterEach(() => {
      Object.keys(policy).forEach(name => delete policy[name]);
      backend.auditor.createEvent.mockClear();
      backend.event.fail.mockClear();
    });

    it('turns away who is not signed in', async () => {
      const answer = await backend
        .get('/assessments')
        .set('Authorization', mockCredentials.none.header());
      expect(answer.status).toBe(401);
    });

    it.each([
      ['mentorship.export', 'get', '/assessments.csv', 'export'],
      ['mentorship.export', 'get', '/snapshots', 'export'],
      ['mentorship.export', 'get', '/snapshots/2026-W47.csv', 'export'],
      ['mentorship.refresh', 'post', '/refresh', 'refresh'],
    ] as const)('asks for %s: %s %s', async (name, method, path, ability) => {
      policy[name] = 'deny';
      const answer = await backend[method](path);
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain(`\`${name}\``);
      expect((await backend.get('/status')).body.viewer[ability]).toBe(false);
    });

    it('asks for mentorship.export before what services lose is taken away', async () => {
      policy['mentorship.export'] = 'deny';
      const answer = await backend
        .post('/what-if.csv')
        .send({ dueThisQuarter: true });
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain('`mentorship.export`');
      expect(backend.event.fail).toHaveBeenCalledTimes(1);
    });

    it.each(DECISIONS)(
      'asks for mentorship.program.write before %s is decided',
      async (path, body) => {
        policy['mentorship.program.write'] = 'deny';
        const answer = await backend.put(path).send(body);
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain(
          '`mentorship.program.write`',
        );
        expect(backend.auditor.createEvent).toHaveBeenCalledTimes(1);
        expect(backend.event.fail).toHaveBeenCalledTimes(1);

        const { decided } = (await backend.get('/program')).body;
        expect(decided).toEqual({ baselines: [], confirmed: [] });
        const { viewer } = (await backend.get('/status')).body;
        expect(viewer.decide).toBe(false);
      },
    );
  });

  it.each([
    [{ permissionsEnabled: false }, 'counted'],
    [
      {
        permissionsEnabled: false,
        config: { people: { visibility: 'signed-in' } },
      },
      'named',
    ],
    [
      {
        policy: { [PEOPLE]: 'deny' as const },
        config: { people: { visibility: 'signed-in' } },
      },
      'named',
    ],
  ])(
    'fails closed without the permission framework: %j',
    async (options, audience) => {
      const { get } = await start(options);
      const { body } = await get(byEntity(PAY));
      expect(body.audience).toBe(audience);
      expect(await listed(get)).toEqual(SERVICES);
    },
  );
});
