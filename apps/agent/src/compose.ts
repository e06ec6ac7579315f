import type { Server } from 'node:http';
import type { ControlPlaneChannel } from './channel/control-plane-channel.ts';
import { registerContents } from './contents/contents-routes.ts';
import { HomeFolder } from './contents/home-folder.ts';
import { NotebookTrust } from './contents/notebook-trust.ts';
import type { AgentEnvironment } from './environment.ts';
import { EventBus } from './events/event-bus.ts';
import { ExecutionRecords } from './executions/execution-records.ts';
import { registerExecutions } from './executions/execution-routes.ts';
import type { FlushTimes } from './executions/flush-timer.ts';
import { NotebookFile } from './executions/notebook-file.ts';
import { registerFiles } from './files/file-routes.ts';
import { registerGit } from './git/git-routes.ts';
import { Router } from './http/router.ts';
import { createAgentServer } from './http/server.ts';
import { registerIdentity } from './identity/identity-routes.ts';
import { InTurn } from './in-turn.ts';
import { NotebookJobs } from './jobs/notebook-jobs.ts';
import { ChannelKernelHost } from './kernels/kernel-host-channel.ts';
import { kernelNoticesIn } from './kernels/kernel-notices.ts';
import { registerKernels } from './kernels/kernel-routes.ts';
import { type KernelTimes, kernelTimes } from './kernels/kernel-times.ts';
import { Kernels } from './kernels/kernels.ts';
import { registerKernelSpecs } from './kernelspecs/kernel-spec-routes.ts';
import { KernelSpecs } from './kernelspecs/kernel-specs.ts';
import { OfferedKernels } from './kernelspecs/offered-kernels.ts';
import { logFailure } from './log-failure.ts';
import { registerNotebookConversion } from './nbconvert/conversion-routes.ts';
import { registerPathResolution } from './path-resolution/path-resolution-routes.ts';
import { registerServerConfig } from './server-config/server-config-routes.ts';
import { registerSessions } from './sessions/session-routes.ts';
import { Sessions } from './sessions/sessions.ts';
import { LanguageChoice } from './settings/language-choice.ts';
import { registerSettings } from './settings/setting-routes.ts';
import { registerShareSource } from './sharing/share-source-routes.ts';
import { ActivityNotices } from './status/activity-notices.ts';
import { registerStatus } from './status/status-routes.ts';
import { registerTerminals } from './terminals/terminal-routes.ts';
import { Terminals } from './terminals/terminals.ts';
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

export interface ComposeOptions {
  /** Without it the agent starts no kernel and tells nobody of its activity. */
  readonly channel?: ControlPlaneChannel | undefined;
  readonly kernelTimes?: KernelTimes;
  readonly flushTimes?: FlushTimes;
  /** Where the notebook program of Git is elsewhere than beside the agent's own. */
  readonly notebookCommand?: string | undefined;
}

/** The only place that constructs the agent's parts and gives them to each other. */
export function compose(environment: AgentEnvironment, options: ComposeOptions = {}): Agent {
  const { homeFolder, labFolder } = environment;
  const { channel } = options;
  const router = new Router();
  const language = new LanguageChoice(environment.language);
  const home = new HomeFolder(homeFolder);
  const events = new EventBus();

  const trust = new NotebookTrust(home.root);
  const writes = new InTurn();
  const records = new ExecutionRecords({
    file: new NotebookFile({ home, trust, writes }),
    pathsOf: (kernelId) => sessions.notebookPathsOf(kernelId),
    shortenedText: (limitBytes) => kernelNoticesIn(language.current).recordShortened(limitBytes),
    ...(options.flushTimes && { times: options.flushTimes }),
  });
  const contents = registerContents(router, { home, trust, writes, watcher: records });
  registerFiles(router, home);
  registerShareSource(router, home);
  registerPathResolution(router, home);
  registerNotebookConversion(router, home);
  const settings = registerSettings(router, { homeFolder, labFolder, language });
  registerWorkspaces(router, homeFolder);
  registerTranslations(router, { labFolder, language });
  registerServerConfig(router, homeFolder);
  registerIdentity(router, environment);
  const git = registerGit(router, {
    home,
    inherited: environment.shellEnvironment,
    notebookCommand: options.notebookCommand,
  });

  const specs = new KernelSpecs({
    homeFolder,
    imageName: environment.imageName,
    offered: new OfferedKernels(channel),
  });
  registerKernelSpecs(router, specs);
  const activity = new ActivityNotices(() => {
    channel?.notify({
      notice: 'activity',
      kernelCount: kernels.count + jobs.count,
      terminalCount: terminals.count,
      busyKernelIds: [...kernels.busyIds(), ...jobs.kernelIds()],
    });
  });
  const tellActivity = () => activity.now();
  const kernels = new Kernels({
    specs,
    homeFolder,
    host: new ChannelKernelHost(channel),
    runtimeFolder: environment.runtimeFolder,
    instanceType: environment.instanceType,
    inherited: environment.shellEnvironment,
    times: options.kernelTimes ?? kernelTimes,
    notices: () => kernelNoticesIn(language.current),
    observer: records,
    onWork: () => activity.soon(),
    onChange: tellActivity,
  });
  const jobs = new NotebookJobs({
    ...{ home, kernels, onChange: tellActivity },
    notices: () => kernelNoticesIn(language.current),
    tell: (notice) => channel?.notify(notice),
  });
  channel?.on('runNotebook', ({ request }) => {
    jobs.run(request).catch((error: unknown) => logFailure('Cannot run a notebook', error));
  });
  channel?.on('cancelNotebook', ({ jobId }) => {
    jobs.cancel(jobId).catch((error: unknown) => logFailure('Cannot cancel a notebook', error));
  });
  const kernelWebSockets = registerKernels(router, { kernels, homeFolder });
  const sessions = new Sessions({ kernels, home });
  registerSessions(router, sessions);
  registerExecutions(router, { kernels, records });
  const terminals = new Terminals({
    environment: environment.shellEnvironment,
    onChange: tellActivity,
  });
  const terminalWebSockets = registerTerminals(router, { terminals, homeFolder });
  channel?.on('prepareKernel', ({ kernelSpecName: specName, count = 1, isKept = false }) =>
    kernels.prepare({ specName, count, isKept }),
  );
  channel?.on('kernelsChanged', () => {
    kernels
      .renewPrepared()
      .catch((error: unknown) => logFailure('Cannot renew the prepared kernels', error));
  });
  channel?.on('language', (event) => language.change(event.language));
  registerStatus(router, {
    source: {
      kernelCount: () => kernels.count,
      connectionCount: () => kernels.connectionCount,
    },
  });
  events.register(router);

  const server = createAgentServer(router);
  return {
    server,
    language,
    warmUp: () => settings.warmUp(),
    async close() {
      server.close();
      events.close();
      activity.close();
      await Promise.all([records.close(), jobs.close()]);
      await Promise.all([contents.close(), kernels.close(), terminals.close(), git.close()]);
      kernelWebSockets.close();
      terminalWebSockets.close();
      server.closeAllConnections();
    },
  };
}
