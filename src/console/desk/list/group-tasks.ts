/** Tasks as they stand in the list: whose, and how near their deadline is. */
import type { TaskView } from '../../../protocol/records.ts';
import { dayKey } from '../../i18n/format.ts';

const MINUTE = 60_000;

/** How near a deadline is; what has none waits for today. */
export const TASK_GROUPS = ['overdue', 'today', 'later'] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

/** One part of the list, by deadline. */
export interface GroupedTasks {
  role: 'agent' | 'supervisor';
  group: TaskGroup;
  tasks: TaskView[];
}

/** The last minute before a deadline at midnight: the end of a day is a time of that day. */
export function lastMomentOf(dueAt: number): number {
  const isMidnight = dayKey(dueAt) !== dayKey(dueAt - 1);
  return isMidnight ? dueAt - MINUTE : dueAt;
}

/** Where a task belongs at a moment. */
export function groupOf({ dueAt }: TaskView, nowMs: number): TaskGroup {
  if (dueAt === undefined) return 'today';
  if (dueAt < nowMs) return 'overdue';
  return dayKey(lastMomentOf(dueAt)) === dayKey(nowMs) ? 'today' : 'later';
}

/** The parts that hold something: the supervisor's own first, the overdue before the rest. */
export function groupTasks(tasks: readonly TaskView[], nowMs: number): GroupedTasks[] {
  const sorted = tasks.toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.createdAt - b.createdAt);
  return (['supervisor', 'agent'] as const).flatMap((role) =>
    TASK_GROUPS.map((group) => ({
      role,
      group,
      tasks: sorted.filter((task) => (task.forRole ?? 'agent') === role && groupOf(task, nowMs) === group),
    })).filter((part) => part.tasks.length > 0),
  );
}

/** Visits that nobody waits for: many of one kind stand in the list as one line. @see FU-05, FU-20, FU-21 */
const FOLDED: readonly (string | undefined)[] = ['FU-05', 'FU-20', 'FU-21'];
/** Fewer stand as they are. */
const FOLD_FROM = 4;

/** A line of the list: a task, or the many of one timer, folded or unfolded. */
export type TaskItem =
  | { id: string; task: TaskView }
  | { id: string; fold: { rule: string; count: number; isOpen: boolean } };

/** The lines of one part; what is folded comes after what is not. `opened` has the ids of the lines that are unfolded. */
export function foldTasks(tasks: readonly TaskView[], opened: ReadonlySet<string>): TaskItem[] {
  const many = Map.groupBy(
    tasks.filter(({ rule }) => FOLDED.includes(rule)),
    ({ rule }) => rule!,
  );
  const folds = [...many].filter(([, own]) => own.length >= FOLD_FROM);
  const isFolded = ({ rule }: TaskView) => folds.some(([folded]) => folded === rule);
  return [
    ...tasks.filter((task) => !isFolded(task)).map((task) => ({ id: task.id, task })),
    ...folds.flatMap(([rule, own]): TaskItem[] => {
      const id = `fold-${rule}`;
      const isOpen = opened.has(id);
      return [
        { id, fold: { rule, count: own.length, isOpen } },
        ...(isOpen ? own.map((task) => ({ id: task.id, task })) : []),
      ];
    }),
  ];
}
