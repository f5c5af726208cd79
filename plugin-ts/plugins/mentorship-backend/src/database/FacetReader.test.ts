import type {
  AssessmentRow,
  AssessmentsFilter,
} from 'backstage-plugin-mentorship-common';
import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';
import type { Visibility } from './selection';

const ROWS: AssessmentRow[] = Array.from({ length: 30 }, (_, n) =>
  row(`svc-${n}`, {
    owner: n % 5 ? `group:default/team-${n % 5}` : null,
    system: n < 3 ? 'system:default/shop' : null,
    level: n % 2 ? 'exposed' : 'resilient',
    levelRank: n % 2 ? 0 : 3,
    tier: (n % 3) + 1,
    failedRules: ['no-backup', 'no-plan', 'no-runbook'].slice(0, n % 4),
  }),
);
const VISIBLE = ROWS.slice(0, 8).map(each => each.entityRef);

/** Counts by hand what SQL is asked to count. */
function counted<T>(
  rows: AssessmentRow[],
  valuesOf: (each: AssessmentRow) => T[],
): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of rows.flatMap(valuesOf)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

describe.each(databases().eachSupportedId())('FacetReader on %s', id => {
  const database = databases();
  let all: Awaited<ReturnType<typeof stores>>;
  beforeAll(async () => {
    all = await stores(await database.init(id));
    const runId = await all.runs.begin('2026-11-21');
    await stage(
      all.runs,
      runId,
      ROWS.map((each, n) =>
        item(each, [], {
          points: n % 6,
          ...(n % 4 && { incidents: n % 3 }),
          ...(n % 5 && { tier: n % 5 }),
        }),
      ),
    );
    await all.runs.publish(runId, { entities: 30, services: 30, errors: 0 });
  });

  const cases: Array<[string, AssessmentsFilter, Visibility]> = [
    ['everything', {}, {}],
    ['some of them', {}, { entityRefs: VISIBLE }],
    ['nothing', {}, { entityRefs: [] }],
    ['a filter', { level: ['exposed'], tier: [1, 2] }, {}],
    ['a rule', { rule: ['no-plan'] }, { entityRefs: VISIBLE }],
  ];
  const chosen = (
    { level, tier, rule }: AssessmentsFilter,
    { entityRefs }: Visibility,
  ) =>
    ROWS.filter(
      each =>
        (!entityRefs || entityRefs.includes(each.entityRef)) &&
        (!level || level.includes(each.level)) &&
        (!tier || tier.includes(each.tier!)) &&
        (!rule || rule.some(one => each.failedRules.includes(one))),
    );

  it.each(cases)('counts facets of %s', async (_, filter, visibility) => {
    const facets = await all.facets.facets(filter, visibility);
    const fields: Array<
      [keyof typeof facets, (each: AssessmentRow) => unknown[]]
    > = [
      ['owner', each => [each.owner]],
      ['system', each => [each.system]],
      ['level', each => [each.level]],
      ['tier', each => [each.tier]],
      ['rule', each => each.failedRules],
    ];
    for (const [name, valuesOf] of fields) {
      const others = chosen({ ...filter, [name]: undefined }, visibility);
      expect(facets[name].isComplete).toBe(true);
      expect(
        new Map(facets[name].values.map(each => [each.value, each.services])),
      ).toEqual(counted(others, valuesOf));
      const sizes = facets[name].values.map(each => each.services);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });

  it.each(cases)('groups %s, page by page', async (_, filter, visibility) => {
    const rows = chosen(filter, visibility);
    for (const by of ['owner', 'system'] as const) {
      const found = [];
      let cursor: string | undefined;
      do {
        const page = await all.facets.groups(
          { by, filter, cursor, limit: 2 },
          visibility,
        );
        found.push(...page.items);
        expect(page.totalItems).toBe(counted(rows, each => [each[by]]).size);
        cursor = page.pageInfo.nextCursor;
      } while (cursor);

      expect(new Map(found.map(each => [each.group, each.services]))).toEqual(
        counted(rows, each => [each[by]]),
      );
      for (const { group, byLevel, failedRules } of found) {
        const members = rows.filter(each => each[by] === group);
        expect(new Map(Object.entries(failedRules))).toEqual(
          counted(members, each => each.failedRules),
        );
        expect(Object.keys(byLevel)).toHaveLength(6);
        expect(byLevel.exposed).toBe(
          members.filter(each => each.level === 'exposed').length,
        );
      }
    }
  });

  it.each(cases)('queues the risks of %s', async (_, filter, visibility) => {
    const found = [];
    let cursor: string | undefined;
    let total;
    do {
      const page = await all.risks.page(
        { filter, cursor, limit: 3 },
        visibility,
      );
      found.push(...page.items);
      total = page.totalItems;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);

    expect(found.map(each => each.entityRef).sort()).toEqual(
      chosen(filter, visibility)
        .filter(each => Number(each.entityRef.split('-')[1]) % 6 > 0)
        .map(each => each.entityRef)
        .sort(),
    );
    expect(total).toBe(found.length);
    const places = found.map(each =>
      [
        99 - each.points,
        99 - (each.incidents ?? 0),
        100 + (each.tier ?? 255),
        each.entityRef,
      ].join(' '),
    );
    expect(places).toEqual([...places].sort());
  });

  it('takes no cursor of another list', async () => {
    for (const cursor of ['WzFd', 'nonsense']) {
      await expect(
        all.risks.page({ filter: {}, cursor, limit: 3 }, {}),
      ).rejects.toThrow('The cursor was not issued by this service');
      await expect(
        all.facets.groups({ by: 'owner', filter: {}, cursor, limit: 3 }, {}),
      ).rejects.toThrow('The cursor was not issued by this service');
    }
  });
});
