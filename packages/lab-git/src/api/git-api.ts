import { ServerConnection } from '@jupyterlab/services';
import type { GitAnswer, GitOperationName, GitRequest } from '@strongroom/contracts';
import { GitError } from './git-error.ts';

/** Asks the agent; every failure is a `GitError`. */
export interface Git {
  ask<Name extends GitOperationName>(
    operation: Name,
    request: GitRequest<Name>,
  ): Promise<GitAnswer<Name>>;
}

/** Git as the studio's agent runs it, in the person's sandbox. */
export class GitApi implements Git {
  readonly #settings: ServerConnection.ISettings;

  constructor(settings: ServerConnection.ISettings) {
    this.#settings = settings;
  }

  async ask<Name extends GitOperationName>(
    operation: Name,
    request: GitRequest<Name>,
  ): Promise<GitAnswer<Name>> {
    const response = await this.#send(operation, request);
    const body = parse(await response.text());
    if (!response.ok) throw GitError.of(body);
    // The schema library is not part of Lab's first page.
    const { gitOperations } = await import('@strongroom/contracts');
    const answer = gitOperations[operation].answer.safeParse(body);
    if (!answer.success) throw new GitError('Unreachable');
    return answer.data as GitAnswer<Name>;
  }

  async #send(operation: string, request: unknown): Promise<Response> {
    const url = `${this.#settings.baseUrl}api/strongroom/git/${operation}`;
    const options = { method: 'POST', body: JSON.stringify(request) };
    try {
      return await ServerConnection.makeRequest(url, options, this.#settings);
    } catch {
      throw new GitError('Unreachable');
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
