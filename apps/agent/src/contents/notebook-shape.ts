export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function cellsOf(notebook: JsonObject): JsonObject[] {
  return Array.isArray(notebook.cells) ? notebook.cells.filter(isObject) : [];
}

export function outputsOf(cell: JsonObject): JsonObject[] {
  return Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : [];
}
