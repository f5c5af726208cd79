import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { databases, stores } from '../__testUtils__/databases';
import { Reminding, type ServiceReminder } from './Reminding';

const TODAY = new Date().toISOString().slice(0, 10);
const never = new AbortController().signal;

const overdue = (...recipients: string[]): ServiceReminder => ({
  entityRef: 'component:default/pay',
  topic: 'milestone-overdue',
  id: 'milestone-overdue/user:default/jordan/30/2026-10-01',
  recipients,
  title: 'A milestone of learning Pay is overdue',
  text: 'Day 30 was due on 2026-10-01.',
});

const rotation = (stage: number): ServiceReminder => ({
  ...overdue('user:default/alice'),
  topic: 'rotation-due',
  id: `rotation-due/2026-12-01/${stage}`,
});

describe('Reminding', () => {
  const database = databases();

  async function setup(id: Parameters<typeof database.init>[0] = 'SQLITE_3') {
    const { reminders: store, knex } = await stores(await database.init(id));
    const sent: NotificationSendOptions[] = [];
    const state = { isDown: false };
    const logger = mockServices.logger.mock();
    /** Another one is another backend, or the same one after a restart. */
    const backend = () =>
      new Reminding({
        notifications: {
          async send(options) {
            if (state.isDown) {
              throw new Error('notifications are away');
            }
            sent.push(options);
          },
        },
        store,
        logger,
      });
    const recipients = () =>
      sent.map(each =>
        each.recipients.type === 'entity' ? each.recipients.entityRef : [],
      );
    return { store, knex, sent, state, logger, backend, recipients };
  }

  it('passes on what the core says, with a topic that users can switch off', async () => {
    const { backend, sent } = await setup();
    await backend().tell([overdue('user:default/jordan')], TODAY, never);
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['user:default/jordan'] },
        payload: {
          title: 'A milestone of learning Pay is overdue',
          description: 'Day 30 was due on 2026-10-01.',
          link: '/catalog/default/component/pay/mentorship',
          severity: 'normal',
          topic: 'milestone-overdue',
          scope:
            'component:default/pay milestone-overdue/user:default/jordan/30/2026-10-01',
        },
      },
    ]);
  });

  it.each(database.eachSupportedId())(
    'tells nobody twice, whichever backend and after a restart, on %s',
    async id => {
      const { backend, recipients } = await setup(id);
      const everybody = overdue('user:default/ben', 'user:default/jordan');
      await Promise.all(
        [backend(), backend(), backend()].map(each =>
          each.tell([everybody], TODAY, never),
        ),
      );
      await backend().tell([everybody], TODAY, never);
      expect(recipients().flat().sort()).toEqual([
        'user:default/ben',
        'user:default/jordan',
      ]);
      // Who joined later is told, and nobody else.
      const joined = overdue(...everybody.recipients, 'user:default/zoe');
      await backend().tell([joined], TODAY, never);
      expect(recipients().at(-1)).toEqual(['user:default/zoe']);
    },
  );

  it('tells each stage of a rotation in the place of the one before', async () => {
    const { backend, sent } = await setup();
    const reminding = backend();
    for (const stage of [30, 30, 7, 7, 0]) {
      await reminding.tell([rotation(stage)], TODAY, never);
    }
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ payload }) => payload.scope)).size).toBe(1);
  });

  it('tells it later where the notifications are away, and warns once', async () => {
    const { backend, sent, state, logger } = await setup();
    const reminding = backend();
    state.isDown = true;
    await reminding.tell([rotation(30)], TODAY, never);
    await reminding.tell([rotation(30)], TODAY, never);
    expect(sent).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/mentorship\.notifications.*away/),
    );
    state.isDown = false;
    await reminding.tell([rotation(30)], TODAY, never);
    expect(sent).toHaveLength(1);
  });

  it('forgets what no reminder stands for any more', async () => {
    const { backend, knex } = await setup();
    await knex('mentorship_reminders').insert({
      key: 'old',
      recipient: 'user:default/gone',
      told_at: '2020-01-01T00:00:00.000Z',
    });
    await backend().tell([rotation(30)], TODAY, never);
    const rows = await knex('mentorship_reminders').select('recipient');
    expect(rows).toEqual([{ recipient: 'user:default/alice' }]);
  });
});
