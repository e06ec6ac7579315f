import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ControlPlaneChannel } from '../channel/control-plane-channel.ts';
import { AgentError } from '../http/agent-error.ts';
import { KernelSpecs } from './kernel-specs.ts';
import { OfferedKernels } from './offered-kernels.ts';

const python = {
  name: 'python3',
  imageName: 'data-science',
  specName: 'python3',
  folder: '/usr/share/jupyter/kernels/python3',
  argv: ['python3', '-f', '{connection_file}'],
  displayName: 'Python 3',
  language: 'python',
  interruptMode: 'signal',
  environment: {},
  metadata: {},
};
const shell = { ...python, name: 'bash__bash', imageName: 'bash', specName: 'bash' };

/** The control plane's end: what it answers can change. */
class Channel extends EventEmitter {
  answer: () => Promise<object> = async () => ({
    defaultName: 'python3',
    kernels: [python, shell],
  });
  questionCount = 0;

  request(): Promise<object> {
    this.questionCount += 1;
    return this.answer();
  }
}

let home: string;
let channel: Channel;
let specs: KernelSpecs;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'specs-'));
  channel = new Channel();
  const offered = new OfferedKernels(channel as unknown as ControlPlaneChannel);
  specs = new KernelSpecs({ homeFolder: home, imageName: 'data-science', offered });
});

afterEach(() => rmSync(home, { recursive: true }));

function addOwnSpec(name: string): void {
  const folder = join(home, '.local/share/jupyter/kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), '{"argv":["mine"],"language":"python"}');
}

const names = async () => (await specs.list()).map(({ name }) => name);

test('the kernels of every image are there by the names that the control plane gave them', async () => {
  expect(await names()).toEqual(['python3', 'bash__bash']);
  expect(await specs.find('bash__bash')).toMatchObject({ imageName: 'bash', specName: 'bash' });
  expect(await specs.defaultName()).toBe('python3');
});

test("the home's own specs come first and start in the default image", async () => {
  addOwnSpec('mine');
  addOwnSpec('python3');
  expect(await names()).toEqual(['mine', 'python3', 'bash__bash']);
  expect(await specs.find('python3')).toMatchObject({ argv: ['mine'], imageName: 'data-science' });
});

test('the control plane is asked once, and again when it says that something changed', async () => {
  await names();
  await names();
  expect(channel.questionCount).toBe(1);
  channel.answer = async () => ({ defaultName: null, kernels: [shell] });
  channel.emit('kernelsChanged', { event: 'kernelsChanged' });
  expect(await names()).toEqual(['bash__bash']);
  expect(await specs.defaultName()).toBe('bash__bash');
});

test.each([
  ['an error', () => Promise.reject(new AgentError('Unavailable', 'No'))],
  ['nothing', async () => ({})],
])('where the control plane answers %s, the kernels of this root are there', async (_what, no) => {
  channel.answer = no;
  addOwnSpec('mine');
  const found = await specs.list();
  expect(found.map(({ name }) => name)).toContain('mine');
  expect(found.map(({ name }) => name)).not.toContain('bash__bash');
  expect(found.every(({ imageName }) => imageName === 'data-science')).toBe(true);
  channel.answer = async () => ({ defaultName: null, kernels: [shell] });
  expect(await names()).toContain('bash__bash');
});

test("while the default image's kernels are looked for, this root's can be started", async () => {
  channel.answer = async () => ({ defaultName: null, kernels: [shell] });
  expect(await names()).toEqual(['bash__bash']);
  expect(await specs.find('python3')).toMatchObject({ imageName: 'data-science' });
  channel.answer = async () => ({ defaultName: null, kernels: [{ ...python, name: 'other' }] });
  channel.emit('kernelsChanged', { event: 'kernelsChanged' });
  expect(await specs.find('python3')).toBeUndefined();
});

test("no folder of another image, nor one that only looks like the default image's, is read here", async () => {
  const isHere = (folder: string, imageName: string) =>
    specs.hasFolderHere({ ...python, interruptMode: 'signal', folder, imageName });
  expect(isHere('/usr/share/jupyter/kernels/python3', 'data-science')).toBe(true);
  expect(isHere('/usr/share/jupyter/kernels/python3', 'bash')).toBe(false);
  expect(isHere('/usr/share/jupyter/kernels/../../../etc', 'data-science')).toBe(false);
  expect(isHere('/etc', 'data-science')).toBe(false);
});
