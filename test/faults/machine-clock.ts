/** Lets the parent process move the clock that this process takes for the machine's. */
export function moveMachineClock(): void {
  const read = Date.now;
  let shiftMs = 0;
  Date.now = () => read() + shiftMs;
  process.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'shiftMs' in message) shiftMs = Number(message.shiftMs);
  });
}
