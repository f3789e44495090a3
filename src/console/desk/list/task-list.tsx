import { useEffect, useMemo, useRef } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { TaskDetail, TaskView } from '../../../protocol/records.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { ruleName } from '../../parts/follow-up-words.ts';
import { Icon } from '../../parts/icons.tsx';
import { useNow } from '../../parts/use-now.ts';
import { scriptTitle } from '../catalogue.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { type GroupedTasks, groupTasks, lastMomentOf } from './group-tasks.ts';
import { openTask } from './open-task.ts';
import { useTaskDetails } from './use-task-details.ts';

/** A countdown is worth its place within this time. */
const NEAR_MS = 24 * 3_600_000;

/** What a person should do, by deadline; Enter opens the chat with the words, D marks it done. */
export function TaskList() {
  const { t } = useLanguage();
  const desk = useDesk();
  const nowMs = useNow();
  const tasks = useDeskState((state) => state.tasks);
  const role = useDeskState((state) => state.self?.role);
  const details = useTaskDetails(tasks);
  const pane = useRef<HTMLDivElement>(null);
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  const parts = useMemo(() => groupTasks(tasks, minute), [tasks, minute]);
  useEffect(() => {
    const element = pane.current;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.code !== 'KeyD' || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="row"]') : null;
      const id = row?.dataset['key'];
      if (id === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      void desk.finishTask(id);
    }
    // Before the list takes the letter for the beginning of a name.
    element?.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element?.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [desk]);
  const withRoles = role === 'supervisor' && parts.some((part) => part.role === 'supervisor');
  return (
    <div ref={pane} className="task-grid">
      {tasks.length === 0 && <p className="empty">{t('tasks.none')}</p>}
      {tasks.length > 0 && <p className="visually-hidden">{t('tasks.keys')}</p>}
      {parts.map((part, at) => (
        <div key={`${part.role}-${part.group}`}>
          {withRoles && parts[at - 1]?.role !== part.role && (
            <h2 className="task-role">{t(part.role === 'supervisor' ? 'tasks.supervisor' : 'tasks.mine')}</h2>
          )}
          <TaskGroup part={part} details={details} />
        </div>
      ))}
    </div>
  );
}

function TaskGroup({ part, details }: { part: GroupedTasks; details: ReadonlyMap<string, TaskDetail> }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const name = t(`tasks.${part.group}`);
  return (
    <section>
      <h3 className={part.group === 'overdue' ? 'task-group task-overdue' : 'task-group'}>
        {name} <span className="figures">{part.tasks.length}</span>
      </h3>
      <GridList
        className="rows"
        aria-label={t('tasks.list', { group: name })}
        items={part.tasks}
        dependencies={[language, details]}
        onAction={(id) => void openTask(desk, part.tasks.find((task) => task.id === id)!, t)}
      >
        {(task) => (
          <GridListItem id={task.id} textValue={titleOf(task, t)} className="task">
            <Task task={task} detail={details.get(task.id)} />
          </GridListItem>
        )}
      </GridList>
    </section>
  );
}

function Task({ task, detail }: { task: TaskView; detail: TaskDetail | undefined }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const nowMs = useNow();
  const isNear = task.dueAt !== undefined && task.dueAt - nowMs < NEAR_MS && nowMs - task.dueAt < NEAR_MS;
  return (
    <>
      <div className="task-head">
        <span className="task-title">{titleOf(task, t)}</span>
        <ActionButton look="quiet" onPress={() => void desk.finishTask(task.id)}>
          <Icon name="check" /> {t('tasks.done')}
        </ActionButton>
      </div>
      {task.lines && (
        <ul className="task-lines">
          {task.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className="row-foot">
        {task.buyerName && <span>{task.buyerName}</span>}
        {task.orderId && <span className="code">{task.orderId}</span>}
        {isNear && <Countdown until={task.dueAt!} />}
        {task.dueAt !== undefined && (
          <span className={task.dueAt < nowMs ? 'badge badge-red' : 'badge'}>
            {t('tasks.due', { when: formatMoment(lastMomentOf(task.dueAt), nowMs, language) })}
          </span>
        )}
        {task.conversationId && (
          <ActionButton look="link" onPress={() => void openTask(desk, task, t)}>
            {t(task.hasScript ? 'tasks.useScript' : 'tasks.open')}
          </ActionButton>
        )}
      </div>
      <Words detail={detail} />
    </>
  );
}

/** The words for this moment, or why there are none. */
function Words({ detail }: { detail: TaskDetail | undefined }) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  if (detail?.proposal) return <p className="task-words">{detail.proposal.text}</p>;
  const [hidden] = detail?.hidden ?? [];
  if (!hidden) return null;
  return (
    <p className="task-words faint">
      {t('tasks.noScript')}
      {scriptTitle(catalogue, hidden.scriptId, language)} · {hidden.detail || t(`hidden.${hidden.because}`)}
    </p>
  );
}

function titleOf({ kind, rule, title }: TaskView, t: ReturnType<typeof useLanguage>['t']): string {
  return kind === 'follow_up' && rule !== undefined ? ruleName(rule, t) : title;
}
