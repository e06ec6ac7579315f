import { randomUUID } from 'node:crypto';
import { MessageSigner, parseContent, parseHeader } from '@strongroom/jupyter-protocol';
import { createConnectionFiles } from '../kernels/connection-files.ts';
import { within } from '../kernels/deadline.ts';
import { KernelRequests } from '../kernels/kernel-requests.ts';
import { KernelSocket } from '../kernels/kernel-socket.ts';
import { loadZeroMq } from '../kernels/zeromq.ts';

export interface KernelCheck {
  readonly runtimeFolder: string;
  /** Printed by the cell; the empty code is not run. */
  readonly code: string;
  readonly expected: string;
  readonly timeoutMilliseconds: number;
  /** Where the kernel that is to be checked finds its connection file. */
  onConnectionFile(path: string): void;
}

export type KernelCheckResult =
  | { readonly outcome: 'ran' | 'answered'; readonly message: null }
  | { readonly outcome: 'failed'; readonly message: string };

const nudgeMilliseconds = 50;
const printedMilliseconds = 5_000;
const maximumTextCharacters = 64 * 1024;

/** Waits for a kernel that somebody else starts, and lets it run one cell. */
export async function checkKernel(check: KernelCheck): Promise<KernelCheckResult> {
  const { runtimeFolder, timeoutMilliseconds } = check;
  const files = await createConnectionFiles({
    ...{ runtimeFolder, kernelId: 'check', kernelName: 'check' },
  });
  const common = {
    ...{ zeroMq: await loadZeroMq(), info: files.info, signer: new MessageSigner(files.info.key) },
  };
  const requests = new KernelRequests(randomUUID());
  const output = new PrintedText(check.expected);
  let hear: () => void = () => undefined;
  const isHeard = new Promise<true>((resolve) => {
    hear = () => resolve(true);
  });
  const iopub = new KernelSocket({
    ...{ ...common, name: 'iopub' },
    onMessage(frames) {
      hear();
      if (parseHeader(frames.header).messageType === 'stream') output.add(parseContent(frames));
    },
  });
  const onMessage = (frames: Parameters<KernelRequests['settle']>[0]) => requests.settle(frames);
  const shell = new KernelSocket({ ...common, name: 'shell', onMessage });
  check.onConnectionFile(files.path);
  // What it publishes before we are connected is lost: asked again until it is heard.
  const nudging = setInterval(() => {
    const question = { type: 'kernel_info_request', content: {} };
    void requests.send(shell, question, timeoutMilliseconds);
  }, nudgeMilliseconds);
  try {
    if ((await within(timeoutMilliseconds, isHeard)) === undefined) {
      return failed('It did not answer in time');
    }
    clearInterval(nudging);
    if (check.code === '') return { outcome: 'answered', message: null };
    const content = { code: check.code, silent: false, store_history: false, allow_stdin: false };
    const request = { type: 'execute_request', content };
    const reply = await requests.send(shell, request, timeoutMilliseconds);
    if (reply === undefined) return failed('It did not run a cell in time');
    const answer = parseContent(reply);
    if (answer?.status !== 'ok') return failed(describeError(answer));
    // Sent before the reply, on another socket.
    const isPrinted = await within(printedMilliseconds, output.isThere);
    if (isPrinted === undefined) return failed('The cell printed something else than it should');
    return { outcome: 'ran', message: null };
  } finally {
    clearInterval(nudging);
    for (const socket of [iopub, shell]) socket.close();
    await files.remove();
  }
}

/** Gathers what is printed until the expected is in it. */
class PrintedText {
  readonly isThere: Promise<true>;
  readonly #expected: string;
  #text = '';
  #resolve: (value: true) => void = () => undefined;

  constructor(expected: string) {
    this.#expected = expected;
    this.isThere = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  add(content: Readonly<Record<string, unknown>> | undefined): void {
    const text = content?.text;
    if (typeof text !== 'string') return;
    this.#text = (this.#text + text).slice(-maximumTextCharacters);
    if (this.#text.includes(this.#expected)) this.#resolve(true);
  }
}

function failed(message: string): KernelCheckResult {
  return { outcome: 'failed', message };
}

function describeError(answer: Readonly<Record<string, unknown>> | undefined): string {
  const { ename = 'error', evalue = '' } = answer ?? {};
  return `The cell failed: ${String(ename)}: ${String(evalue)}`.slice(0, 500);
}
