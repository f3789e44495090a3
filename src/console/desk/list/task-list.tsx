import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { TaskDetail, TaskView } from '../../../protocol/records.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { ruleName } from '../../parts/follow-up-words.ts';
import { Icon } from '../../parts/icons.tsx';
import { useMinute } from '../../parts/use-now.ts';
import { scriptTitle } from '../catalogue.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { foldTasks, type GroupedTasks, groupTasks, lastMomentOf, type TaskItem } from './group-tasks.ts';
import { openTask } from './open-task.ts';
import { useTaskDetails } from './use-task-details.ts';

/** A countdown is worth its place within this time. */
const NEAR_MS = 24 * 3_600_000;

/** What a person should do, by deadline; Enter opens the chat with the words, D marks it done. */
export function TaskList() {
  const { t } = useLanguage();
  const desk = useDesk();
  const minute = useMinute();
  const tasks = useDeskState((state) => state.tasks);
  const more = useDeskState((state) => state.moreTasks);
  const role = useDeskState((state) => state.self?.role);
  const details = useTaskDetails(tasks);
  const pane = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => groupTasks(tasks, minute), [tasks, minute]);
  useEffect(() => {
    const element = pane.current;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.code !== 'KeyD' || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="row"]') : null;
      const id = row?.dataset['key'];
      if (id === undefined || !tasks.some((task) => task.id === id)) return;
      event.preventDefault();
      event.stopPropagation();
      void desk.finishTask(id);
    }
    // Before the list takes the letter for the beginning of a name.
    element?.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element?.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [desk, tasks]);
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
      {more > 0 && <p className="empty">{t('tasks.more', { count: more })}</p>}
    </div>
  );
}

function TaskGroup({ part, details }: { part: GroupedTasks; details: ReadonlyMap<string, TaskDetail> }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const items = useMemo(() => foldTasks(part.tasks, opened), [part.tasks, opened]);
  const name = t(`tasks.${part.group}`);
  function act(id: string): void {
    const task = part.tasks.find((one) => one.id === id);
    if (task) void openTask(desk, task, t);
    else
      setOpened((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      );
  }
  return (
    <section>
      <h3 className={part.group === 'overdue' ? 'task-group task-overdue' : 'task-group'}>
        {name} <span className="figures">{part.tasks.length}</span>
      </h3>
      <GridList
        className="rows"
        aria-label={t('tasks.list', { group: name })}
        items={items}
        dependencies={[language, details]}
        onAction={(id) => act(String(id))}
      >
        {(item) => <TaskRow item={item} detail={details.get(item.id)} />}
      </GridList>
    </section>
  );
}

function TaskRow({ item, detail }: { item: TaskItem; detail: TaskDetail | undefined }) {
  const { t } = useLanguage();
  if ('task' in item) {
    return (
      <GridListItem id={item.id} textValue={titleOf(item.task, t)} className="task">
        <Task task={item.task} detail={detail} />
      </GridListItem>
    );
  }
  const { rule, count, isOpen } = item.fold;
  const title = t('tasks.many', { title: ruleName(rule, t), count });
  const hint = t(isOpen ? 'tasks.fold' : 'tasks.unfold');
  return (
    <GridListItem id={item.id} textValue={`${title} ${hint}`} className="task task-fold">
      <span className="task-title">{title}</span>
      <span className="faint">{hint}</span>
    </GridListItem>
  );
}

const Task = memo(function Task({ task, detail }: { task: TaskView; detail: TaskDetail | undefined }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const nowMs = useMinute();
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
});

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
