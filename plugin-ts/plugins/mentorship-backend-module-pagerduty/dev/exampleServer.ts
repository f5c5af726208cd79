/**
 * Stands in for PagerDuty in the demonstration: answers as its REST API, version 2,
 * would, with what the example company's stories tell.
 *
 *     node exampleServer.ts <account.json> <port>
 */
import { readFileSync } from 'node:fs';
import { pagerDutyServer } from '../src/__testUtils__/pagerDutyServer.ts';

const [account, port] = process.argv.slice(2);
pagerDutyServer(JSON.parse(readFileSync(account, 'utf8')), {
  port: Number(port),
  // As app-config.yaml has it.
  token: 'no-secret-of-the-example-server',
}).then(({ address }) =>
  process.stdout.write(
    `This is the example company's server on ${address}, not PagerDuty: nothing that it tells of ever happened.\n`,
  ),
);
