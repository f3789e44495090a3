import { useEffect, useState } from 'react';
import type { TaskDetail, TaskView } from '../../../protocol/records.ts';
import { deskApi } from '../store/desk-api.ts';

/** So many texts are rendered as the list is read; the others when they are asked for. */
const RENDERED = 8;

/** What could be said now for the first tasks of the list; read again when the list was. */
export function useTaskDetails(tasks: readonly TaskView[]): ReadonlyMap<string, TaskDetail> {
  const [details, setDetails] = useState<ReadonlyMap<string, TaskDetail>>(new Map());
  useEffect(() => {
    let left = false;
    const wanted = tasks.filter(({ hasScript }) => hasScript).slice(0, RENDERED);
    async function read(): Promise<void> {
      const read = await Promise.all(wanted.map(({ id }) => deskApi.task(id).catch(() => undefined)));
      if (left) return;
      setDetails(new Map(read.flatMap((detail) => (detail ? [[detail.task.id, detail] as const] : []))));
    }
    void read();
    return () => {
      left = true;
    };
  }, [tasks]);
  return details;
}
