/**
 * Lets pieces of work begin one per round of the event loop, so that sockets are read and written between them however
 * many become ready at once.
 *
 * @returns a function whose promise resolves when it is the caller's turn
 */
export function createPacer(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  function letOneBegin(): void {
    const begin = waiting.shift();
    if (!begin) {
      isRunning = false;
      return;
    }
    begin();
    setImmediate(letOneBegin);
  }
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (isRunning) return;
      isRunning = true;
      setImmediate(letOneBegin);
    });
}
