'use strict';

/**
 * The package as it is published, under every loader that a consumer may use.
 * `cargo xtask test` packs it and says where in PACKED_IN: a folder whose
 * node_modules hold it.
 */

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { readdirSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { describe, it } = require('node:test');

const NAME = 'backstage-plugin-mentorship-wasm';
const { version } = require('../package.json');
const folder = process.env.PACKED_IN;

describe('the packed module', () => {
  it('is where PACKED_IN says', () => {
    assert.ok(folder, 'PACKED_IN is not set; run `cargo xtask test wasm`');
    const required = createRequire(path.join(folder, 'consumer.cjs'));
    assert.match(required.resolve(NAME), /node_modules.*node\.cjs$/);
  });

  it('is required by Node', () => {
    const script = `require('${NAME}').load().then(api => console.log(api.version()))`;
    assert.equal(node('--input-type=commonjs', '-e', script), version);
  });

  it('starts an engine on a thread of its own', () => {
    const script = `require('${NAME}').startEngine('{}')
      .then(engine => engine.serviceCount())
      .then(count => console.log(count))`;
    assert.equal(node('--input-type=commonjs', '-e', script), '0');
  });

  it('is imported by Node', () => {
    const script = `import { load, EngineTrapError } from '${NAME}';
      console.log(EngineTrapError.name, (await load()).version());`;
    assert.equal(
      node('--input-type=module', '-e', script),
      `EngineTrapError ${version}`,
    );
  });

  for (const environment of ['node', 'jsdom']) {
    it(`is required by Jest in its ${environment} environment`, () => {
      const name = `${environment}.jest.cjs`;
      write(
        name,
        `test('loads', async () => {
          const { load } = require('${NAME}');
          const api = await load();
          expect(api.version()).toBe('${version}');
          expect(new api.Engine('{}').serviceCount()).toBe(0);
        });`,
      );
      write(
        'jsdom.cjs',
        `const { default: Environment } = require('@jest/environment-jsdom-abstract');
        module.exports = class extends Environment {
          constructor(config, context) { super(config, context, require('jsdom')); }
        };`,
      );
      const config = {
        rootDir: folder,
        testMatch: [`**/${name}`],
        testEnvironment: environment === 'node' ? 'node' : './jsdom.cjs',
        // Otherwise Jest passes over everything below a folder named node_modules or target.
        testPathIgnorePatterns: [],
        transform: {},
      };
      node(
        require.resolve('jest/bin/jest'),
        '--config',
        JSON.stringify(config),
      );
    });
  }

  it('is bundled by Rspack for browsers, the module as a file beside', () => {
    const { rspack } = require('@rspack/core');
    const output = path.join(folder, 'rspack');
    write(
      'entry.mjs',
      `import { load } from '${NAME}'; load().then(api => console.log(api.version()));`,
    );
    return new Promise((resolve, reject) => {
      rspack(
        {
          mode: 'production',
          target: 'web',
          context: folder,
          entry: './entry.mjs',
          output: { path: output },
        },
        (error, stats) => {
          if (error) return reject(error);
          const { errors } = stats.toJson({ errors: true });
          assert.deepEqual(errors, []);
          const files = readdirSync(output);
          assert.equal(files.filter(file => file.endsWith('.wasm')).length, 1);
          return resolve();
        },
      );
    });
  });
});

function write(name, text) {
  writeFileSync(path.join(folder, name), text);
}

function node(...args) {
  return execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}
