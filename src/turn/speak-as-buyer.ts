/** Answers go out in the buyer's own script: who writes traditional characters is answered in them. */
import { Converter as ToTraditional } from 'opencc-js/cn2t';
import { Converter as ToSimplified } from 'opencc-js/t2cn';
import type { HiddenScript, Proposal, Situation } from '../protocol/turn.ts';
import type { SuggestionEngine } from './ports.ts';

const toSimplified = ToSimplified({ from: 't', to: 'cn' });
let converter: ReturnType<typeof ToTraditional> | undefined;

/** Made when the first buyer needs it: its dictionaries take half a second of a start. */
function toTraditional(text: string): string {
  converter ??= ToTraditional({ from: 'cn', to: 'tw' });
  return converter(text);
}

/** Turns that are looked at: what somebody wrote long ago tells less than what they write now. */
const TURNS = 6;

/** The engine, with its texts in the script of the buyer's last message that shows one. */
export function speakAsBuyer(engine: SuggestionEngine): SuggestionEngine {
  return {
    suggest(situation, learnt) {
      const result = engine.suggest(situation, learnt);
      if (!writesTraditional(situation)) return result;
      return { ...result, proposals: result.proposals.map(inTraditional) };
    },
    prepare(scriptId, situation, variant) {
      const outcome = engine.prepare(scriptId, situation, variant);
      return isProposal(outcome) && writesTraditional(situation) ? inTraditional(outcome) : outcome;
    },
  };
}

/** Whether the last thing the buyer wrote that tells is in traditional characters; 好的 tells nothing. */
export function writesTraditional({ message, history }: Pick<Situation, 'message' | 'history'>): boolean {
  const said = history.filter((turn) => turn.from === 'buyer').map((turn) => turn.text);
  const last = [message, ...said.reverse()].slice(0, TURNS);
  const told = last.map((text) => ({ text, traditional: differences(text, toSimplified(text)) }));
  if (told.every(({ traditional }) => traditional === 0)) return false;
  for (const { text, traditional } of told) {
    const simplified = differences(text, toTraditional(text));
    if (traditional !== simplified) return traditional > simplified;
  }
  return false;
}

function differences(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  return from.filter((char, i) => char !== to[i]).length;
}

function inTraditional(proposal: Proposal): Proposal {
  return { ...proposal, text: toTraditional(proposal.text) };
}

function isProposal(outcome: Proposal | HiddenScript): outcome is Proposal {
  return 'text' in outcome;
}
