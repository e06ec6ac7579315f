/** `rates (1).csv`: the first such name that is not taken. */
export async function freeName(
  name: string,
  isTaken: (name: string) => Promise<boolean>,
): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number += 1) {
    const free = `${stem} (${number})${ending}`;
    if (!(await isTaken(free))) return free;
  }
}
