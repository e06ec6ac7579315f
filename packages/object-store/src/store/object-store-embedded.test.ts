import { objectStoreContract } from '../testing/object-store-contract.ts';
import { openTestStore, operator } from '../testing/test-store.ts';

objectStoreContract('embedded', async () => {
  const minimumPartBytes = 100_000;
  const { store, close } = await openTestStore({ minimumPartBytes });
  return { store, caller: operator, minimumPartBytes, close };
});
