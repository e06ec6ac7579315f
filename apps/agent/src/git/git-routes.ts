import type { HomeFolder } from '../contents/home-folder.ts';
import type { Router } from '../http/router.ts';
import type { GitService } from './git-service.ts';

export interface GitRoutesOptions {
  readonly home: HomeFolder;
  /** What the person's own programs inherit. */
  readonly inherited: Readonly<Record<string, string>>;
  /** The program of `git-notebook-main.ts`, as a shell reads it; the one beside the agent's by default. */
  readonly notebookCommand?: string | undefined;
}

/**
 * `POST /api/strongroom/git/<operation>` (packages/contracts, git-api.ts). All of it is loaded with the
 * first request: a studio whose person uses no Git starts without it.
 */
export function registerGit(router: Router, options: GitRoutesOptions): { close(): Promise<void> } {
  let service: Promise<GitService> | undefined;
  router.on('POST', '/api/strongroom/git/:operation', async (exchange) => {
    service ??= import('./git-service.ts').then((module) => new module.GitService(options));
    await (await service).answer(exchange);
  });
  return {
    async close() {
      await (await service)?.close();
    },
  };
}
