import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { HandleConnection } from '../studio-connection.ts';
import { HttpOnSockets, type HttpSiteOptions, recordAtEnd } from './http-on-sockets.ts';

export interface TlsSiteOptions extends HttpSiteOptions {
  /** Names that it answers to, in lower case; `*.` at the front stands for one label. */
  readonly hostNames: readonly string[];
  /** As it is now: certificates are renewed. */
  readonly certificate: () => { readonly chain: string; readonly privateKey: string };
}

const handshakeMilliseconds = 10_000;

/** An endpoint with TLS under the domain's own authority (RFC 8446; nothing older than TLS 1.2). */
export function tlsSite(options: TlsSiteOptions): HandleConnection {
  const http = new HttpOnSockets(options.answer);
  const contextOf = cachedContext(options.certificate);
  return (connection) => {
    const { socket, studio } = connection;
    const outcome: { isAccepted: boolean; name: string | undefined } = {
      ...{ isAccepted: false, name: undefined },
    };
    recordAtEnd(connection, options, outcome);
    const tls = new TLSSocket(socket, {
      ...{ isServer: true, minVersion: 'TLSv1.2', secureContext: contextOf() },
      SNICallback(name, done) {
        outcome.name = name.toLowerCase();
        const isOurs = options.hostNames.some((pattern) => matches(pattern, name.toLowerCase()));
        done(isOurs ? null : new Error(`No such name here: ${name}`), contextOf());
      },
    });
    const slow = setTimeout(() => socket.destroy(), handshakeMilliseconds);
    tls.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(slow);
      tls.destroy();
    });
    tls.once('secure', () => {
      clearTimeout(slow);
      // A client that names nobody could not have checked who answers.
      if (outcome.name === undefined) return void socket.destroy();
      outcome.isAccepted = true;
      http.serve(tls, studio);
    });
  };
}

function cachedContext(certificate: TlsSiteOptions['certificate']): () => SecureContext {
  let made: { chain: string; context: SecureContext } | undefined;
  return () => {
    const { chain, privateKey } = certificate();
    if (made?.chain !== chain) {
      made = { chain, context: createSecureContext({ cert: chain, key: privateKey }) };
    }
    return made.context;
  };
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return name === pattern;
  const [, ...parent] = name.split('.');
  return parent.join('.') === pattern.slice(2);
}
