import type { Ajv, ValidateFunction } from 'ajv';
import { AgentError } from '../http/agent-error.ts';
import type { Schema } from './schema-catalog.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** Parses and checks what a person set. Both libraries load at the first setting that differs. */
export class SettingValidator {
  #ajv: Promise<Ajv> | undefined;
  readonly #validators = new Map<string, ValidateFunction>();

  /** Throws `InvalidRequest` where `raw` is no JSON5 object or breaks the schema. */
  async parse(id: string, raw: string, schemaText: string): Promise<Settings> {
    const settings = await parseObject(id, raw);
    const validate = await this.#validator(id, schemaText);
    if (validate(settings)) return settings;
    const first = validate.errors?.[0];
    const place = first?.instancePath ? ` at ${first.instancePath}` : '';
    throw new AgentError(
      'InvalidRequest',
      `The settings of ${id} are not valid${place}: ${first?.message ?? 'they break the schema'}`,
    );
  }

  async #validator(id: string, schemaText: string): Promise<ValidateFunction> {
    const known = this.#validators.get(id);
    if (known !== undefined) return known;
    this.#ajv ??= loadAjv();
    // A changed default (the language) changes nothing about what is valid.
    const validator = (await this.#ajv).compile(JSON.parse(schemaText) as Schema);
    this.#validators.set(id, validator);
    return validator;
  }
}

async function loadAjv(): Promise<Ajv> {
  // CommonJS: once bundled, its only export is the default.
  const { default: ajv } = await import('ajv');
  // Lab's schemas carry keywords of its own (`jupyter.lab.…`) and formats that only its forms use.
  return new ajv.Ajv({ strict: false, validateFormats: false, logger: false });
}

async function parseObject(id: string, raw: string): Promise<Settings> {
  const { default: JSON5 } = await import('json5');
  let value: unknown;
  try {
    value = JSON5.parse(raw);
  } catch (cause) {
    const state = cause instanceof Error ? cause.message : String(cause);
    throw new AgentError('InvalidRequest', `The settings of ${id} are not JSON5: ${state}`, {
      cause,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AgentError('InvalidRequest', `The settings of ${id} must be an object`);
  }
  return value as Settings;
}
