/** A row's place in the queue. */
interface HeapEntry {
  id: string;
  dueAtMs: number;
}

/** Entries by due moment, the earliest on top; what is stale is for the owner to drop when it comes up. */
export interface DueHeap {
  push(entry: HeapEntry): void;
  peek(): HeapEntry | undefined;
  pop(): HeapEntry | undefined;
}

/** Creates an empty binary heap. */
export function createDueHeap(): DueHeap {
  const heap: HeapEntry[] = [];
  const isBefore = (a: number, b: number): boolean => heap[a]!.dueAtMs < heap[b]!.dueAtMs;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };

  function rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && isBefore(left + 1, left) ? left + 1 : left;
      if (!isBefore(child, at)) return;
      swap(child, at);
      at = child;
    }
  }

  return {
    push(entry) {
      heap.push(entry);
      rise(heap.length - 1);
    },
    peek: () => heap[0],
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (last && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return top;
    },
  };
}
