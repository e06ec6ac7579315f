import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of `/etc` that are made for a person instead of taken from the host. */
export const personFileNames = [
  'passwd',
  'group',
  'hosts',
  'hostname',
  'nsswitch.conf',
  'resolv.conf',
] as const;

export const sandboxUserId = 1000;
export const sandboxHostName = 'studio';

/** Writes them into a folder of the person's own; the host's accounts and addresses stay unseen. */
export async function writePersonFiles(
  folder: string,
  person: { readonly userName: string; readonly homeFolder: string },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const contents = personFiles(person.userName, person.homeFolder);
  await Promise.all(
    personFileNames.map((name) => writeFile(join(folder, name), contents[name], { mode: 0o644 })),
  );
}

function personFiles(
  userName: string,
  homeFolder: string,
): Readonly<Record<(typeof personFileNames)[number], string>> {
  return {
    passwd: lines(
      'root:x:0:0:root:/root:/usr/sbin/nologin',
      `${userName}:x:${sandboxUserId}:${sandboxUserId}::${homeFolder}:/bin/bash`,
      'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    ),
    group: lines('root:x:0:', `${userName}:x:${sandboxUserId}:`, 'nogroup:x:65534:'),
    hosts: lines(`127.0.0.1 localhost ${sandboxHostName}`, `::1 localhost ${sandboxHostName}`),
    hostname: lines(sandboxHostName),
    'nsswitch.conf': lines(
      'passwd: files',
      'group: files',
      'hosts: files dns',
      'networks: files',
      'protocols: files',
      'services: files',
    ),
    // Nothing answers there, so a lookup is refused at once instead of timing out.
    'resolv.conf': lines('nameserver 127.0.0.1', 'options timeout:1 attempts:1'),
  };
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}
