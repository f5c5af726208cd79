import { AnswerStore } from './AnswerStore';

describe('AnswerStore', () => {
  it('asks once for everybody who asks the same', async () => {
    const load = jest.fn(async (key: string) => `answer to ${key}`);
    const store = new AnswerStore(load);

    await Promise.all([store.ensure('a'), store.ensure('a'), store.ask('a')]);
    await store.ensure('a');

    expect(load).toHaveBeenCalledTimes(1);
    expect(store.read('a')).toEqual({
      state: 'answered',
      value: 'answer to a',
      asking: false,
    });
    expect(store.read('b')).toEqual({ state: 'asking' });
  });

  it('keeps what was answered where asking again fails', async () => {
    const load = jest.fn(async (_key: string) => 1);
    const store = new AnswerStore(load);
    await store.ask('a');
    load.mockRejectedValueOnce(new Error('down'));

    const again = store.ask('a');
    expect(store.read('a')).toEqual({
      state: 'answered',
      value: 1,
      asking: true,
    });
    await again;

    expect(store.read('a')).toEqual({
      state: 'answered',
      value: 1,
      asking: false,
      problem: new Error('down'),
    });
    await store.ask('a');
    expect(store.read('a')).toEqual({
      state: 'answered',
      value: 1,
      asking: false,
    });
  });

  it('fails where nothing was ever answered, and recovers', async () => {
    const load = jest.fn(async (_key: string) => 2);
    load.mockRejectedValueOnce(new Error('down'));
    const store = new AnswerStore(load);
    const listener = jest.fn();
    const leave = store.subscribe('a', listener);

    await store.ensure('a');
    expect(store.read('a')).toMatchObject({ state: 'failed', asking: false });
    await store.ensure('a');
    expect(store.read('a')).toMatchObject({ state: 'answered', value: 2 });
    expect(listener).toHaveBeenCalled();

    leave();
    listener.mockClear();
    await store.ask('a');
    expect(listener).not.toHaveBeenCalled();
  });
});
