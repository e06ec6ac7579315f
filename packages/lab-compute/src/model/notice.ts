import type { ComingEnd } from './coming-end.ts';

/** What a notebook tells above its cells. None keeps anybody from working on. */
export type Notice =
  | { readonly kind: 'out-of-memory'; readonly text: string }
  /** It ended by itself and was started again. */
  | { readonly kind: 'restarted'; readonly text: string }
  /** It is not started again by itself. */
  | { readonly kind: 'ended'; readonly text: string }
  /** Another kernel or instance type was asked for and could not be had. */
  | { readonly kind: 'not-changed'; readonly error: unknown }
  /** Something that was asked for from a notice did not work. */
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'coming-end'; readonly end: ComingEnd; readonly appId: string }
  | {
      readonly kind: 'memory';
      readonly level: 'high' | 'critical';
      readonly usedBytes: number;
      readonly limitBytes: number;
    }
  | { readonly kind: 'newer-image'; readonly imageName: string };
