/**
 * Where things are inside a studio's sandboxes. The control plane mounts them there, the agent
 * reads them there; nothing else is shared.
 */
export const sandboxPaths = {
  /** Read-write, shared by the agent and its kernels: connection files and kernel sockets. */
  runtimeFolder: '/run/strongroom',
  /** Read-only: the Node.js binary. */
  node: '/opt/strongroom/bin/node',
  /** Read-only: the agent's bundle (`main.js`, `files.js`, Git's credential helper, native add-ons). */
  agentFolder: '/opt/strongroom/agent',
  /** Read-only: Lab's settings schemas (`schemas/`) and our translations (`translations/<locale>.json`). */
  labFolder: '/opt/strongroom/lab',
} as const;

/** The environment variables the agent is started with (its whole environment). */
export const agentEnvironmentNames = {
  profileName: 'STRONGROOM_PROFILE_NAME',
  displayName: 'STRONGROOM_DISPLAY_NAME',
  language: 'STRONGROOM_LANGUAGE',
  imageName: 'STRONGROOM_IMAGE_NAME',
  instanceType: 'STRONGROOM_INSTANCE_TYPE',
  home: 'HOME',
  /** What terminals get as `NODE_EXTRA_CA_CERTS`: the agent speaks no TLS, and Node.js would load it at once. */
  nodeExtraCaCerts: 'STRONGROOM_NODE_EXTRA_CA_CERTS',
} as const;
