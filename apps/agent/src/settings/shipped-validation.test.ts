import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startAgentProcess } from '../testing/agent-process.ts';
import { sendRequest } from '../testing/test-agent.ts';

// What is loaded lazily behaves otherwise once it is bundled: this asks the agent that is shipped.
it('the built agent checks settings and keeps them', async () => {
  const labFolder = mkdtempSync(join(tmpdir(), 'lab-test-'));
  mkdirSync(join(labFolder, 'schemas/demo'), { recursive: true });
  const schema = { type: 'object', properties: { size: { type: 'integer' } } };
  writeFileSync(join(labFolder, 'schemas/demo/plugin.json'), JSON.stringify(schema));
  const agent = await startAgentProcess({ labFolder });
  const save = (raw: string) =>
    sendRequest({
      socketPath: agent.socketPath,
      method: 'PUT',
      path: '/lab/api/settings/demo:plugin',
      body: { raw },
    });
  expect((await save('{size: 2, /* JSON5 */}')).status).toBe(204);
  expect((await save('{size: "large"}')).status).toBe(400);
  expect((await save('{')).status).toBe(400);
  await agent.close();
  rmSync(labFolder, { recursive: true });
});
