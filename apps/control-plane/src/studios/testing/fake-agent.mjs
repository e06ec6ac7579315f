// The smallest program that keeps an agent's side of the bargain, with a few bad habits on request.
// It runs in a real sandbox, in the agent's place.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Socket } from 'node:net';

const channel = new Socket({ fd: 4, readable: true, writable: true });
const events = [];
const answers = new Map();
let received = '';
channel.on('data', (chunk) => {
  const lines = (received + chunk).split('\n');
  received = lines.pop();
  for (const message of lines.map((line) => JSON.parse(line))) {
    if ('event' in message) events.push(message);
    else answers.get(message.id)?.(message);
    if (message.event === 'shutdown') process.exit(0);
  }
});

const tell = (message) => channel.write(`${JSON.stringify(message)}\n`);
let lastId = 0;
const ask = (method, params) =>
  new Promise((resolve) => {
    lastId += 1;
    answers.set(lastId, resolve);
    tell({ id: lastId, method, params });
  });

const habits = {
  crash: () => process.kill(process.pid, 'SIGKILL'),
  'send-nonsense': () => channel.write('{"notice":"promoted"}\n'),
  'send-endless-line': () => channel.write('x'.repeat(1024 * 1024)),
};

let silentRequests = 0;
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://studio');
  const [, , name] = url.pathname.split('/');
  const body = [];
  for await (const chunk of request) body.push(chunk);
  const input = body.length > 0 ? JSON.parse(Buffer.concat(body)) : undefined;
  const send = (value) => response.end(JSON.stringify(value));
  if (name === 'silence') {
    silentRequests += 1;
    return;
  }
  if (name === 'silent-requests') return send(silentRequests);
  if (name in habits) return send(habits[name]());
  if (name === 'environment') return send(process.env);
  if (name === 'events') return send(events);
  if (name === 'ask') return send(await ask(input.method, input.params));
  if (name === 'tell') return send(tell(input));
  if (name === 'read') return send(readFileSync(input.path, 'utf8'));
  if (name === 'write') return send(writeFileSync(input.path, input.text));
  if (name === 'run') {
    spawn('/bin/sh', ['-c', input.script]).once('exit', (exitCode) => send({ exitCode }));
    return;
  }
  send({ path: request.url, headers: request.headers });
});

const wish = readFileSync(new URL('./wish', import.meta.url), 'utf8').trim();
if (wish === 'end-at-once') {
  console.error('a library is missing');
  process.exit(3);
}
server.listen({ fd: 3 }, () => {
  if (wish !== 'say-nothing') tell({ notice: 'ready' });
});
