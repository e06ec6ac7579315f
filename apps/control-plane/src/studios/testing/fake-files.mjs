// Stands in for the agent's `files.js` in a real sandbox: the path says how it behaves.
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';

const [action, path = ''] = process.argv.slice(2);
const line = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const home = process.env.HOME;

const behaviours = {
  home: () => {
    const entries = readdirSync(home).map((name) => ({
      ...{ name, type: 'file', sizeBytes: 1, modifiedAt: new Date(0).toISOString() },
    }));
    line({ path: '', entries, truncated: false });
  },
  missing: () => {
    line({ code: 'FileNotFound', message: 'No such file' });
    process.exitCode = 1;
  },
  nonsense: () => process.stdout.write('<html>'),
  silence: () => undefined,
  writes: () => {
    try {
      writeFileSync(`${home}/written`, '');
      line({ code: 'FileRefused', message: 'could write' });
    } catch (error) {
      line({ code: 'FileNotFound', message: error.code });
    }
  },
  file: () => {
    line({ name: 'file', sizeBytes: 5 });
    process.stdout.write('hello');
  },
  large: () => {
    const sizeBytes = 20 * 1024 * 1024;
    line({ name: 'large', sizeBytes });
    for (let sent = 0; sent < sizeBytes; sent += 65_536) process.stdout.write(Buffer.alloc(65_536));
  },
  short: () => {
    line({ name: 'short', sizeBytes: 10 });
    process.stdout.write('half');
  },
  'too-much': () => {
    line({ name: 'too-much', sizeBytes: 2 });
    process.stdout.write('ok and more');
  },
};
if (action === 'write') {
  const chunks = [];
  for await (const chunk of createReadStream('', { fd: 3 })) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (path === 'full') line({ code: 'DiskFull', message: 'No space' });
  else if (path === 'strange') process.stdout.write('<html>');
  else {
    writeFileSync(`${home}/${path}`, content);
    line({ name: path });
  }
  process.exit();
}
behaviours[path || (action === 'list' ? 'home' : 'file')]();
