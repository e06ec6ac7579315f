import type { AppUsage } from '@strongroom/contracts';

/** What a person is told of a notebook's kernel: never only that something turns. */
export type PickerState =
  | { readonly kind: 'queued'; readonly position: number; readonly appId: string }
  | {
      readonly kind:
        | 'none'
        | 'starting-sandbox'
        | 'starting-kernel'
        | 'restarting'
        | 'ready'
        | 'busy'
        | 'ending'
        | 'ended'
        | 'connecting'
        | 'disconnected';
    };

/** `status` is Lab's word for the kernel (`ISessionContext.kernelDisplayStatus`). */
export function pickerState(options: {
  readonly status: string;
  readonly hasKernel: boolean;
  readonly isChanging: boolean;
  readonly app: AppUsage | undefined;
}): PickerState {
  const { status, hasKernel, isChanging, app } = options;
  if (isChanging || status === 'starting' || status === 'initializing') return startOf(app);
  switch (status) {
    case 'restarting':
    case 'autorestarting':
      return app === undefined || app.stage === 'running' ? { kind: 'restarting' } : startOf(app);
    case 'idle':
      return { kind: 'ready' };
    case 'busy':
      return { kind: 'busy' };
    case 'dead':
      return { kind: 'ended' };
    case 'terminating':
      return { kind: 'ending' };
    case 'connecting':
      return { kind: 'connecting' };
    case 'disconnected':
      return { kind: 'disconnected' };
    default:
      return hasKernel ? startOf(app) : { kind: 'none' };
  }
}

function startOf(app: AppUsage | undefined): PickerState {
  switch (app?.stage) {
    case 'queued':
      return { kind: 'queued', position: app.queuePosition ?? 1, appId: app.appId };
    case 'starting-sandbox':
      return { kind: 'starting-sandbox' };
    case 'ending':
      return { kind: 'ending' };
    default:
      return { kind: 'starting-kernel' };
  }
}
