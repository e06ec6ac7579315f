import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** What is soon there does not begin to turn: drawing that takes time from what is waited for. */
export function Loading({ label }: { readonly label: string }) {
  return (
    <div className="loading">
      <StatusIndicator type="loading">{label}</StatusIndicator>
    </div>
  );
}
