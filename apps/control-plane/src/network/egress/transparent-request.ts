import type { ReadGateRequest } from './gate-request.ts';
import { formOfPort } from './read-named.ts';

/**
 * Where a connection that was made straight to an address wants to go. The address says it: our own
 * resolver gave it for one name. What the connection itself names must be the same.
 */
export const readTransparentRequest: ReadGateRequest = async (connection, limits, readNamed) => {
  const { socket, destinationAddress, destinationPort: port, resolvedName } = connection;
  // An address that was never given for a name is a name of its own, which only `open` allows.
  const name = resolvedName ?? destinationAddress;
  const read = await readNamed(
    socket,
    { name, port, isLiteral: resolvedName === undefined },
    limits,
  );
  return 'refusal' in read ? read : { name, port, form: formOfPort(port), first: read.first };
};
