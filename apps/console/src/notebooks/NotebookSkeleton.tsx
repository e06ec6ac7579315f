import { Loading } from '../shell/Loading.tsx';

const lines = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Where a notebook will be: the shape of cells, so that nothing jumps when it comes. */
export function NotebookSkeleton({ label }: { readonly label: string }) {
  return (
    <div className="notebook-skeleton">
      <Loading label={label} />
      {lines.map((line) => (
        <div key={line} className="notebook-skeleton-cell" aria-hidden="true" />
      ))}
    </div>
  );
}
