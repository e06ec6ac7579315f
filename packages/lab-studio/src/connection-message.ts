import type { Connection } from './connection-monitor.ts';

/** The part of Lab's translation bundle that texts need. */
export interface Translate {
  __(text: string, ...values: string[]): string;
}

export interface ConnectionMessage {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Finds the failure in the control plane's log. */
  readonly reference: string;
  readonly offersConsole: boolean;
}

/** What a person reads when the studio is gone: why, and what to do. */
export function connectionMessage(
  connection: Exclude<Connection, { state: 'Connected' }>,
  trans: Translate,
): ConnectionMessage {
  const unsaved = trans.__('What is on this page stays as it is until you close it.');
  switch (connection.state) {
    case 'SignedOut':
      return {
        title: trans.__('You were signed out'),
        paragraphs: [
          trans.__('Your session ended, so the studio no longer answers this page.'),
          trans.__(
            'Sign in at the console and launch your studio there. This page then goes on where it was.',
          ),
          unsaved,
        ],
        reference: '',
        offersConsole: true,
      };
    case 'Refused':
      return {
        title: trans.__('This studio is closed to you'),
        paragraphs: [
          trans.__(
            'Strongroom refuses this studio to your account. An administrator of the domain can say why.',
          ),
          unsaved,
        ],
        reference: connection.failure?.reference ?? '',
        offersConsole: true,
      };
    case 'StudioStopped':
      return {
        title: trans.__('Your studio has stopped'),
        paragraphs: [
          stoppedReason(connection.failure?.code, trans),
          trans.__(
            'Launch it from the console, then choose Try Again. Saved files are safe; variables in notebooks are gone.',
          ),
          unsaved,
        ],
        reference: connection.failure?.reference ?? '',
        offersConsole: true,
      };
    case 'Unreachable':
      return {
        title: trans.__('Strongroom cannot be reached'),
        paragraphs: [
          trans.__(
            'Neither the studio nor the console answers. The network may be down, or Strongroom is being restarted.',
          ),
          trans.__('This page keeps trying and goes on by itself.'),
          unsaved,
        ],
        reference: '',
        offersConsole: false,
      };
  }
}

function stoppedReason(code: string | undefined, trans: Translate): string {
  switch (code) {
    case 'ServerDidNotStart':
      return trans.__('Its server did not start.');
    case 'SandboxUnavailable':
      return trans.__('This machine could not open a sandbox for it.');
    case 'DiskFull':
      return trans.__('The disk is full.');
    default:
      return trans.__('It was stopped, or its server ended.');
  }
}
