import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { KernelPage } from '../../testing/kernel-page.ts';
import { LocalControlPlane } from '../../testing/local-control-plane.ts';
import { startTestAgent } from '../../testing/test-agent.ts';

/** An agent that writes records at once, with an empty notebook and a kernel for it. */
export async function openNotebook() {
  const home = mkdtempSync(join(tmpdir(), 'executions-'));
  const path = 'work.ipynb';
  const file = join(home, path);
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] }));
  const controlPlane = new LocalControlPlane(home);
  const agent = await startTestAgent(
    { homeFolder: home },
    {
      channel: controlPlane.channel,
      flushTimes: { graceMilliseconds: 0, pauseMilliseconds: 0 },
    },
  );
  const body = { path, type: 'notebook', kernel: { name: 'python3' } };
  const session = (await agent.send('POST', '/api/sessions', { body })).json();
  const kernelId: string = session.kernel.id;

  const read = async () =>
    (await agent.send('GET', `/api/contents/${path}?content=1&hash=1`)).json();
  const openPage = () => KernelPage.open(agent.socketPath, kernelId);
  return {
    ...{ home, path, file, controlPlane, agent, kernelId, read, openPage },
    /** As a page does that opens the notebook. */
    async reopen() {
      const { content } = await read();
      const page = await openPage();
      const asked = { kernel_id: kernelId, session_id: page.sessionId };
      const answer = await agent.send('POST', '/api/strongroom/executions', { body: asked });
      expect(answer.status).toBe(204);
      return { cells: content.cells, page };
    },
    async close() {
      await agent.close();
      await controlPlane.close();
      rmSync(home, { recursive: true });
    },
  };
}

export type OpenNotebook = Awaited<ReturnType<typeof openNotebook>>;
