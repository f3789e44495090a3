import { describe, expect, it } from 'vitest';
import { openRedis } from '../../src/redis/connect.ts';

describe('a Redis that is not there', () => {
  it('is an error at once, with the address', async () => {
    const problems: Error[] = [];
    await expect(openRedis('redis://127.0.0.1:1', (error) => problems.push(error))).rejects.toThrow();
    expect(problems.map((error) => error.message).join()).toContain('127.0.0.1:1');
  });
});
