import express from 'express';
import { once } from 'events';
import type { AddressInfo } from 'net';
import { setTimeout as sleep } from 'timers/promises';
import { shedding } from './shedding';

describe('shedding', () => {
  it('refuses what is too much at once, and answers again afterwards', async () => {
    const waiting: Array<() => void> = [];
    const app = express()
      .use(shedding(2))
      .get('/', (_, response) => {
        waiting.push(() => response.send('answered'));
      });
    const server = app.listen(0);
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const ask = (signal?: AbortSignal) =>
        fetch(`http://127.0.0.1:${port}`, { signal });
      const gone = new AbortController();
      const first = ask();
      const second = ask(gone.signal).catch(() => 'gone');
      while (waiting.length < 2) {
        await sleep(5);
      }

      const refused = await ask();
      expect(refused.status).toBe(503);
      expect(refused.headers.get('Retry-After')).toBe('1');
      expect(await refused.text()).toMatch('ask again in a second');

      // Whoever goes away makes room as well.
      gone.abort();
      expect(await second).toBe('gone');
      waiting[0]();
      expect((await first).status).toBe(200);
      await sleep(50);
      const third = ask();
      const fourth = ask();
      while (waiting.length < 4) {
        await sleep(5);
      }
      waiting.slice(2).forEach(answer => answer());
      expect((await third).status).toBe(200);
      expect((await fourth).status).toBe(200);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
