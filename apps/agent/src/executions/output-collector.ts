import type { JsonObject } from '../contents/notebook-shape.ts';
import { isObject } from '../contents/notebook-shape.ts';
import { TerminalText } from './terminal-text.ts';

type Content = Readonly<Record<string, unknown>>;

interface CollectedOutput {
  /** Of a stream its text grows. */
  readonly text?: TerminalText;
  readonly name?: string;
  readonly displayId?: string;
  value: JsonObject;
  sizeBytes: number;
}

/** What published messages make of a cell's outputs, as Lab and nbclient do it (nbformat 4). */
export class OutputCollector {
  #outputs: CollectedOutput[] = [];
  #sizeBytes = 0;
  /** `clear_output(wait=True)`: with the next output. */
  #clearsNext = false;

  /** About what it holds. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes one published message; `sizeBytes` is that of its content. Whether it changed anything. */
  take(messageType: string, content: Content, sizeBytes: number): boolean {
    switch (messageType) {
      case 'stream':
        this.#addStream(String(content.name), String(content.text));
        return true;
      case 'clear_output':
        this.#clear(content.wait === true);
        return true;
      case 'display_data':
      case 'execute_result':
      case 'error':
        this.#add(toOutput(messageType, content), sizeBytes, displayIdOf(content));
        return true;
      default:
        return false;
    }
  }

  /** Shows other data in every output of that display. */
  update(displayId: string, content: Content, sizeBytes: number): boolean {
    let isChanged = false;
    for (const output of this.#outputs) {
      if (output.displayId !== displayId) continue;
      output.value = { ...output.value, ...bundleOf(content) };
      this.#sizeBytes += sizeBytes - output.sizeBytes;
      output.sizeBytes = sizeBytes;
      isChanged = true;
    }
    return isChanged;
  }

  toJson(): JsonObject[] {
    return this.#outputs.map(({ text, value }) =>
      text === undefined ? value : { ...value, text: text.toString() },
    );
  }

  /** For a page that goes on where this is: each output with its display's id. */
  toReplay(): { readonly output: JsonObject; readonly displayId: string | null }[] {
    return this.#outputs.map(({ text, value, displayId }) => ({
      output: text === undefined ? value : { ...value, text: text.toReplay() },
      displayId: displayId ?? null,
    }));
  }

  #addStream(name: string, text: string): void {
    this.#clearIfWaited();
    const stream = this.#streamNamed(name);
    this.#sizeBytes -= stream.length;
    stream.append(text);
    this.#sizeBytes += stream.length;
  }

  #streamNamed(name: string): TerminalText {
    const last = this.#outputs.at(-1);
    if (last?.text !== undefined && last.name === name) return last.text;
    const text = new TerminalText();
    this.#outputs.push({ text, name, value: { output_type: 'stream', name }, sizeBytes: 0 });
    return text;
  }

  #add(value: JsonObject, sizeBytes: number, displayId: string | undefined): void {
    this.#clearIfWaited();
    this.#sizeBytes += sizeBytes;
    this.#outputs.push({ value, sizeBytes, ...(displayId !== undefined && { displayId }) });
  }

  #clear(waits: boolean): void {
    this.#clearsNext = waits;
    if (waits) return;
    this.#outputs = [];
    this.#sizeBytes = 0;
  }

  #clearIfWaited(): void {
    if (this.#clearsNext) this.#clear(false);
  }
}

export function displayIdOf(content: Content): string | undefined {
  const { transient } = content;
  const id = isObject(transient) ? transient.display_id : undefined;
  return typeof id === 'string' ? id : undefined;
}

function bundleOf(content: Content): JsonObject {
  return {
    data: isObject(content.data) ? content.data : {},
    metadata: isObject(content.metadata) ? content.metadata : {},
  };
}

function toOutput(messageType: string, content: Content): JsonObject {
  if (messageType === 'error') {
    const { ename, evalue, traceback } = content;
    const lines = Array.isArray(traceback) ? traceback.map(String) : [];
    return { output_type: 'error', ename: String(ename), evalue: String(evalue), traceback: lines };
  }
  const output = { output_type: messageType, ...bundleOf(content) };
  if (messageType === 'display_data') return output;
  const count = content.execution_count;
  return { ...output, execution_count: Number.isInteger(count) ? count : null };
}
