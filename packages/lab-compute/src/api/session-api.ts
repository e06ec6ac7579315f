import { ServerConnection, type Session } from '@jupyterlab/services';
import type { Choice } from '../model/choice.ts';
import { ComputeError } from './compute-error.ts';

export interface SessionApiOptions {
  readonly settings: ServerConnection.ISettings;
  readonly sessions: Pick<Session.IManager, 'refreshRunning'>;
}

/** Changes what a notebook runs on. */
export class SessionApi {
  readonly #options: SessionApiOptions;

  constructor(options: SessionApiOptions) {
    this.#options = options;
  }

  /**
   * The agent keeps the kernel before where it cannot have the new one. Lab's own change would leave the
   * session on any failure, and drops the code of the answer.
   */
  async changeKernel(sessionId: string, choice: Choice): Promise<void> {
    const { settings, sessions } = this.#options;
    const url = `${settings.baseUrl}api/sessions/${encodeURIComponent(sessionId)}`;
    const kernel = { name: choice.kernelName, instance_type: choice.instanceType };
    const request = { method: 'PATCH', body: JSON.stringify({ kernel }) };
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, request, settings);
    } catch {
      throw new ComputeError('Unreachable');
    }
    if (!response.ok) throw ComputeError.ofAgent(response.status, await bodyOf(response));
    // Lab's connection to the session follows what the server says of it.
    await sessions.refreshRunning();
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
