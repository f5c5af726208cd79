import type { AssessmentRow } from 'backstage-plugin-mentorship-common';
import { PersonService } from './PersonService';

const SOURCES = ['git', 'pagerduty', 'github'].map(id => ({ id, title: id }));
const [git, pagerduty, github] = SOURCES as never[];

const row = (entityRef: string) =>
  ({ entityRef, title: entityRef, level: 'exposed' } as AssessmentRow);

describe('PersonService', () => {
  const service = new PersonService({
    reader: {
      hasResults: async () => true,
      report: async () => ({ missing: undefined }),
    },
    parts: {
      of: async () => [
        { role: 'steward', row: row('component:default/pay') },
        { role: 'backup', row: row('component:default/kept') },
      ],
    },
    runs: { currentRun: async () => undefined },
    snapshots: { names: async () => true },
    sources: [git],
    operationsSources: [pagerduty],
    reviewsSources: [github],
  });
  const person = 'user:default/alice';

  it('tells of every source that may hold something about a person', async () => {
    const { held } = await service.me(person);
    expect(held.sources).toEqual(SOURCES);
  });

  it('names the services that the catalog shows, and counts all', async () => {
    const refs = async (readable?: string[]) => {
      const me = await service.me(person, readable);
      const all = [...me.stewardships, ...me.otherRoles];
      return [...all.map(({ entityRef }) => entityRef), me.held.assessments];
    };
    const pay = 'component:default/pay';
    expect(await refs()).toEqual([pay, 'component:default/kept', 2]);
    expect(await refs([pay])).toEqual([pay, 2]);
    expect(await refs([])).toEqual([2]);
  });
});
