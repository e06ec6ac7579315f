/**
 * Constants of the agent channel, apart from its schemas: the agent imports no zod, which would
 * cost each studio 30 ms at its start and 8 MB.
 */

/** The listening socket (created by the control plane, inherited) that the agent serves HTTP on. */
export const agentListenDescriptor = 3;
export const agentChannelDescriptor = 4;

/**
 * The agent channel: newline-delimited JSON over the stream socket that the agent inherits as
 * descriptor 4. Which descriptor a line arrives on tells the control plane whose it is, so no
 * message carries an identity and none could forge one. The control plane treats every line as
 * hostile: longer than the limit, unparsable or unknown ends the agent.
 */
export const agentChannelMaximumLineBytes = 256 * 1024;
