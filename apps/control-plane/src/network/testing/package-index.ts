import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { crc32 } from 'node:zlib';

const wheelName = 'vault_demo-1.0-py3-none-any.whl';

/** A package index (PEP 503) with one tiny package; tells of every other request what it was. */
export function packageIndex(): RequestListener {
  const wheel = makeWheel();
  const digest = createHash('sha256').update(wheel).digest('hex');
  const page = `<!DOCTYPE html><html><body><a href="/files/${wheelName}#sha256=${digest}">${wheelName}</a></body></html>`;
  return (request, response) => {
    if (request.url === '/simple/vault-demo/') {
      response.setHeader('content-type', 'text/html').end(page);
    } else if (request.url === `/files/${wheelName}`) response.end(wheel);
    else response.end(`${request.method} ${request.headers.host} ${request.url}`);
  };
}

/** The binary distribution format (PEP 427), whose record may be without digests. */
function makeWheel(): Buffer {
  const information = 'vault_demo-1.0.dist-info';
  return archiveOf(
    new Map([
      ['vault_demo.py', 'answer = 42\n'],
      [`${information}/METADATA`, 'Metadata-Version: 2.1\nName: vault-demo\nVersion: 1.0\n'],
      [
        `${information}/WHEEL`,
        'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
      ],
      [
        `${information}/RECORD`,
        [
          'vault_demo.py',
          `${information}/METADATA`,
          `${information}/WHEEL`,
          `${information}/RECORD`,
        ]
          .map((name) => `${name},,\n`)
          .join(''),
      ],
    ]),
  );
}

/** A ZIP archive without compression (APPNOTE.TXT, section 4.3). */
function archiveOf(files: ReadonlyMap<string, string>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, content]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0'), fields, more, path);
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}
