import type {
  AssessmentRow,
  AssessmentsFilter,
  AssessmentsOrder,
} from 'backstage-plugin-mentorship-common';
import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';
import type { Visibility } from './selection';

const LEVELS = [
  'exposed',
  'developing',
  'covered',
  'resilient',
  'unknown',
  'not-enrolled',
] as const;

/** Services that differ in everything that can be filtered or ordered by. */
const ROWS: AssessmentRow[] = Array.from({ length: 60 }, (_, n) =>
  row(`svc-${String((n * 37) % 60).padStart(2, '0')}`, {
    title: n % 3 ? `Service ${n % 7}` : `100%_${n} Überweisung`,
    kind: n % 5 ? 'Component' : 'API',
    entityRef: `${n % 5 ? 'component' : 'api'}:default/svc-${(n * 37) % 60}`,
    type: n % 4 ? 'service' : null,
    lifecycle: n % 2 ? 'production' : 'experimental',
    tier: n % 6 ? n % 6 : null,
    owner: n % 3 ? `group:default/team-${n % 4}` : null,
    system: n % 7 ? `system:default/shop-${n % 2}` : null,
    level: LEVELS[n % 6],
    levelRank: n % 6,
    score: n % 5 ? (n * 13) % 100 : null,
    mentorshipStatus: n % 2 ? 'active' : 'stalled',
    rotationState: n % 3 ? 'settling' : 'overdue',
    rotationDue: n % 3 ? `2026-0${1 + (n % 9)}-01` : null,
    busFactor: n % 4 ? n % 4 : null,
    busFactorVerdict: n % 4 ? 'thin' : 'unknown',
    failedRules: [
      ...(n % 2 ? ['no-backup'] : []),
      ...(n % 3 ? ['no-backup-plan'] : []),
    ],
  }),
);
const PEOPLE = (n: number) => (n % 10 ? [] : ['user:default/ann']);

const everything: Visibility = {};
const byRef: AssessmentsOrder = { field: 'entityRef', direction: 'asc' };

describe.each(databases().eachSupportedId())('AssessmentReader on %s', id => {
  const databasesOf = databases();
  const setup = async () => {
    const knex = await databasesOf.init(id);
    const all = await stores(knex);
    const runId = await all.runs.begin('2026-11-21');
    await stage(
      all.runs,
      runId,
      ROWS.map((each, n) => item(each, PEOPLE(n))),
    );
    await all.runs.publish(runId, {
      entities: 60,
      services: 60,
      errors: 0,
    });
    return { ...all, runId };
  };
  let reader: Awaited<ReturnType<typeof setup>>['reader'];
  beforeAll(async () => {
    ({ reader } = await setup());
  });

  const refs = async (
    filter: AssessmentsFilter,
    visibility = everything,
  ): Promise<string[]> => {
    const page = await reader.page(
      { filter, order: byRef, limit: 100 },
      visibility,
    );
    expect(page.totalItems).toBe(page.items.length);
    return page.items.map(each => each.entityRef);
  };
  const refsWhere = (test: (each: AssessmentRow, n: number) => boolean) =>
    ROWS.filter(test)
      .map(each => each.entityRef)
      .sort();

  it.each<[AssessmentsFilter, (each: AssessmentRow) => boolean]>([
    [{}, () => true],
    [{ owner: [] }, () => true],
    [
      { owner: ['Group:Default/Team-1'] },
      r => r.owner === 'group:default/team-1',
    ],
    [
      { system: ['system:default/shop-1'] },
      r => r.system === 'system:default/shop-1',
    ],
    [
      { level: ['exposed', 'unknown'] },
      r => ['exposed', 'unknown'].includes(r.level),
    ],
    [{ mentorshipStatus: ['active'] }, r => r.mentorshipStatus === 'active'],
    [{ rotationState: ['overdue'] }, r => r.rotationState === 'overdue'],
    [{ busFactorVerdict: ['unknown'] }, r => r.busFactorVerdict === 'unknown'],
    [{ lifecycle: ['production'] }, r => r.lifecycle === 'production'],
    [{ kind: ['api'] }, r => r.kind === 'API'],
    [{ type: ['service'] }, r => r.type === 'service'],
    [{ tier: [1, 2] }, r => r.tier === 1 || r.tier === 2],
    [{ rule: ['no-backup'] }, r => r.failedRules.includes('no-backup')],
    [{ text: 'SERVICE' }, r => r.title.startsWith('Service')],
    [
      { text: 'team-1 service' },
      r => r.owner === 'group:default/team-1' && r.title.startsWith('Service'),
    ],
    [{ text: '100%_' }, r => r.title.startsWith('100%_')],
    [{ text: '%' }, r => r.title.includes('%')],
    [{ text: 'überweisung' }, r => r.title.includes('Überweisung')],
    [{ text: "'; drop table mentorship_runs; --" }, () => false],
    [
      { lifecycle: ['production'], kind: ['api'], rule: ['no-backup-plan'] },
      r =>
        r.lifecycle === 'production' &&
        r.kind === 'API' &&
        r.failedRules.includes('no-backup-plan'),
    ],
  ])('filters by %j', async (filter, test) => {
    await expect(refs(filter)).resolves.toEqual(refsWhere(test));
  });

  it.each<[Visibility, (each: AssessmentRow, n: number) => boolean]>([
    [{ entityRefs: [] }, () => false],
    [
      { entityRefs: [ROWS[3].entityRef, 'component:default/x'] },
      (_, n) => n === 3,
    ],
    [
      { criteria: { property: 'owner', values: ['group:default/team-1'] } },
      r => r.owner === 'group:default/team-1',
    ],
    [{ criteria: { property: 'owner', values: [] } }, () => false],
    [
      {
        criteria: {
          not: { property: 'owner', values: ['group:default/team-1'] },
        },
      },
      r => r.owner !== 'group:default/team-1',
    ],
    [
      { criteria: { property: 'people', values: ['user:default/ann'] } },
      (_, n) => n % 10 === 0,
    ],
    [
      { criteria: { property: 'people', values: ['user:default/an'] } },
      () => false,
    ],
    [
      {
        criteria: {
          allOf: [
            { property: 'kind', values: ['api'] },
            {
              anyOf: [
                { property: 'people', values: ['user:default/ann'] },
                {
                  not: { property: 'owner', values: ['group:default/team-2'] },
                },
              ],
            },
          ],
        },
      },
      (r, n) =>
        r.kind === 'API' &&
        (n % 10 === 0 || r.owner !== 'group:default/team-2'),
    ],
    [{ criteria: { anyOf: [] as never } }, () => false],
    [{ criteria: { allOf: [] as never } }, () => true],
    [{ criteria: { not: { anyOf: [] as never } } }, () => true],
  ])('shows only what may be read: %j', async (visibility, test) => {
    await expect(refs({}, visibility)).resolves.toEqual(refsWhere(test));
  });

  it('counts by level what the rest of the filter leaves', async () => {
    const page = await reader.page(
      { filter: { kind: ['api'], level: ['exposed'] }, order: byRef, limit: 1 },
      everything,
    );
    const count = (level: string) =>
      ROWS.filter(each => each.kind === 'API' && each.level === level).length;
    expect(page.totals.byLevel).toEqual(
      Object.fromEntries(LEVELS.map(level => [level, count(level)])),
    );
    expect(page.totalItems).toBe(count('exposed'));
    expect(page.items).toHaveLength(1);
  });

  it.each<AssessmentsOrder>(
    (
      [
        'entityRef',
        'title',
        'tier',
        'owner',
        'level',
        'score',
        'rotationDue',
        'busFactor',
      ] as const
    ).flatMap(field => [
      { field, direction: 'asc' as const },
      { field, direction: 'desc' as const },
    ]),
  )('pages forth and back in the order %j', async order => {
    const whole = await reader.page(
      { filter: {}, order, limit: 100 },
      everything,
    );
    const inOrder = whole.items.map(each => each.entityRef);
    expect([...inOrder].sort()).toEqual(refsWhere(() => true));
    expect(whole.pageInfo).toEqual({});

    const keys = whole.items.map(
      each => each[order.field as keyof AssessmentRow],
    );
    const withValue = keys.filter(key => key !== null).length;
    expect(keys.slice(withValue).every(key => key === null)).toBe(true);

    const forth: string[][] = [];
    let cursor: string | undefined;
    let last;
    do {
      last = await reader.page(
        { filter: {}, order, limit: 7, cursor },
        everything,
      );
      forth.push(last.items.map(each => each.entityRef));
      cursor = last.pageInfo.nextCursor;
    } while (cursor);
    expect(forth.flat()).toEqual(inOrder);

    const back: string[][] = [];
    cursor = last.pageInfo.prevCursor;
    while (cursor) {
      last = await reader.page(
        { filter: {}, order, limit: 7, cursor },
        everything,
      );
      back.unshift(last.items.map(each => each.entityRef));
      cursor = last.pageInfo.prevCursor;
    }
    expect([...back, forth.at(-1)]).toEqual(forth);
  });

  it('neither repeats nor hides a service where others come and go', async () => {
    const { runs, reader: changing } = await setup();
    const order: AssessmentsOrder = { field: 'score', direction: 'desc' };
    const first = await changing.page(
      { filter: {}, order, limit: 10 },
      everything,
    );

    const second = await runs.begin('2026-11-22');
    const stayed = ROWS.filter((_, n) => n % 4 !== 1);
    const added = [row('aaa', { score: 100 }), row('zzz', { score: 1 })];
    await stage(
      runs,
      second,
      [...stayed, ...added].map(each => item(each)),
    );
    await runs.publish(second, {
      entities: 1,
      services: stayed.length + 2,
      errors: 0,
    });

    const seen = first.items.map(each => each.entityRef);
    let cursor = first.pageInfo.nextCursor;
    while (cursor) {
      const page = await changing.page(
        { filter: {}, order, limit: 10, cursor },
        everything,
      );
      seen.push(...page.items.map(each => each.entityRef));
      cursor = page.pageInfo.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const { entityRef } of stayed) {
      expect(seen).toContain(entityRef);
    }
  });

  it('refuses a cursor that it did not write, or of another order', async () => {
    const page = await reader.page(
      { filter: {}, order: byRef, limit: 1 },
      everything,
    );
    const ask = (cursor: string, order = byRef) =>
      reader.page({ filter: {}, order, limit: 1, cursor }, everything);

    await expect(ask('nonsense')).rejects.toThrow(
      'was not issued by this service',
    );
    await expect(
      ask(page.pageInfo.nextCursor!, { field: 'score', direction: 'asc' }),
    ).rejects.toThrow('belongs to the order `entityRef,asc`');
  });

  it('exports the lines that match, in the order of refs', async () => {
    const lines: string[] = [];
    for await (const some of reader.csvLines({ kind: ['api'] }, everything)) {
      lines.push(some);
    }
    expect(lines.join('')).toBe(
      refsWhere(each => each.kind === 'API')
        .map(ref => `${ref},2026-11-21\r\n`)
        .join(''),
    );
  });

  it('answers with one run although another one becomes current meanwhile', async () => {
    const { runs, reader: swapped, knex } = await setup();
    const next = async (asOf: string) => {
      const runId = await runs.begin(asOf);
      const rows = Array.from({ length: 1010 }, (_, n) =>
        row(`n${n}`, { asOf }),
      );
      await stage(
        runs,
        runId,
        rows.map(each => item(each)),
      );
      await runs.publish(runId, { entities: 1, services: 1010, errors: 0 });
      await runs.sweep(new Date(0), new AbortController().signal);
    };
    await next('2026-11-22');
    const reading = swapped.csvLines({}, everything);
    let text = (await reading.next()).value as string;
    await next('2026-11-23');
    for await (const more of reading) {
      text += more;
    }
    expect(text.split('\r\n')).toHaveLength(1011);
    expect(text).not.toContain('2026-11-23');

    const cutOff = swapped.csvLines({}, everything);
    await cutOff.next();
    await next('2026-11-24');
    await next('2026-11-25');
    // These were read beforehand.
    await cutOff.next();
    await expect(cutOff.next()).rejects.toThrow(
      'was replaced while it was exported',
    );
    expect(
      await knex('mentorship_assessments').distinct('run_id'),
    ).toHaveLength(2);
  });

  it('says when the repository was read last, though nothing changed', async () => {
    const { runs, places, reader: fresh } = await setup();
    const evidence = (collectedAt: string) => ({
      schema: 'mentorship/evidence/v1' as const,
      repository: 'https://host/pay',
      collectedAt,
      services: [],
      paths: [],
      files: [],
    });
    const pay = item(row('pay'));
    const said = JSON.stringify({
      ...JSON.parse(pay.named.toString()),
      evidence: [
        { kind: 'entity' },
        { kind: 'plan', collectedAt: '2026-11-21T01:00:00Z' },
      ],
    });
    const collectedAt = async () => {
      const report = await fresh.report('component:default/pay', 'named');
      const { evidence: all } = JSON.parse((report as { json: string }).json);
      return all.map((each: { collectedAt?: string }) => each.collectedAt);
    };
    const runId = await runs.begin('2026-11-21');
    await stage(
      runs,
      runId,
      [{ ...pay, named: Buffer.from(said) }],
      'https://host/pay',
    );
    await runs.publish(runId, { entities: 1, services: 1, errors: 0 });
    expect(await collectedAt()).toEqual([undefined, '2026-11-21T01:00:00Z']);

    await places.succeeded('git', evidence('2026-11-21T02:00:00Z'));
    expect(await collectedAt()).toEqual([undefined, '2026-11-21T02:00:00Z']);
    await places.staled(
      'git',
      { repository: 'https://host/pay', services: [] },
      'no answer',
    );
    expect(await collectedAt()).toEqual([undefined, '2026-11-21T02:00:00Z']);
  });

  it('knows what permission rules ask for', async () => {
    await expect(
      reader.resources([ROWS[10].entityRef, 'component:default/none']),
    ).resolves.toEqual([
      {
        entityRef: ROWS[10].entityRef,
        kind: ROWS[10].kind.toLowerCase(),
        owner: ROWS[10].owner,
        people: ['user:default/ann'],
      },
      undefined,
    ]);
    await expect(reader.kinds()).resolves.toEqual(['api', 'component']);
  });
});
