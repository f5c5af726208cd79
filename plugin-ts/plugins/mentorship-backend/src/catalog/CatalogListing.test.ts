import { mockServices } from '@backstage/backend-test-utils';
import { once } from 'events';
import { createServer, type IncomingMessage, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { CatalogListing } from './CatalogListing';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const PAGE = '{"items": [ {"kind":"Component"} ],"totalItems":1,"pageInfo":{}}';
const good: Answer = (_, response) => response.end(PAGE);
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end('no');

describe('CatalogListing', () => {
  let requests: IncomingMessage[] = [];
  let answers: Answer[] = [];
  let waits: number[] = [];

  const server = createServer((request, response) => {
    requests.push(request);
    (answers.length > 1 ? answers.shift()! : answers[0])(request, response);
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  beforeEach(() => {
    requests = [];
    waits = [];
  });

  const page = (cursor?: string, signal = new AbortController().signal) => {
    const { port } = server.address() as AddressInfo;
    return new CatalogListing({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      }),
      wait: async milliseconds => {
        waits.push(milliseconds);
      },
    }).page(cursor, signal);
  };

  it('hands over the bytes that the catalog sent, asked for with a token', async () => {
    answers = [good];

    const bytes = await page('a+b/c=');

    expect(new TextDecoder().decode(bytes)).toBe(PAGE);
    expect(
      requests.map(({ url, headers }) => [url, headers.authorization]),
    ).toEqual([
      [
        '/api/catalog/entities/by-query?limit=500&cursor=a%2Bb%2Fc%3D',
        expect.stringMatching(/^Bearer .*catalog/),
      ],
    ]);
  });

  it('tries again what may pass by itself, and waits longer each time', async () => {
    answers = [
      status(503),
      status(429, { 'Retry-After': '7' }),
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"items":');
        setTimeout(() => response.destroy(), 10);
      },
      (_, response) => response.destroy(),
      good,
    ];

    await expect(page()).resolves.toHaveLength(PAGE.length);
    expect(waits).toEqual([500, 7000, 2000, 4000]);
  });

  it('gives up in the end, and says why', async () => {
    answers = [status(500)];

    await expect(page()).rejects.toThrow(
      /the catalog could not be listed after 5 attempts.*500/,
    );
    expect(requests).toHaveLength(5);
  });

  it('does not repeat what will not pass', async () => {
    answers = [status(403)];

    await expect(page()).rejects.toThrow(/after 1 attempts.*403/);
    expect(requests).toHaveLength(1);
  });

  it('stops when the run is given up', async () => {
    const given = new AbortController();
    answers = [() => given.abort(new Error('shut down'))];

    await expect(page(undefined, given.signal)).rejects.toThrow('shut down');
    expect(requests).toHaveLength(1);
  });
});
