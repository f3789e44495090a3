/** Groups calls that arrive together into one piece of work: the cost of a round trip and of a commit is shared. */

/** Does a batch; answers in the order of the batch. An error in an answer's place fails that call alone. */
type DoBatch<I, O> = (inputs: I[]) => Promise<(O | Error)[]>;

/**
 * Returns a function that gathers the calls of one turn of the event loop, and those that come while a batch is
 * on its way, into the next batch. When a batch fails, each of its calls is tried alone, so that one bad row
 * does not take the others down.
 *
 * @param maxBatch calls a batch may hold
 * @param lanes batches that may be on their way at once; PGlite gains nothing from more than one
 */
export function groupCalls<I, O>(write: DoBatch<I, O>, maxBatch: number, lanes: number): (input: I) => Promise<O> {
  interface Call {
    input: I;
    resolve: (output: O) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Call[] = [];
  let underWay = 0;
  let scheduled = false;

  function answer(call: Call, output: O | Error): void {
    if (output instanceof Error) call.reject(output);
    else call.resolve(output);
  }

  async function writeAlone(call: Call): Promise<void> {
    try {
      const outputs = await write([call.input]);
      answer(call, outputs[0]!);
    } catch (error) {
      call.reject(error);
    }
  }

  async function writeTogether(calls: Call[]): Promise<void> {
    try {
      const outputs = await write(calls.map((call) => call.input));
      calls.forEach((call, i) => {
        answer(call, outputs[i]!);
      });
    } catch (error) {
      if (calls.length === 1) calls[0]!.reject(error);
      else for (const call of calls) await writeAlone(call);
    }
  }

  function flush(): void {
    scheduled = false;
    while (waiting.length > 0 && underWay < lanes) {
      const calls = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      underWay++;
      void writeTogether(calls).finally(() => {
        underWay--;
        schedule();
      });
    }
  }

  function schedule(): void {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    // PGlite answers in microtasks: only setImmediate lets the sockets be read between two batches.
    setImmediate(flush);
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      schedule();
    });
}
