/** A language model behind an OpenAI-compatible endpoint, asked for another tone of approved lines. */
import { z } from 'zod';
import type { Rewriter } from '../turn/ports.ts';

/** Where the model is. */
export interface EndpointOptions {
  /** Base URL, such as `https://models.example/v1`. */
  url: string;
  key: string | undefined;
  model: string;
}

const AnswerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});
const LinesSchema = z.object({ lines: z.array(z.string()) });
/** An answer beyond it is no answer. */
const MOST_BYTES = 64 * 1024;

const TASK = [
  '你润色网店客服的话术。只调整语气，让句子自然、礼貌、简短。',
  '不得改动、增加或删去任何数字、金额、时间、链接、步骤顺序和承诺；形如⟦1⟧的记号是数值，必须原样保留，次序不变。',
  '不加新的事实，不加问题。只输出 JSON：{"lines":["…"]}，条数和次序与输入相同。',
].join('\n');

/** Creates the rewriter; nothing is asked before `rewrite`. */
export function createEndpointRewriter({ url, key, model }: EndpointOptions): Rewriter {
  const address = `${url.replace(/\/+$/, '')}/chat/completions`;
  return {
    async rewrite(lines, signal) {
      const response = await fetch(address, {
        method: 'POST',
        signal,
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({
          model,
          temperature: 0.3,
          response_format: { type: 'json_object' },
          messages: [
            { role: 'system', content: TASK },
            { role: 'user', content: JSON.stringify({ lines }) },
          ],
        }),
      });
      if (!response.ok) throw new Error(`the model's endpoint answered ${response.status}`);
      const answer = AnswerSchema.parse(JSON.parse(await readText(response)));
      const { lines: rewritten } = LinesSchema.parse(JSON.parse(answer.choices[0]!.message.content));
      if (rewritten.length !== lines.length) {
        throw new Error(`the model answered ${rewritten.length} lines to ${lines.length}`);
      }
      return rewritten;
    },
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`the model's answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
