import { watch } from 'node:fs';
import type { FolderWatch } from './live-library.ts';

/**
 * Watches a folder with the operating system's notices.
 *
 * @param settleMs quiet time after the last notice before the change counts: an editor writes in several steps
 */
export function createFolderWatch(settleMs = 200): FolderWatch {
  return {
    watch(dir, onChange) {
      let timer: NodeJS.Timeout | undefined;
      const watcher = watch(dir, { persistent: false }, () => {
        clearTimeout(timer);
        timer = setTimeout(onChange, settleMs);
      });
      return () => {
        clearTimeout(timer);
        watcher.close();
      };
    },
  };
}
