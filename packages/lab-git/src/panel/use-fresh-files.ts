import { useEffect } from 'react';
import type { GitModel } from '../model/git-model.ts';

/** Loads at once, and again whenever the files may have changed. `load`: the same function while it loads the same. */
export function useFreshFiles(model: Pick<GitModel, 'filesTouched'>, load: () => void): void {
  useEffect(() => {
    load();
    model.filesTouched.connect(load);
    window.addEventListener('focus', load);
    return () => {
      model.filesTouched.disconnect(load);
      window.removeEventListener('focus', load);
    };
  }, [model, load]);
}
