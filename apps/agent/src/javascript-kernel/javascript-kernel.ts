import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  createMessage,
  decodeWireMessage,
  encodeWireMessage,
  type MessageFrames,
  MessageSigner,
  messagingVersion,
  parseContent,
  parseHeader,
} from '@strongroom/jupyter-protocol';
import type { Router } from 'zeromq';
import { loadZeroMq } from '../kernels/zeromq.ts';
import { describeValue, Evaluator } from './evaluator.ts';
import type { KernelLanguage } from './kernel-language.ts';

/** What a connection file says ("Connection files", messaging protocol). */
export interface ConnectionFile {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

interface Request {
  readonly socket: Router;
  readonly identities: readonly Buffer[];
  readonly frames: MessageFrames;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Cells that were sent with the one that failed are read within this, and then not run. */
const abortMilliseconds = 50;

/** A Jupyter kernel on Node.js: requests one after the other, interrupts beside them. */
export async function runJavaScriptKernel(
  connection: ConnectionFile,
  language: KernelLanguage,
): Promise<void> {
  const zeroMq = await loadZeroMq();
  const signer = new MessageSigner(connection.key);
  const session = randomUUID();
  const [shell, control, stdin] = [new zeroMq.Router(), new zeroMq.Router(), new zeroMq.Router()];
  const iopub = new zeroMq.Publisher();
  const heartbeat = new zeroMq.Reply();
  const pending: Request[] = [];
  let wake: () => void = () => undefined;
  let parentHeader: Buffer | undefined;
  let executionCount = 0;
  let sending: Promise<void> = Promise.resolve();

  /** ZeroMQ sends one message of a socket after the other. */
  const publish = (
    type: string,
    content: Readonly<Record<string, unknown>>,
    parent = parentHeader,
  ) => {
    const frames = messageOf(type, content, parent);
    const parts = [Buffer.from(type), ...encodeWireMessage(frames, signer)];
    sending = sending.then(() => iopub.send(parts)).catch(() => undefined);
  };
  const messageOf = (
    type: string,
    content: Readonly<Record<string, unknown>>,
    parent = parentHeader,
  ) =>
    createMessage({
      type,
      session,
      content,
      ...(parent === undefined ? {} : { parentHeader: parent }),
    });
  const reply = async (request: Request, content: Readonly<Record<string, unknown>>) => {
    const type = request.type.replace(/_request$/, '_reply');
    const frames = messageOf(type, content, request.frames.header);
    await request.socket.send([...request.identities, ...encodeWireMessage(frames, signer)]);
  };
  const evaluator = new Evaluator({
    onText: (name, text) => publish('stream', { name, text }),
    onDisplay: (value) => publish('display_data', { data: describeValue(value), metadata: {} }),
    toJavaScript: (code) => language.toJavaScript(code),
  });

  async function execute({ content }: Request): Promise<Readonly<Record<string, unknown>>> {
    const code = String(content.code ?? '');
    const isSilent = content.silent === true;
    if (!isSilent && content.store_history !== false) executionCount += 1;
    const counted = { execution_count: executionCount };
    if (!isSilent) publish('execute_input', { code, ...counted });
    try {
      const value = await evaluator.run(code);
      if (value !== undefined && !isSilent) {
        publish('execute_result', { data: describeValue(value), metadata: {}, ...counted });
      }
      return { status: 'ok', ...counted, payload: [], user_expressions: {} };
    } catch (thrown) {
      const error = describeError(thrown);
      if (!isSilent) publish('error', error);
      if (content.stop_on_error !== false) await abortPending();
      return { status: 'error', ...counted, ...error };
    }
  }

  async function abortPending(): Promise<void> {
    await setTimeout(abortMilliseconds);
    const kept = pending.splice(0);
    for (const request of kept) {
      if (request.type === 'execute_request') await reply(request, { status: 'aborted' });
      else pending.push(request);
    }
  }

  /** What a cell prints is that cell's, also while something else is asked beside it. */
  async function answer(request: Request, isBeside = false): Promise<void> {
    const { header } = request.frames;
    if (!isBeside) parentHeader = header;
    publish('status', { execution_state: 'busy' }, header);
    await reply(request, await contentFor(request));
    publish('status', { execution_state: 'idle' }, header);
    if (request.type !== 'shutdown_request') return;
    await sending;
    process.exit(0);
  }

  async function contentFor(request: Request): Promise<Readonly<Record<string, unknown>>> {
    const { type, content } = request;
    switch (type) {
      case 'kernel_info_request':
        return kernelInfo(language);
      case 'execute_request':
        return execute(request);
      case 'complete_request': {
        const cursor = Number(content.cursor_pos ?? 0);
        const { matches, start } = await evaluator.complete(String(content.code ?? ''), cursor);
        const span = { cursor_start: start, cursor_end: cursor };
        return { status: 'ok', matches, ...span, metadata: {} };
      }
      case 'inspect_request':
        return { status: 'ok', found: false, data: {}, metadata: {} };
      case 'is_complete_request':
        return { status: 'unknown' };
      case 'history_request':
        return { status: 'ok', history: [] };
      case 'comm_info_request':
        return { status: 'ok', comms: {} };
      case 'interrupt_request':
        evaluator.interrupt();
        return { status: 'ok' };
      case 'shutdown_request':
        return { status: 'ok', restart: content.restart === true };
      default:
        return { status: 'error', ename: 'UnknownRequest', evalue: type, traceback: [] };
    }
  }

  async function receive(socket: Router, take: (request: Request) => void): Promise<void> {
    for await (const parts of socket) {
      const end = parts.findIndex((part) => part.toString('latin1') === '<IDS|MSG>');
      try {
        const frames = decodeWireMessage(parts, signer);
        const { messageType: type } = parseHeader(frames.header);
        const content = parseContent(frames) ?? {};
        take({ socket, identities: parts.slice(0, end), frames, type, content });
      } catch {
        // Unsigned or malformed: not from our server.
      }
    }
  }

  const address = (port: number) =>
    connection.transport === 'ipc'
      ? `ipc://${connection.ip}-${port}`
      : `tcp://${connection.ip}:${port}`;
  await Promise.all([
    ...[shell.bind(address(connection.shell_port)), iopub.bind(address(connection.iopub_port))],
    ...[stdin.bind(address(connection.stdin_port)), heartbeat.bind(address(connection.hb_port))],
    control.bind(address(connection.control_port)),
  ]);
  publish('status', { execution_state: 'starting' });
  void receive(control, (request) => void answer(request, true));
  void receive(shell, (request) => {
    pending.push(request);
    wake();
  });
  void echo();
  for (;;) {
    const request = pending.shift();
    if (request !== undefined) await answer(request);
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  async function echo(): Promise<void> {
    for await (const parts of heartbeat) await heartbeat.send(parts);
  }
}

const kernelInfo = ({ name, mimeType, fileExtension }: KernelLanguage) => ({
  ...{ status: 'ok', protocol_version: messagingVersion, implementation: `strongroom-${name}` },
  ...{ implementation_version: '1.0', banner: `Node.js ${process.version}`, help_links: [] },
  language_info: {
    ...{ name, version: process.versions.node, mimetype: mimeType },
    ...{ file_extension: fileExtension, codemirror_mode: name, pygments_lexer: name },
  },
});

function describeError(thrown: unknown) {
  const isError = typeof thrown === 'object' && thrown !== null && 'message' in thrown;
  const { name = 'Error', message = '', stack = '' } = isError ? (thrown as Error) : {};
  const evalue = isError ? String(message) : String(thrown);
  const lines = stack === '' ? [`${name}: ${evalue}`] : String(stack).split('\n').slice(0, 20);
  return { ename: String(name), evalue, traceback: lines };
}
