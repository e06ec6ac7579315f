import { isAbsolute } from 'node:path';
import { agentEnvironmentNames, type Language, sandboxPaths } from '@strongroom/contracts';

/** Everything the agent is told when it starts. */
export interface AgentEnvironment {
  readonly profileName: string;
  readonly displayName: string;
  readonly language: Language;
  readonly imageName: string;
  readonly instanceType: string;
  /** Absolute; the root of the contents API. */
  readonly homeFolder: string;
  /** Absolute; holds `schemas/` and `translations/`. */
  readonly labFolder: string;
  /** Absolute; shared with the kernels. */
  readonly runtimeFolder: string;
  /** A unix socket's path to listen on instead of the inherited descriptor (tests, development). */
  readonly socketPath: string | undefined;
  /** What a terminal's shell inherits: everything but what is meant for the agent itself. */
  readonly shellEnvironment: Readonly<Record<string, string>>;
}

/** The only place of the agent that reads environment variables. Throws naming the variable. */
export function readEnvironment(variables: NodeJS.ProcessEnv): AgentEnvironment {
  const names = agentEnvironmentNames;
  const homeFolder = variables[names.home];
  if (homeFolder === undefined || !isAbsolute(homeFolder)) {
    throw new Error(`Cannot start the agent: ${names.home} must be an absolute path`);
  }
  const profileName = variables[names.profileName] ?? 'person';
  const nodeExtraCaCerts = variables[names.nodeExtraCaCerts];
  return {
    profileName,
    displayName: variables[names.displayName] ?? profileName,
    language: variables[names.language] === 'ko' ? 'ko' : 'en',
    imageName: variables[names.imageName] ?? '',
    instanceType: variables[names.instanceType] ?? '',
    homeFolder,
    labFolder: variables.STRONGROOM_LAB_FOLDER ?? sandboxPaths.labFolder,
    runtimeFolder: variables.STRONGROOM_RUNTIME_FOLDER ?? sandboxPaths.runtimeFolder,
    socketPath: variables.STRONGROOM_AGENT_SOCKET,
    shellEnvironment: {
      ...Object.fromEntries(
        Object.entries(variables).filter(
          (variable): variable is [string, string] =>
            variable[1] !== undefined && !variable[0].startsWith('STRONGROOM_'),
        ),
      ),
      ...(nodeExtraCaCerts === undefined ? {} : { NODE_EXTRA_CA_CERTS: nodeExtraCaCerts }),
    },
  };
}
