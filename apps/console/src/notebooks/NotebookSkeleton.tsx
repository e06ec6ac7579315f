import StatusIndicator from '@cloudscape-design/components/status-indicator';

const lines = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Where a notebook will be: the shape of cells, so that nothing jumps when it comes. */
export function NotebookSkeleton({ label }: { readonly label: string }) {
  return (
    <div className="notebook-skeleton">
      <StatusIndicator type="loading">{label}</StatusIndicator>
      {lines.map((line) => (
        <div key={line} className="notebook-skeleton-cell" aria-hidden="true" />
      ))}
    </div>
  );
}
