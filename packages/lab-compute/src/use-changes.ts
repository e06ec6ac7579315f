import type { ISignal } from '@lumino/signaling';
import { useEffect, useState } from 'react';

/** Renders again whenever the source has changed. */
export function useChanges<Source>(source: { readonly changed: ISignal<Source, void> }): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const render = () => setCount((count) => count + 1);
    source.changed.connect(render);
    // It may have changed between the first rendering and now.
    render();
    return () => {
      source.changed.disconnect(render);
    };
  }, [source]);
}
