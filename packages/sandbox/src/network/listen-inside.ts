import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket as DatagramSocket } from 'node:dgram';
import { type FileHandle, open } from 'node:fs/promises';
import type { Server } from 'node:net';
import type { HostSetup } from '../host-setup.ts';
import { SandboxError } from '../sandbox-error.ts';
import { asUser } from './as-user.ts';
import type { ListeningPorts, StudioListeners } from './studio-network.ts';

interface Namespace {
  readonly setup: HostSetup;
  readonly hostUid: number | undefined;
  readonly holderPid: number;
}

/**
 * What the child runs, in Node.js's own words: it opens each port on every address of both families
 * and hands it over. INVARIANT: it closes its own copy when that is done, or the two processes would
 * share the connections between them.
 */
const childProgram = `
const { createServer } = require('node:net');
const { createSocket } = require('node:dgram');
const { tcp, udp } = JSON.parse(process.argv[1]);
const failed = (error) => { process.send({ failed: String(error.message) }); };
const handOver = (protocol, port, socket) =>
  process.send({ protocol, port }, socket, {}, (error) => { if (error) failed(error); socket.close(); });
for (const port of tcp) {
  const server = createServer();
  server.on('error', failed);
  server.listen({ port, host: '::' }, () => handOver('tcp', port, server));
}
for (const port of udp) {
  const socket = createSocket({ type: 'udp6', recvBufferSize: 1048576 });
  socket.on('error', failed);
  socket.bind(port, '::', () => handOver('udp', port, socket));
}
process.on('disconnect', () => process.exit());
`;

/** The descriptor that the child finds its own program under, wherever the operator keeps Node.js. */
const nodeDescriptor = 4;
const timeoutMilliseconds = 10_000;

/**
 * Listens inside a studio's network, for this process: only a process in there may open the ports,
 * and it hands them out of there.
 *
 * @throws {SandboxError} `NetworkUnavailable`
 */
export async function listenInside(
  namespace: Namespace,
  ports: ListeningPorts,
): Promise<StudioListeners> {
  const node = await open(process.execPath, 'r');
  const tcp = new Map<number, Server>();
  const udp = new Map<number, DatagramSocket>();
  const close = () => {
    for (const server of tcp.values()) server.close();
    for (const socket of udp.values()) socket.close();
    tcp.clear();
    udp.clear();
  };
  const child = startChild(namespace, ports, node);
  try {
    await receiveAll(child, ports, { tcp, udp });
    return { tcp, udp, close };
  } catch (error) {
    close();
    throw new SandboxError('NetworkUnavailable', "Cannot listen in a studio's network", {
      cause: error,
    });
  } finally {
    if (child.connected) child.disconnect();
    await node.close();
  }
}

function startChild(
  { setup, hostUid, holderPid }: Namespace,
  ports: ListeningPorts,
  node: FileHandle,
): ChildProcess {
  const { nsenter, setpriv } = setup.tools;
  const enter = [
    ...[nsenter, '--preserve-credentials'],
    ...[`--user=/proc/${holderPid}/ns/user`, `--net=/proc/${holderPid}/ns/net`, '--'],
    ...[`/proc/self/fd/${nodeDescriptor}`, '--eval', childProgram, '--', JSON.stringify(ports)],
  ];
  const command = setup.mode === 'root' ? [setpriv, ...asUser(hostUid), ...enter] : enter;
  const [program = nsenter, ...commandArguments] = command;
  return spawn(program, commandArguments, {
    env: {},
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', node.fd],
  });
}

interface Received {
  readonly tcp: Map<number, Server>;
  readonly udp: Map<number, DatagramSocket>;
}

interface HandedOver {
  readonly protocol?: 'tcp' | 'udp';
  readonly port?: number;
  readonly failed?: string;
}

function receiveAll(child: ChildProcess, ports: ListeningPorts, received: Received): Promise<void> {
  const wanted = ports.tcp.length + ports.udp.length;
  return new Promise((resolve, reject) => {
    let standardError = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      standardError = (standardError + text).slice(-4096);
    });
    const giveUp = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(why));
    };
    const timer = setTimeout(() => giveUp('it took too long'), timeoutMilliseconds);
    child.once('error', (error) => giveUp(error.message));
    child.once('close', () => giveUp(standardError.trim() || 'the process in there ended'));
    child.on('message', ({ protocol, port = 0, failed }: HandedOver, handle) => {
      if (failed !== undefined) return giveUp(failed);
      if (protocol === 'tcp') received.tcp.set(port, prepare(handle as Server));
      else received.udp.set(port, handle as DatagramSocket);
      if (received.tcp.size + received.udp.size < wanted) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Whoever takes a connection decides when its first byte is read, and when our half of it ends: a
 * program that has sent all it has (`nc -N`, git, ssh) waits for the answer on the other half.
 */
function prepare(server: Server): Server {
  return Object.assign(server, { pauseOnConnect: true, allowHalfOpen: true });
}
