import Alert from '@cloudscape-design/components/alert';
import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

/** Shows a sentence in place of a blank page when a part of the console throws. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <Alert type="error" header={i18next.t('crashed.title')}>
        {i18next.t('crashed.text')}
      </Alert>
    );
  }
}
