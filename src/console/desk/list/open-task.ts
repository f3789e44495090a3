/** Opens the chat of a task with the words for this moment in the composer; sending stays the agent's. */
import type { TaskView } from '../../../protocol/records.ts';
import { HttpError } from '../../client/http.ts';
import type { Translate } from '../../i18n/language.tsx';
import type { Desk } from '../store/create-desk.ts';
import { deskApi } from '../store/desk-api.ts';

/** What an agent has begun to write stays; the words are put below it, once. */
export async function openTask(
  { open, drafts, notify }: Pick<Desk, 'open' | 'drafts' | 'notify'>,
  task: TaskView,
  t: Translate,
): Promise<void> {
  const { conversationId } = task;
  if (conversationId === undefined) return;
  const text = task.hasScript ? await readWords(task, notify, t) : undefined;
  if (text !== undefined) {
    const draft = drafts.get(conversationId);
    if (draft.text === '') drafts.set(conversationId, { text });
    else if (!draft.text.includes(text)) drafts.set(conversationId, { ...draft, text: `${draft.text}\n${text}` });
  }
  open(conversationId);
}

async function readWords(task: TaskView, notify: Desk['notify'], t: Translate): Promise<string | undefined> {
  try {
    const { proposal, hidden } = await deskApi.task(task.id);
    const [first] = hidden;
    if (!proposal && first) notify('info', `${t('tasks.noScript')}${t(`hidden.${first.because}`)}`);
    return proposal?.text;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    notify('info', error.status === 404 ? t('tasks.gone') : error.message);
    return undefined;
  }
}
