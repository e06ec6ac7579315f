export * from './agent-channel.ts';
export * from './agent-descriptors.ts';
export * from './agent-environment.ts';
export * from './console-api.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './operator-api.ts';
export * from './studio-api.ts';
