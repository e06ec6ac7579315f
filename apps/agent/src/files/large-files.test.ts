import { createHash } from 'node:crypto';
import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentProcess, startAgentProcess } from '../testing/agent-process.ts';
import { sendRequest } from '../testing/test-agent.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

let agent: AgentProcess;

beforeEach(async () => {
  agent = await startAgentProcess();
});

afterEach(async () => {
  await agent.close();
});

/** Receives without keeping, and watches how large the agent becomes meanwhile. */
async function download(path: string): Promise<{ sizeBytes: number; peakBytes: number }> {
  return await new Promise((resolve, reject) => {
    let sizeBytes = 0;
    let peakBytes = 0;
    request({ socketPath: agent.socketPath, path }, (response) => {
      response.on('data', (chunk: Buffer) => {
        const before = Math.floor(sizeBytes / (32 * mebibyte));
        sizeBytes += chunk.length;
        if (Math.floor(sizeBytes / (32 * mebibyte)) > before) {
          peakBytes = Math.max(peakBytes, agent.residentBytes());
        }
      });
      response.on('end', () => resolve({ sizeBytes, peakBytes }));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

describe('large files', () => {
  it('go down without being held in memory: 1 GiB', async () => {
    writeFileSync(join(agent.home, 'big.bin'), '');
    truncateSync(join(agent.home, 'big.bin'), gibibyte);
    const startBytes = agent.residentBytes();
    const { sizeBytes, peakBytes } = await download('/files/big.bin');
    expect(sizeBytes).toBe(gibibyte);
    expect(peakBytes).toBeGreaterThan(0);
    expect(peakBytes - startBytes).toBeLessThan(96 * mebibyte);
  });

  it('go up in chunks without being held in memory', async () => {
    const chunkCount = 256;
    const content = Buffer.alloc(mebibyte, 'strongroom');
    const startBytes = agent.residentBytes();
    let peakBytes = 0;
    let lastStatus = 0;
    for (let number = 1; number <= chunkCount; number += 1) {
      const answer = await sendRequest({
        socketPath: agent.socketPath,
        method: 'PUT',
        path: '/api/contents/big.bin',
        body: {
          type: 'file',
          format: 'base64',
          chunk: number === chunkCount ? -1 : number,
          content: content.toString('base64'),
        },
      });
      expect(answer.status).toBeLessThan(300);
      lastStatus = answer.status;
      peakBytes = Math.max(peakBytes, agent.residentBytes());
    }
    const hash = createHash('sha256');
    for (let number = 0; number < chunkCount; number += 1) hash.update(content);
    const model = await sendRequest({
      socketPath: agent.socketPath,
      method: 'GET',
      path: '/api/contents/big.bin?content=0&hash=1',
    });
    expect(lastStatus).toBe(201);
    expect(model.json().hash).toBe(hash.digest('hex'));
    expect(statSync(join(agent.home, 'big.bin')).size).toBe(chunkCount * mebibyte);
    expect(peakBytes - startBytes).toBeLessThan(128 * mebibyte);
  });
});
