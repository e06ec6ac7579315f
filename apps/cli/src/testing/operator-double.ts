import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createProgram } from '../program.ts';

/** A control plane that answers each question of the command line tool as a test says. */
export async function openOperatorDouble(answers: Readonly<Record<string, unknown>>) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'strongroom-cli-'));
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (body !== '') bodies.push(JSON.parse(body));
    response.end(JSON.stringify(answers[`${request.method} ${request.url}`]));
  });
  await new Promise<void>((resolve) => server.listen(join(dataFolder, 'operator.sock'), resolve));
  return {
    dataFolder,
    /** What was sent, in order. */
    bodies,
    async run(...words: string[]): Promise<{ status: number; lines: string[] }> {
      const lines: string[] = [];
      const program = createProgram({ print: (line) => lines.push(line), hasColors: false });
      const all = ['node', 'strongroom', ...words, '--data-folder', dataFolder];
      const status = await program.run(all);
      return { status, lines: lines.flatMap((line) => line.split('\n')) };
    },
    async close(): Promise<void> {
      await new Promise((resolve) => server.close(resolve));
      await rm(dataFolder, { recursive: true });
    },
  };
}
