import type { Server } from 'node:http';
import type { AgentEnvironment } from './environment.ts';
import { Router } from './http/router.ts';
import { createAgentServer } from './http/server.ts';
import { LanguageChoice } from './settings/language-choice.ts';

/** A composed agent: its server does not listen yet. */
export interface Agent {
  readonly server: Server;
  /** Changed when the control plane sends a `language` event. */
  readonly language: LanguageChoice;
  close(): Promise<void>;
}

/** The only place that constructs the agent's parts and gives them to each other. */
export function compose(environment: AgentEnvironment): Agent {
  const router = new Router();
  const language = new LanguageChoice(environment.language);
  const server = createAgentServer(router);
  return {
    server,
    language,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
