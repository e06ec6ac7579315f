import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { PageNotLoaded } from './lazy-page.ts';

interface CrashBoundaryProps {
  /** Where the page is: elsewhere it is tried anew. */
  readonly place?: string;
  readonly children: ReactNode;
}

interface CrashBoundaryState {
  readonly error: unknown;
  readonly place: string | undefined;
}

/** Shows a sentence in place of a blank page when a part of the console throws or cannot be loaded. */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashBoundaryState> {
  override state: CrashBoundaryState = { error: undefined, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<CrashBoundaryState> {
    return { error: error ?? 'unknown' };
  }

  static getDerivedStateFromProps(
    { place }: CrashBoundaryProps,
    state: CrashBoundaryState,
  ): CrashBoundaryState | null {
    return place === state.place ? null : { error: undefined, place };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const kind = error instanceof PageNotLoaded ? 'notLoaded' : 'crashed';
    return (
      <Alert
        type="error"
        header={i18next.t(`${kind}.title`)}
        action={
          <Button onClick={() => window.location.reload()}>{i18next.t('notLoaded.reload')}</Button>
        }
      >
        {i18next.t(`${kind}.text`)}
      </Alert>
    );
  }
}
