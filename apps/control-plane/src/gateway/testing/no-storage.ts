async function nothingStored(): Promise<never> {
  throw new Error('There are no buckets here');
}

/** For a gateway whose test is about something else than buckets. */
export const noStorage = {
  ...{ listBuckets: nothingStored, permissionsOn: nothingStored, listFolder: nothingStored },
  ...{ read: nothingStored, write: nothingStored, remove: nothingStored },
};
