import { randomBytes } from 'crypto';
import { databases, stores } from '../__testUtils__/databases';

describe.each(databases().eachSupportedId())('HistoryStore on %s', id => {
  const database = databases();
  const setup = async () => (await stores(await database.init(id))).histories;
  const history = (tip: string) => ({ tip, commits: 3, basis: 'mailmap' });

  it('gives back what it was given, of any size', async () => {
    const histories = await setup();
    expect(await histories.find('git', 'pay')).toBeUndefined();
    expect(await histories.load('git', 'pay')).toHaveLength(0);

    for (const size of [0, 1, 256 * 1024, 3 * 256 * 1024 + 1, 700]) {
      const bytes = randomBytes(size);
      await histories.replace('git', 'pay', history(`${size}`), bytes);
      expect(await histories.find('git', 'pay')).toEqual(history(`${size}`));
      expect(Buffer.compare(await histories.load('git', 'pay'), bytes)).toBe(0);
    }
  });

  it('never mixes what two runs write at once', async () => {
    const histories = await setup();
    const sizes = [600_000, 300_000, 900_000, 1];
    await Promise.all(
      sizes.map((size, n) =>
        histories.replace('git', 'pay', history(`${n}`), Buffer.alloc(size, n)),
      ),
    );

    const { tip } = (await histories.find('git', 'pay'))!;
    const bytes = await histories.load('git', 'pay');
    expect(
      Buffer.compare(bytes, Buffer.alloc(sizes[Number(tip)], Number(tip))),
    ).toBe(0);
  });

  it('forgets repositories where no service lives', async () => {
    const histories = await setup();
    for (const repository of ['pay', 'ship']) {
      await histories.replace('git', repository, history('a'), Buffer.of(1));
    }
    await histories.replace('other', 'pay', history('a'), Buffer.of(1));

    await histories.forgetOthers('git', ['ship']);

    expect(await histories.find('git', 'pay')).toBeUndefined();
    expect(await histories.load('git', 'pay')).toHaveLength(0);
    expect(await histories.find('git', 'ship')).toBeDefined();
    expect(await histories.find('other', 'pay')).toBeDefined();
  });
});
