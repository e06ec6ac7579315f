import { execFile } from 'node:child_process';
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { personFileNames } from './person-files.ts';

/** What a program in `/usr` looks for in `/etc`. Nothing here is a secret or names an account. */
export const copiedNames =
  /^(?:alternatives|bash\.bashrc|ca-certificates|crypto-policies|debian_version|fonts|gai\.conf|groff|host\.conf|inputrc|java-.+|julia|ld\.so\.(?:cache|conf|conf\.d)|locale\.alias|localtime|magic(?:\.mime)?|matplotlibrc|mime\.types|networks|openmpi|os-release|perl|profile(?:\.d)?|protocols|python3(?:\.\d+)?|R|rpc|services|shells|terminfo|texmf|timezone|xml)$/;

/** Next to some of these lie private keys. */
const copiedNestedPaths = [
  'ssl/certs',
  'ssl/openssl.cnf',
  'pki/tls/certs',
  'pki/ca-trust/extracted',
];

export const sandboxHostName = 'studio';

const ownFiles: Readonly<Record<string, readonly string[]>> = {
  hosts: [`127.0.0.1 localhost ${sandboxHostName}`, `::1 localhost ${sandboxHostName}`],
  hostname: [sandboxHostName],
  'nsswitch.conf': [
    'passwd: files',
    'group: files',
    'hosts: files dns',
    'networks: files',
    'protocols: files',
    'services: files',
  ],
};

/**
 * Makes the `/etc` that every sandbox sees, anew: one folder, because each single file that bwrap
 * mounts would lengthen every start.
 */
export async function makeConfigurationFolder(
  folder: string,
  resolverAddress: string,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const names = (await readdir('/etc')).filter((name) => copiedNames.test(name));
  const nested = await Promise.all(copiedNestedPaths.map(pathIfThere));
  const copied = [...names, ...nested.flat()].map((name) => join('etc', name));
  await promisify(execFile)('cp', ['--archive', '--parents', '--', ...copied, `${folder}/..`], {
    cwd: '/',
  });
  await writeOwnFiles(folder, resolverAddress);
}

/** What is ours in every `/etc`, with the places of the person's own files. */
export async function writeOwnFiles(folder: string, resolverAddress: string): Promise<void> {
  const resolver = [`nameserver ${resolverAddress}`, 'options timeout:2 attempts:2'];
  const written = Object.entries({ ...ownFiles, 'resolv.conf': resolver }).map(([name, lines]) => [
    name,
    lines.join('\n'),
  ]);
  const mountPoints = personFileNames.map((name) => [name, '']);
  for (const [name = '', text = ''] of [...written, ...mountPoints]) {
    await writeFile(join(folder, name), `${text}\n`, { mode: 0o644 });
  }
}

async function pathIfThere(name: string): Promise<string[]> {
  return access(join('/etc', name)).then(
    () => [name],
    () => [],
  );
}
