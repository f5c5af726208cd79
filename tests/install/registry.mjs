// A registry of packages that are not published yet: serves the packed ones in a folder, and passes
// everything else on to another registry.
//
// usage: node registry.mjs <folder of .tgz> <registry of the others> <file for its address>

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [folder, others, addressFile] = process.argv.slice(2);

const packages = new Map(
  readdirSync(folder)
    .filter(file => file.endsWith('.tgz'))
    .map(file => {
      const path = join(folder, file);
      const manifest = JSON.parse(
        execFileSync('tar', ['-xzOf', path, 'package/package.json'], {
          encoding: 'utf8',
        }),
      );
      return [manifest.name, { manifest, bytes: readFileSync(path) }];
    }),
);

/** What a registry says of a package, of which there is one version. */
function packument({ manifest, bytes }, address) {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512')
    .update(bytes)
    .digest('base64')}`;
  const tarball = `${address}/${name}/-/${name}-${version}.tgz`;
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist: { integrity, tarball } } },
  };
}

/** Answers what the registry of the others answers. */
async function passOn({ url, headers: { accept } }, response) {
  try {
    const answer = await fetch(new URL(url.slice(1), others), {
      headers: accept ? { accept } : {},
    });
    response.writeHead(answer.status, {
      'content-type':
        answer.headers.get('content-type') ?? 'application/octet-stream',
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    response.writeHead(502).end(error.message);
  }
}

const server = createServer((request, response) => {
  const address = `http://${request.headers.host}`;
  const [, name, isTarball] = /^\/([^/?]+)(\/-\/)?/.exec(request.url) ?? [];
  const found = packages.get(decodeURIComponent(name ?? ''));
  if (!found) {
    passOn(request, response);
  } else if (isTarball) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(found.bytes);
  } else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(packument(found, address)));
  }
});

server.listen(0, '127.0.0.1', () => {
  writeFileSync(addressFile, `http://127.0.0.1:${server.address().port}\n`);
});
