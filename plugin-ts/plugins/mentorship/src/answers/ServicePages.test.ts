import type { AssessmentList } from 'backstage-plugin-mentorship-common';
import { FixtureApi } from '../__testUtils__/fixtures/FixtureApi';
import { FRESH_FOR } from './AnswerStore';
import { ServicePages } from './ServicePages';

describe('ServicePages', () => {
  const { signal } = new AbortController();
  const answering = (total: number) =>
    ({ totalItems: total } as AssessmentList);

  const setup = () => {
    const api = new FixtureApi();
    const asked = jest.spyOn(api, 'getAssessments');
    return { asked, pages: new ServicePages(api) };
  };

  it('answers as before where asking fails, and says why', async () => {
    const { asked, pages } = setup();
    const problem = new Error('away');
    asked.mockResolvedValueOnce(answering(1)).mockRejectedValue(problem);
    expect(await pages.ask({ text: 'a' }, signal)).toEqual({
      list: answering(1),
    });
    expect(await pages.ask({ text: 'a' }, signal)).toEqual({
      list: answering(1),
      problem,
    });
    await expect(pages.ask({ text: 'b' }, signal)).rejects.toBe(problem);
  });

  it('takes what was asked ahead, once', async () => {
    const { asked, pages } = setup();
    asked.mockResolvedValueOnce(answering(1)).mockResolvedValue(answering(2));
    pages.askAhead({ text: 'a', order: undefined });
    expect((await pages.ask({ text: 'a' }, signal)).list.totalItems).toBe(1);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((await pages.ask({ text: 'a' }, signal)).list.totalItems).toBe(2);
  });

  it('leaves what was asked ahead and not taken in time', async () => {
    const { asked, pages } = setup();
    asked.mockResolvedValueOnce(answering(1)).mockResolvedValue(answering(2));
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    pages.askAhead({});
    now.mockReturnValue(FRESH_FOR);
    expect((await pages.ask({}, signal)).list.totalItems).toBe(2);
    now.mockRestore();
  });

  it('leaves what was asked ahead where something else came first', async () => {
    const { asked, pages } = setup();
    asked.mockResolvedValueOnce(answering(1)).mockResolvedValue(answering(2));
    pages.askAhead({});
    await pages.ask({ text: 'a' }, signal);
    expect((await pages.ask({}, signal)).list.totalItems).toBe(2);
  });

  it('says why what was asked ahead cannot be loaded', async () => {
    const { asked, pages } = setup();
    const problem = new Error('away');
    asked.mockRejectedValueOnce(problem);
    pages.askAhead({});
    await expect(pages.ask({}, signal)).rejects.toBe(problem);
  });

  it('gives up where nobody waits any more', async () => {
    const { asked, pages } = setup();
    const nobody = new AbortController();
    asked.mockResolvedValueOnce(answering(1));
    await pages.ask({}, signal);
    asked.mockImplementation(async () => {
      nobody.abort();
      throw nobody.signal.reason;
    });
    await expect(pages.ask({}, nobody.signal)).rejects.toBe(
      nobody.signal.reason,
    );
  });

  it('remembers the last pages alone', async () => {
    const { asked, pages } = setup();
    asked.mockImplementation(async ({ limit } = {}) => answering(limit ?? 0));
    for (let limit = 1; limit <= 21; limit++) {
      await pages.ask({ limit }, signal);
    }
    asked.mockRejectedValue(new Error('away'));
    await expect(pages.ask({ limit: 1 }, signal)).rejects.toThrow('away');
    expect(await pages.ask({ limit: 2 }, signal)).toMatchObject({
      list: answering(2),
    });
  });
});
