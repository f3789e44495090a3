/** Edits that agents repeat become a draft of the script: nothing of it is said before a supervisor approves it. */
import { createId } from '../lib/ids.ts';
import { maskPersonalData } from '../lib/mask-personal-data.ts';
import type { FoundVariant } from '../protocol/learning.ts';
import { LENGTH_LIMITS, type Script } from '../protocol/script.ts';
import { approvedVersion, learntVersion, openVersion } from '../scripts/govern.ts';
import type { StoredVersion } from '../scripts/ports.ts';
import { EDITS_FOR_MS, type FoundWording, findWordings } from '../suggestions/learning/find-variants.ts';
import type { KeptEdit } from '../suggestions/learning/ports.ts';
import { checkScript } from './check-script.ts';
import type { Desk, ShopLibrary } from './desk.ts';
import { changeLibrary } from './govern-library.ts';
import type { Stores } from './ports.ts';

/** Stands for the learning desk itself in the audit trail. */
const LEARNER = 'learning';
/** Room for a note in the library. */
const NOTE_LENGTH = 500;

/** A wording that was found, and why it cannot be a draft, if it cannot. */
interface JudgedWording {
  wording: FoundWording;
  problem?: string;
}

/**
 * Looks through the edits of a shop and drafts what agents keep writing. A wording is drafted once, whatever is decided
 * on it, and while somebody works on a script it is left alone.
 *
 * @returns how many wordings were found
 */
export async function proposeVariants(desk: Desk, shopId: string): Promise<number> {
  const edits = await desk.ledger.learning.edits(shopId, desk.clock.now() - EDITS_FOR_MS);
  const byScript = Map.groupBy(edits, ({ scriptId }) => scriptId);
  const { heads, library } = await desk.libraries.view(shopId);
  let found = 0;
  for (const [scriptId, mine] of byScript) {
    const head = heads.get(scriptId);
    if (!head?.approved || head.open) continue;
    // Looked at without the lock first: nearly always there is nothing to do.
    if ((await judge(desk.ledger, shopId, head.approved.script, mine, library)).length === 0) continue;
    found += await draftVariants(desk, shopId, scriptId, mine, library);
  }
  return found;
}

async function draftVariants(
  desk: Desk,
  shopId: string,
  scriptId: string,
  edits: readonly KeptEdit[],
  library: ShopLibrary,
): Promise<number> {
  let found = 0;
  const agent = { shopId, id: LEARNER };
  await changeLibrary(desk, agent, `wordings of ${scriptId} found in edits`, async (stores) => {
    const versions = await stores.scripts.versions(shopId, scriptId);
    const approved = approvedVersion(versions);
    if (!approved || openVersion(versions)) return [];
    const nowMs = desk.clock.now();
    const judged = await judge(stores, shopId, approved.script, edits, library);
    found = judged.length;
    const draft = draftOf(versions, approved, judged, nowMs);
    for (const { wording, problem } of judged) {
      const { text, conversations } = wording;
      const entry: FoundVariant = {
        id: createId('foundVariant', nowMs),
        scriptId,
        text,
        edits: wording.edits.length,
        conversations,
        at: nowMs,
        ...(problem === undefined ? { draft: draft!.script.version } : { problem }),
      };
      await stores.learning.addFound(shopId, entry);
    }
    return draft ? [draft] : [];
  });
  if (found > 0) desk.bus.publish({ type: 'lists.changed', shopId, lists: ['learning', 'library'] });
  return found;
}

/** What is found in the edits of the version in force, each checked as if it stood in the script alone. */
async function judge(
  { learning }: Pick<Stores, 'learning'>,
  shopId: string,
  script: Script,
  edits: readonly KeptEdit[],
  library: ShopLibrary,
): Promise<JudgedWording[]> {
  const ofVersion = edits.filter(({ version }) => version === script.version);
  const before = (await learning.found(shopId)).filter(({ scriptId }) => scriptId === script.id);
  const texts = before.map(({ text }) => text);
  return findWordings(script, ofVersion, texts)
    .filter(({ text }) => maskPersonalData(text) === text)
    .map((wording) => {
      const problem = problemOf(script, wording.text, library);
      return { wording, ...(problem === undefined ? {} : { problem }) };
    });
}

function problemOf(script: Script, text: string, library: ShopLibrary): string | undefined {
  const longest = LENGTH_LIMITS[script.length];
  if (text.length > longest) return `${text.length} characters; ${script.length} is ${longest} at most`;
  const errors = checkScript(withWordings(script, [text]), library).filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? undefined : errors.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
}

function withWordings(script: Script, texts: readonly string[]): Script {
  const added = texts.map((text) => {
    const language = /\p{Script=Han}/u.test(text) ? ('zh-Hans' as const) : ('en' as const);
    return { text, language };
  });
  return { ...script, variants: [...script.variants, ...added] };
}

function draftOf(
  versions: readonly StoredVersion[],
  approved: StoredVersion,
  judged: readonly JudgedWording[],
  nowMs: number,
): StoredVersion | undefined {
  const sound = judged.filter(({ problem }) => problem === undefined).map(({ wording }) => wording);
  if (sound.length === 0) return undefined;
  const script = withWordings(
    approved.script,
    sound.map(({ text }) => text),
  );
  return learntVersion(versions, script, approved.group, noteOf(sound), nowMs);
}

/** Which edits it came from. */
function noteOf(wordings: readonly FoundWording[]): string {
  return wordings
    .map(({ text, edits, conversations }) => {
      const talks = [...new Set(edits.map(({ conversationId }) => conversationId))].join('、');
      return `客服在 ${conversations} 段会话里 ${edits.length} 次改成“${text}”：${talks}`;
    })
    .join('\n')
    .slice(0, NOTE_LENGTH);
}
