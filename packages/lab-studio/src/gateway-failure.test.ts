import { type ErrorBody, errorBodySchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { parseGatewayFailure } from './gateway-failure.ts';

const body: ErrorBody = {
  error: { code: 'ServerDidNotStart', message: 'It did not', remedy: 'Look', reference: 'abc' },
};

describe('parseGatewayFailure', () => {
  it("reads the gateway's errors", () => {
    expect(errorBodySchema.parse(body)).toEqual(body);
    expect(parseGatewayFailure(body)).toEqual(body.error);
  });

  it('reads one without a remedy', () => {
    const { remedy: _, ...error } = body.error;
    expect(parseGatewayFailure({ error })?.remedy).toBe('');
  });

  it("leaves a Jupyter server's errors alone", () => {
    expect(parseGatewayFailure({ message: 'Permission denied', reason: null })).toBeNull();
    expect(parseGatewayFailure({ error: 'text' })).toBeNull();
    expect(parseGatewayFailure(undefined)).toBeNull();
  });
});
