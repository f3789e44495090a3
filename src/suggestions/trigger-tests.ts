import type { Context } from './context.ts';
import { QUESTION, UNDECIDED } from './cues.ts';
import { belief, inState } from './trigger.ts';

/** No order is under way: advice and selling have their place. */
export const preOrder = inState('none', 'unpaid', 'completed', 'signed');

/** The buyer hesitates or circles among options. */
export const undecided = (c: Context): boolean =>
  UNDECIDED.test(c.message) || belief(c, 'INT-PRE-06', 'INT-PRE-27') >= 0.4;

/** An after-sale or logistics case is open. */
export const dispute = (c: Context): boolean => c.facts.case?.open === true;

/** A bare yes that neither thanks nor takes leave. */
export const plainAssent = (c: Context): boolean =>
  /^(嗯+|哦+|噢+|好+(的|滴|嘞|哒|吧|了|呀)?|行|可以|是的?|对的?|明白了?|知道了?|了解|收到|ok|👌)[。！!~～ 哦啊呀嗯的了哈吧]*$/i.test(
    c.message.trim(),
  );

/** The desk still wants something of the buyer, or still owes something. */
const UNFINISHED =
  /[?？]\s*$|(吗|呢|么|哪(个|款|种|些))[呀啊哈~～。!！\s]*$|稍等|稍后|马上|等(一)?下|(帮|给|为)您(查|看|问|核实|核对|确认|处理|登记|备注|修改|改|安排)|去(问|查|核实)|麻烦您|请您?(稍|发|提供|拍|给|告诉|看|点|选|填|先)|您(先|看下|发|拍|填|点|试)/;

/** The desk answered the buyer's question last, and nothing of that answer is pending. */
export const agentAnswered = (c: Context): boolean => {
  const last = c.history.at(-1);
  return (
    last?.from === 'agent' &&
    !UNFINISHED.test(last.text) &&
    c.history.some((turn) => turn.from === 'buyer' && QUESTION.test(turn.text))
  );
};
