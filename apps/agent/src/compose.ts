import type { Server } from 'node:http';
import { registerContents } from './contents/contents-routes.ts';
import { HomeFolder } from './contents/home-folder.ts';
import type { AgentEnvironment } from './environment.ts';
import { EventBus } from './events/event-bus.ts';
import { registerFiles } from './files/file-routes.ts';
import { Router } from './http/router.ts';
import { createAgentServer } from './http/server.ts';
import { registerIdentity } from './identity/identity-routes.ts';
import { registerNotebookConversion } from './nbconvert/conversion-routes.ts';
import { registerPathResolution } from './path-resolution/path-resolution-routes.ts';
import { registerServerConfig } from './server-config/server-config-routes.ts';
import { LanguageChoice } from './settings/language-choice.ts';
import { registerSettings } from './settings/setting-routes.ts';
import { registerStatus } from './status/status-routes.ts';
import { registerTranslations } from './translations/translation-routes.ts';
import { registerWorkspaces } from './workspaces/workspace-routes.ts';

/** A composed agent: its server does not listen yet. */
export interface Agent {
  readonly server: Server;
  /** Changed when the control plane sends a `language` event. */
  readonly language: LanguageChoice;
  /** After listening: reads what the first page will ask for. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** The only place that constructs the agent's parts and gives them to each other. */
export function compose(environment: AgentEnvironment): Agent {
  const { homeFolder, labFolder } = environment;
  const router = new Router();
  const language = new LanguageChoice(environment.language);
  const home = new HomeFolder(homeFolder);
  const events = new EventBus();

  const contents = registerContents(router, home);
  registerFiles(router, home);
  registerPathResolution(router, home);
  registerNotebookConversion(router, home);
  const settings = registerSettings(router, { homeFolder, labFolder, language });
  registerWorkspaces(router, homeFolder);
  registerTranslations(router, { labFolder, language });
  registerServerConfig(router, homeFolder);
  registerIdentity(router, environment);
  registerStatus(router, { source: { kernelCount: () => 0, connectionCount: () => 0 } });
  events.register(router);

  const server = createAgentServer(router);
  return {
    server,
    language,
    warmUp: () => settings.warmUp(),
    async close() {
      server.close();
      events.close();
      await contents.close();
      server.closeAllConnections();
    },
  };
}
