import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';

/** What a person should do, the most urgent first. */
export function TaskList() {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const now = useNow();
  const tasks = useDeskState((state) => state.tasks);
  if (tasks.length === 0) return <p className="empty">{t('tasks.none')}</p>;
  const sorted = [...tasks].sort((a, b) => (a.dueAt ?? a.createdAt) - (b.dueAt ?? b.createdAt));
  return (
    <ul className="rows">
      {sorted.map((task) => (
        <li key={task.id} className="task">
          <div className="task-head">
            <span className="task-title">{task.title}</span>
            <ActionButton look="quiet" onPress={() => void desk.finishTask(task.id)}>
              <Icon name="check" /> {t('tasks.done')}
            </ActionButton>
          </div>
          <div className="row-foot">
            {task.rule && <span className="code">{task.rule}</span>}
            {task.orderId && <span className="code">{task.orderId}</span>}
            {task.dueAt !== undefined && (
              <span className={task.dueAt < now ? 'badge badge-red' : 'badge'}>
                {t('tasks.due', { when: formatMoment(task.dueAt, now, language) })}
              </span>
            )}
            {task.conversationId && (
              <ActionButton look="link" onPress={() => desk.open(task.conversationId!)}>
                {t('tasks.open')}
              </ActionButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
