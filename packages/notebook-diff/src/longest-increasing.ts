/** The indices of a longest strictly increasing part of the numbers (patience sorting). */
export function longestIncreasing(numbers: readonly number[]): number[] {
  const lastOfLength: number[] = [];
  const previous: number[] = [];
  numbers.forEach((number, index) => {
    const length = lengthBelow(numbers, lastOfLength, number);
    previous[index] = length === 0 ? -1 : (lastOfLength[length - 1] ?? -1);
    lastOfLength[length] = index;
  });
  const indices: number[] = [];
  for (let at = lastOfLength.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) indices.push(at);
  return indices.reverse();
}

/** How long a part that ends below the number is known. */
function lengthBelow(numbers: readonly number[], lastOfLength: number[], number: number): number {
  let low = 0;
  let high = lastOfLength.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[lastOfLength[middle] ?? 0] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
