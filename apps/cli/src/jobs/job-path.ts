/** Where the operator's socket has the jobs of a person, or one of them. */
export function jobPath(profileName: string, jobId?: string): string {
  const jobs = `/people/${encodeURIComponent(profileName)}/jobs`;
  return jobId === undefined ? jobs : `${jobs}/${encodeURIComponent(jobId)}`;
}
