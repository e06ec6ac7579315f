/** What CloudWatch Logs accepts (API Reference, "PutRetentionPolicy"). */
const accepted = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557],
  ...[2922, 3288, 3653],
];

/** Never less than what was asked for. */
export function retentionOf(days: number): number {
  return accepted.find((candidate) => candidate >= days) ?? 3653;
}
