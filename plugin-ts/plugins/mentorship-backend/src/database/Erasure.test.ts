import type { Knex } from 'knex';
import { promisify } from 'util';
import { deflate as deflating, inflate as inflating } from 'zlib';
import { databases, stores } from '../__testUtils__/databases';
import { PushedDocument } from '../evidence/pushed/PushedDocument';
import { Erasure } from './Erasure';
import { Forgotten } from './Forgotten';
import { OperationsStore } from './OperationsStore';
import { PushedEvidenceStore } from './PushedEvidenceStore';
import { ReviewStore } from './ReviewStore';

const deflate = promisify<string, Buffer>(deflating);
const inflate = promisify<Buffer, Buffer>(inflating);
const signal = new AbortController().signal;

describe.each(databases().eachSupportedId())('Erasure on %s', id => {
  const database = databases();
  const VIKTOR = new Forgotten([
    'user:default/viktor',
    'viktor@example.com',
    'viktor_x',
  ]);

  const setup = async () => {
    const all = await stores(await database.init(id));
    const repository = { source: 'github', repository: 'https://host/shop' };
    const review = (reviewer: string) => ({
      reviewer,
      at: '2026-11-01',
      paths: ['a.rs'],
    });
    await all.reviews.put(repository, [
      { id: '1', updatedAt: '2026-11-01', reviews: [review('Viktor_X')] },
      {
        id: '2',
        updatedAt: '2026-11-01',
        reviews: [review('ben'), review('viktor_x')],
      },
      { id: '3', updatedAt: '2026-11-01', reviews: [review('viktorxx')] },
    ]);
    for (let n = 0; n < 120; n++) {
      await all.knex('mentorship_operations_answers').insert({
        source: 'pagerduty',
        kind: 'incidents',
        key: `incident-${n}`,
        version: '1',
        day: '2026-11-01',
        answer: await deflate(
          JSON.stringify({
            title: 'viktor@example.com pages',
            user: { email: n % 2 ? 'VIKTOR@example.com' : 'ben@example.com' },
          }),
        ),
      });
    }
    await all.knex('mentorship_pushed_evidence').insert({
      entity_ref: 'component:default/shop',
      kind: 'reviews',
      outcome: 'found',
      since: '',
      collected_at: '2026-11-01',
      received_at: '2026-11-01',
      subject: 'ci',
      document: await deflate(JSON.stringify({ reviewer: 'viktor_x' })),
    });
    await all.reminders.claim({
      entityRef: 'component:default/shop',
      id: 'rotation',
      recipient: 'user:default/viktor',
    });
    await all.knex('mentorship_baselines').insert([
      { measure: 'a', value: 1, set_by: 'user:default/viktor', set_at: '2026' },
      { measure: 'b', value: 1, set_by: 'user:default/ben', set_at: '2026' },
    ]);
    return { ...all, repository };
  };

  it('takes somebody out of everything that is kept of tools', async () => {
    const { knex, reviews, repository } = await setup();
    await new Erasure(knex, VIKTOR).sweep('2026-11-21', signal);

    expect(
      (await reviews.reviews(repository)).map(each => each.reviewer),
    ).toEqual(['ben', 'viktorxx']);
    expect(await knex('mentorship_reminders')).toEqual([]);
    expect(
      await knex('mentorship_baselines').orderBy('measure').pluck('set_by'),
    ).toEqual([null, 'user:default/ben']);
    const answers: Buffer[] = await knex('mentorship_operations_answers').pluck(
      'answer',
    );
    const emails: string[] = [];
    for (const answer of answers) {
      emails.push(JSON.parse((await inflate(answer)).toString()).user.email);
    }
    expect(emails.filter(email => email === 'erased')).toHaveLength(60);
    expect(emails.filter(email => email === 'ben@example.com')).toHaveLength(
      60,
    );
    const [pushed] = await knex('mentorship_pushed_evidence');
    expect((await inflate(pushed.document)).toString()).toBe(
      '{"reviewer":"erased"}',
    );
  });

  it('leaves what is written meanwhile, and looks at it the next time', async () => {
    const { knex } = await setup();
    const newer = await deflate('{"reviewer":"Viktor_X","newer":true}');
    const document = async () => {
      const [pushed] = await knex('mentorship_pushed_evidence');
      return (await inflate(pushed.document)).toString();
    };
    let isWritten = false;
    const erasure = new Erasure(
      overtaken(knex, 'mentorship_pushed_evidence', async () => {
        isWritten = true;
        await knex('mentorship_pushed_evidence').update({ document: newer });
      }),
      VIKTOR,
    );
    await erasure.sweep('2026-11-21', signal);
    expect(isWritten).toBe(true);
    expect(await document()).toBe('{"reviewer":"Viktor_X","newer":true}');
    await erasure.sweep('2026-11-22', signal);
    expect(await document()).toBe('{"reviewer":"erased","newer":true}');
  });

  it('keeps nothing that names somebody any more', async () => {
    const { knex } = await stores(await database.init(id));
    const of = { source: 'pagerduty', kind: 'on-calls' } as const;
    const operations = new OperationsStore(knex, VIKTOR);
    await operations.put(of, {
      key: '1',
      version: '1',
      bytes: Buffer.from('{"user":{"email":"Viktor@example.com","id":"U1"}}'),
    });
    const answers: string[] = [];
    for await (const { bytes } of operations.answers('pagerduty')) {
      answers.push(Buffer.from(bytes).toString());
    }
    expect(answers).toEqual(['{"user":{"email":"erased","id":"U1"}}']);

    const repository = { source: 'github', repository: 'https://host/shop' };
    const reviews = new ReviewStore(knex, VIKTOR);
    const by = (reviewer: string) => ({
      reviewer,
      at: '2026-11-01',
      paths: [],
    });
    await reviews.put(repository, [
      { id: '1', updatedAt: '2026-11-01', reviews: [by('Viktor_X')] },
      {
        id: '2',
        updatedAt: '2026-11-01',
        reviews: [by('viktor_x'), by('ben')],
      },
    ]);
    expect(await reviews.reviews(repository)).toEqual([by('ben')]);

    const pushed = new PushedEvidenceStore(knex, VIKTOR);
    const entityRef = 'component:default/shop';
    const body = {
      schema: 'mentorship/pushed/v1',
      collectedAt: '2026-11-01T00:00:00Z',
      services: [{ entityRef, reviews: [by('viktor_x')] }],
    };
    const { parts } = PushedDocument.read(
      Buffer.from(JSON.stringify(body)),
      entityRef,
    );
    await pushed.take({ entityRef, subject: 'ci' }, parts);
    for await (const { document } of pushed.operations()) {
      expect(JSON.parse(document).services).toEqual([
        { entityRef, reviews: [by('erased')] },
      ]);
    }
    expect.assertions(3);
  });

  it('leaves everything of everybody else as it is', async () => {
    const { knex } = await setup();
    const tables = [
      'mentorship_reviewed_changes',
      'mentorship_operations_answers',
      'mentorship_pushed_evidence',
      'mentorship_reminders',
      'mentorship_baselines',
    ];
    const all = () =>
      Promise.all(tables.map(table => knex(table).orderByRaw('1, 2')));
    const before = await all();
    const nobody = new Forgotten(['user:default/nobody']);
    await new Erasure(knex, nobody).sweep('2026-11-21', signal);
    expect(await all()).toEqual(before);
  });
});

/** A database in which somebody writes to a table once it has been read. */
function overtaken(
  knex: Knex,
  table: string,
  write: () => Promise<void>,
): Knex {
  let left = 1;
  return new Proxy(knex, {
    apply: (target, self, [name]: [string]) => {
      const query = Reflect.apply(target, self, [name]);
      if (name !== table) return query;
      return new Proxy(query, {
        get: (builder, property) => {
          if (property !== 'where') return Reflect.get(builder, property);
          return (...terms: unknown[]) => ({
            update: async (values: object) => {
              if (left-- > 0) await write();
              return builder.where(...terms).update(values);
            },
          });
        },
      });
    },
  });
}
