import { chmodSync, chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentProcess, startAgentProcess } from '../testing/agent-process.ts';
import { sendRequest } from '../testing/test-agent.ts';

const nobody = 65534;

// Root is refused nothing: the agent must run as another user, which only root can arrange.
describe.skipIf(process.getuid?.() !== 0)('files the person may not change', () => {
  let agent: AgentProcess;

  beforeEach(async () => {
    agent = await startAgentProcess({ userId: nobody });
    for (const [name, mode] of [
      ['read-only.txt', 0o444],
      ['unreadable.txt', 0o000],
    ] as const) {
      writeFileSync(join(agent.home, name), 'old');
      chownSync(join(agent.home, name), nobody, nobody);
      chmodSync(join(agent.home, name), mode);
    }
  });

  afterEach(async () => {
    await agent.close();
  });

  const send = (method: string, path: string, body?: unknown) =>
    sendRequest({ socketPath: agent.socketPath, method, path, body });

  it('are shown as such, and a save does not replace them', async () => {
    const model = (await send('GET', '/api/contents/read-only.txt')).json();
    expect([model.writable, model.content]).toEqual([false, 'old']);
    const body = { type: 'file', format: 'text', content: 'new' };
    const answer = await send('PUT', '/api/contents/read-only.txt', body);
    expect([answer.status, answer.json().reason]).toEqual([403, 'Refused']);
    expect(readFileSync(join(agent.home, 'read-only.txt'), 'utf8')).toBe('old');
  });

  it('or read are refused with 403, and their folder is listed', async () => {
    expect((await send('GET', '/api/contents/unreadable.txt')).status).toBe(403);
    expect((await send('GET', '/files/unreadable.txt')).status).toBe(403);
    const { content } = (await send('GET', '/api/contents')).json();
    expect(content).toHaveLength(2);
  });
});
