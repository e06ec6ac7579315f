import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { errorBodySchema } from '@strongroom/contracts';

export interface OperatorQuestion {
  readonly method: 'DELETE' | 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

const socketName = 'operator.sock';

/**
 * Asks the control plane on the socket in its data folder. Who may open that socket may ask.
 *
 * @throws {Error} with a sentence for the terminal
 */
export async function askOperator<Answer>(
  dataFolder: string,
  question: OperatorQuestion,
  answerSchema: { parse(body: unknown): Answer },
): Promise<Answer> {
  const folder = await open(dataFolder, 'r').catch((error: unknown) => {
    throw new Error(`Cannot open the data folder "${dataFolder}": ${codeOf(error)}`);
  });
  try {
    // A socket's address holds 107 bytes (unix(7)); this one is short however deep the folder lies.
    const socketPath = `/proc/self/fd/${folder.fd}/${socketName}`;
    const { status, body } = await ask(socketPath, question).catch((error: unknown) => {
      throw new Error(explainUnreachable(dataFolder, codeOf(error)));
    });
    if (status === 200) return answerSchema.parse(body);
    const refusal = errorBodySchema.safeParse(body);
    throw new Error(refusal.success ? refusal.data.error.message : `Refused with status ${status}`);
  } finally {
    await folder.close();
  }
}

function ask(
  socketPath: string,
  { method, path, body }: OperatorQuestion,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    request({ socketPath, method, path, agent: false }, (response) => {
      text(response)
        .then((answer) => {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) });
        })
        .catch(reject);
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function explainUnreachable(dataFolder: string, code: string): string {
  const where = `Cannot reach the control plane in "${dataFolder}"`;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return `${where}: it is not running`;
  if (code === 'EACCES') return `${where}: only the user that started it may`;
  return `${where}: ${code}`;
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return String(error);
}
