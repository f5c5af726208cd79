import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { MentorshipProcessor } from './MentorshipProcessor';

const entity = (annotations?: object, kind = 'Component'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'pay', annotations: annotations as never },
});

async function relations(of: Entity): Promise<string[]> {
  const said: string[] = [];
  await new MentorshipProcessor().postProcessEntity(
    of,
    { type: 'url', target: 'https://example.com' },
    result => {
      if (result.type === 'relation') {
        const { source, type, target } = result.relation;
        said.push(
          `${stringifyEntityRef(source)} ${type} ${stringifyEntityRef(target)}`,
        );
      }
    },
  );
  return said;
}

describe('MentorshipProcessor', () => {
  it('relates the steward and the apprentices, both ways', async () => {
    const said = await relations(
      entity({
        'mentorship/steward': 'alice',
        'mentorship/apprentices': 'user:default/jordan, @priya,jordan@x.com,',
      }),
    );
    expect(said).toEqual([
      'component:default/pay hasSteward user:default/alice',
      'user:default/alice stewardOf component:default/pay',
      'component:default/pay hasApprentice user:default/jordan',
      'user:default/jordan apprenticeOf component:default/pay',
      'component:default/pay hasApprentice user:default/priya',
      'user:default/priya apprenticeOf component:default/pay',
    ]);
  });

  it.each([
    ['no annotation', entity()],
    ['a team', entity({ 'mentorship/steward': 'group:default/money' })],
    ['no text', entity({ 'mentorship/steward': 7 })],
    ['a template', entity({ 'mentorship/steward': '${{ values.steward }}' })],
    ['nobody', entity({ 'mentorship/steward': ' , ' })],
    ['a person', entity({ 'mentorship/steward': 'alice' }, 'User')],
  ])('relates nobody where there is %s', async (_, given) => {
    expect(await relations(given)).toEqual([]);
  });

  it('marks what takes part, and nothing else', async () => {
    const processor = new MentorshipProcessor();
    const marked = async (annotations?: object, kind?: string) =>
      (await processor.preProcessEntity(entity(annotations, kind))).metadata
        .annotations?.['mentorship/declared'];
    expect(await marked({ 'mentorship/plan': 'docs/plan.md' })).toBe('true');
    expect(await marked({ 'mentorship/backup': 'ben' })).toBe('true');
    expect(await marked({ 'mentorship/tier': '1' })).toBeUndefined();
    expect(await marked()).toBeUndefined();
    expect(await marked({ 'mentorship/backup': 'ben' }, 'Group')).toBe(
      undefined,
    );
  });
});
