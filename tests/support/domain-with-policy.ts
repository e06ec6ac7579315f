import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningDomain, startDomain } from './running-domain.ts';

export interface DomainWithPolicy {
  readonly domain: RunningDomain;
  /** Replaces the document; it binds everybody. */
  write(statement: object): Promise<void>;
}

/** The default domain with one document of the administrators' own, which a test changes. */
export async function startDomainWithPolicy(statement: object): Promise<DomainWithPolicy> {
  const first = await startDomain();
  await first.stop();
  const path = join(first.folder, 'strongroom.yaml');
  const file = await readFile(path, 'utf8');
  const own = 'policies:\n  - { document: ./own.json, attachTo: everyone }\n';
  const withoutPolicies = file.replace(/^policies:.*\n/m, '');
  await writeFile(path, `${withoutPolicies}\n${own}`);
  const write = (next: object) =>
    writeFile(
      join(first.folder, 'own.json'),
      JSON.stringify({ Version: '2012-10-17', Statement: next }),
    );
  await write(statement);
  const again = await first.restart();
  const oneTimePasswords = new Map([...first.oneTimePasswords, ...again.oneTimePasswords]);
  return { domain: { ...again, oneTimePasswords }, write };
}
