import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type HostSetup,
  inspectHost,
  openSandboxHost,
  type SandboxExit,
  type SandboxHost,
  type SandboxSpec,
  type StudioNetwork,
} from '@strongroom/sandbox';
import { openWeakenedSandboxHost, type Weakening } from '@strongroom/sandbox/testing';

const mebibyte = 1024 * 1024;
const prelude = readFileSync(join(import.meta.dirname, 'prelude.py'), 'utf8');
const attackerUid = 65_501;
const victimUid = 65_502;

interface Ran {
  readonly output: string;
  readonly exit: SandboxExit;
}

type Person = 'attacker' | 'victim';

/** A host with two people, alike but for their uid, home and network. */
export interface AttackGround {
  readonly setup: HostSetup;
  readonly host: SandboxHost;
  readonly folder: string;
  homeOf(person: Person): string;
  specFor(person: Person, command: readonly string[], changes?: Partial<SandboxSpec>): SandboxSpec;
  /** Runs Python as the attacker, the prelude before it, and waits for its end. */
  runPython(code: string, changes?: Partial<SandboxSpec>): Promise<Ran>;
  close(): Promise<void>;
}

let inspected: Promise<HostSetup> | undefined;

function inspectOnce(): Promise<HostSetup> {
  inspected ??= inspectHost().then(({ setup, controls }) => {
    if (setup === undefined) throw new Error(`no sandbox here: ${controls[0]?.detail}`);
    return setup;
  });
  return inspected;
}

export async function openAttackGround(
  weakenings: readonly Weakening[] = [],
): Promise<AttackGround> {
  const setup = await inspectOnce();
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-attacks-'));
  const options = {
    setup,
    installationId: `attacks-${randomBytes(6).toString('hex')}`,
    runFolder: join(folder, 'run'),
    log: { info: () => undefined, warn: () => undefined },
  };
  const host =
    weakenings.length === 0
      ? await openSandboxHost(options)
      : await openWeakenedSandboxHost(options, weakenings);
  const uidOf = (person: Person) => {
    if (setup.mode === 'rootless') return undefined;
    return person === 'attacker' ? attackerUid : victimUid;
  };
  const homeOf = (person: Person) => join(folder, 'homes', person);
  const networks = new Map<Person, StudioNetwork>();
  for (const person of ['attacker', 'victim'] as const) {
    await mkdir(homeOf(person), { recursive: true, mode: 0o700 });
    const uid = uidOf(person);
    if (uid !== undefined) await chown(homeOf(person), uid, uid);
    networks.set(person, await host.createStudioNetwork({ hostUid: uid }));
  }

  function specFor(
    person: Person,
    command: readonly string[],
    changes: Partial<SandboxSpec> = {},
  ): SandboxSpec {
    const home = `/home/${person}`;
    return {
      appId: `${person}-${randomBytes(8).toString('hex')}`,
      label: `${person} of an attack test`,
      hostUid: uidOf(person),
      root: { kind: 'host' },
      command,
      workingDirectory: home,
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8' },
      userName: person,
      homeFolder: home,
      mounts: [{ source: homeOf(person), target: home, mode: 'read-write' }],
      network: networks.get(person) ?? 'isolated',
      limits: {
        memoryBytes: 256 * mebibyte,
        cpuCount: 2,
        processCount: 64,
        openFileCount: 256,
        temporaryFolderBytes: 8 * mebibyte,
        sharedMemoryBytes: 4 * mebibyte,
      },
      descriptors: [],
      ...changes,
    };
  }

  return {
    setup,
    host,
    folder,
    homeOf,
    specFor,
    async runPython(code, changes) {
      const body = code
        .trim()
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n');
      const program = `${prelude}\n\ndef attack():\n${body}\n\nrun(attack)\n`;
      const command = ['/usr/bin/python3', '-c', program];
      const sandbox = await host.launch(specFor('attacker', command, changes));
      const [output, errors, exit] = await Promise.all([
        text(sandbox.stdout),
        text(sandbox.stderr),
        sandbox.exited,
      ]);
      return { output: output.trim() || exit.signal || errors.trim(), exit };
    },
    async close() {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
