import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutsideServer } from './outside-server.ts';
import { type RunningDomain, startDomain } from './running-domain.ts';

/** The default domain with an administrator `second` and the name `allowed.example` for that server. */
export async function startDomainWithOutside(
  { address }: OutsideServer,
  { maximumHours }: { readonly maximumHours: number },
): Promise<RunningDomain> {
  const first = await startDomain();
  await first.stop();
  const path = join(first.folder, 'strongroom.yaml');
  const file = await readFile(path, 'utf8');
  const second =
    '{ profileName: second, displayName: Second, role: administrator, team: platform }';
  await writeFile(
    path,
    file
      .replace('people:\n', `people:\n  - ${second}\n`)
      .replace('maximumHours: 720', `maximumHours: ${maximumHours}`)
      .replace('allowedPrivateAddresses: []', `allowedPrivateAddresses: [${address}/32]`)
      .replace(
        'fixedAddresses: []',
        `fixedAddresses: [{ name: allowed.example, address: ${address} }]`,
      ),
  );
  const again = await first.restart();
  const oneTimePasswords = new Map([...first.oneTimePasswords, ...again.oneTimePasswords]);
  return { ...again, oneTimePasswords };
}
