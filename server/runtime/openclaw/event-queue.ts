/** Values in the order in which they came, for one reader. */
export interface EventQueue<Value> extends AsyncIterable<Value> {
  push(value: Value): void;
  /** Nothing follows; what was pushed is still read. */
  end(): void;
}

export function createEventQueue<Value>(): EventQueue<Value> {
  const values: Value[] = [];
  let ended = false;
  let wake = () => {};
  return {
    push(value) {
      if (ended) return;
      values.push(value);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const value = values.shift();
        if (value !== undefined) yield value;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
