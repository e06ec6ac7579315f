import { readFileSync, readdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { once } from 'node:events';
import { test } from 'vitest';
import { WebSocket } from 'ws';
import { Dealer, Subscriber } from 'zeromq';
import { createMessage, decodeV1Message, decodeWireMessage, encodeV1Message, encodeWireMessage, MessageSigner, parseHeader, parseParentHeader, parseContent, v1WebSocketProtocol } from '@strongroom/jupyter-protocol';
import { StandInControlPlane } from './support/stand-in-control-plane.ts';
import { sendRequest } from '../../apps/agent/src/testing/test-agent.ts';

const exec = (code: string) => createMessage({ type: 'execute_request', session: 'm', content: { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false } });
function quantiles(v: number[]) { const s = [...v].sort((a, b) => a - b); return { p50: s[s.length >> 1]?.toFixed(3), p95: s[Math.floor(s.length * .95)]?.toFixed(3), mean: (s.reduce((a, b) => a + b) / s.length).toFixed(3) }; }

test('measure', async () => {
  const out: unknown[] = [];
  const cp = await StandInControlPlane.start();
  out.push(['agent rss after start MB', cp.agentMemoryBytes() / 1e6]);
  const t0 = performance.now();
  const r = await sendRequest({ socketPath: cp.socketPath, method: 'POST', path: '/api/kernels', body: { name: 'python3' } });
  const tPost = performance.now() - t0;
  const id = r.json().id as string;
  const open = async () => {
    const ws = new WebSocket(`ws+unix://${cp.socketPath}:/api/kernels/${id}/channels?session_id=m`, [v1WebSocketProtocol], { perMessageDeflate: false });
    await once(ws, 'open');
    return ws;
  };
  const ws = await open();
  const waiting = new Map<string, { reply: boolean; idle: boolean; bytes: number; n: number; done: () => void }>();
  const take = (channel: string, frames: any) => {
    const p = parseParentHeader(frames.parentHeader); const w = p && waiting.get(p.messageId); if (!w) return;
    const h = parseHeader(frames.header);
    if (h.messageType === 'execute_reply') w.reply = true;
    if (h.messageType === 'stream') { w.bytes += frames.content.length; w.n++; }
    if (h.messageType === 'status' && parseContent(frames)?.execution_state === 'idle') w.idle = true;
    if (w.reply && w.idle) { waiting.delete(p.messageId); w.done(); }
  };
  ws.on('message', (d: Buffer) => { const m = decodeV1Message(d); take(m.channel, m.frames); });
  const run = (send: (f: any) => void, code: string) => new Promise<{ bytes: number; n: number }>((resolve) => {
    const f = exec(code); const w = { reply: false, idle: false, bytes: 0, n: 0, done: () => resolve(w) };
    waiting.set(parseHeader(f.header).messageId, w); send(f);
  });
  const viaWs = (f: any) => ws.send(encodeV1Message({ channel: 'shell', frames: f }));
  await run(viaWs, '1+1');
  out.push(['POST kernels ms', tPost.toFixed(1), 'POST to first result ms', (performance.now() - t0).toFixed(1)]);
  out.push(['agent rss with kernel MB', cp.agentMemoryBytes() / 1e6]);
  // raw
  const k = join(dirname(cp.socketPath), 'run/k'); const file = readdirSync(k).find((n) => n.endsWith('.json')) ?? '';
  const info = JSON.parse(readFileSync(join(k, file), 'utf8'));
  const signer = new MessageSigner(info.key);
  const shell = new Dealer(); const sub = new Subscriber(); sub.subscribe();
  shell.connect(`ipc://${info.ip}-1`); sub.connect(`ipc://${info.ip}-2`);
  for (const [s, c] of [[shell, 'shell'], [sub, 'iopub']] as const) void (async () => { for await (const parts of s) take(c, decodeWireMessage(parts, signer)); })();
  await new Promise((r) => setTimeout(r, 300));
  const viaRaw = (f: any) => { void shell.send(encodeWireMessage(f, signer)); };
  for (let round = 0; round < 3; round++) {
    for (const [name, send] of [['raw', viaRaw], ['agent', viaWs]] as const) {
      const times: number[] = [];
      for (let i = 0; i < 200; i++) { const t = performance.now(); await run(send, '1+1'); times.push(performance.now() - t); }
      out.push([name, quantiles(times)]);
    }
  }
  for (const [name, send] of [['raw', viaRaw], ['agent', viaWs]] as const) {
    for (const code of ["print('x' * 20_000_000)", 'for n in range(5_000): print(n, flush=True)']) {
      const t = performance.now(); const w = await run(send, code);
      out.push([name, code, (performance.now() - t).toFixed(0) + ' ms', w.bytes, w.n, 'rss', cp.agentMemoryBytes() / 1e6]);
    }
  }
  let t = performance.now();
  await sendRequest({ socketPath: cp.socketPath, method: 'POST', path: `/api/kernels/${id}/restart` });
  const tRestart = performance.now() - t;
  await run(viaWs, '1+1');
  out.push(['restart POST', tRestart.toFixed(0), 'to first result', (performance.now() - t).toFixed(0)]);
  t = performance.now();
  await sendRequest({ socketPath: cp.socketPath, method: 'DELETE', path: `/api/kernels/${id}` });
  out.push(['DELETE', (performance.now() - t).toFixed(0)]);
  const started = cp.nextKernelStart(); cp.send({ event: 'prepareKernel', kernelSpecName: 'python3' }); await started;
  await new Promise((r) => setTimeout(r, 1500));
  t = performance.now();
  const r2 = await sendRequest({ socketPath: cp.socketPath, method: 'POST', path: '/api/kernels', body: { name: 'python3' } });
  const id2 = r2.json().id as string;
  const ws2 = new WebSocket(`ws+unix://${cp.socketPath}:/api/kernels/${id2}/channels?session_id=m`, [v1WebSocketProtocol], { perMessageDeflate: false });
  await once(ws2, 'open'); ws2.on('message', (d: Buffer) => { const m = decodeV1Message(d); take(m.channel, m.frames); });
  await run((f) => ws2.send(encodeV1Message({ channel: 'shell', frames: f })), '1+1');
  out.push(['prepared: POST to first result', (performance.now() - t).toFixed(1)]);
  ws.close(); ws2.close(); shell.close(); sub.close();
  await cp.close();
  console.log(out.map((o) => JSON.stringify(o)).join('\n'));
}, 120000);
