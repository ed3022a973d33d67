import type { Signal, Signals } from '../../db/signals.ts';
import type { OpenClawRuntime } from '../../runtime/openclaw/openclaw-runtime.ts';

/** Tells a gateway of whatever changes in what it holds of Pinchy's, here or on another replica. */
export function watchForGateway(signals: Signals, runtime: OpenClawRuntime) {
  let unsubscribe: (() => void)[] = [];

  function hear(signal: Signal): void {
    if (signal.kind === 'agent' || signal.kind === 'user' || signal.kind === 'setting') runtime.changed();
    if (signal.kind === 'conversation' && signal.change === 'deleted') void runtime.forgetConversation(signal);
  }

  return {
    start() {
      unsubscribe = [signals.onSignal(hear), signals.onReset(() => runtime.changed())];
      runtime.start();
    },
    async stop() {
      for (const end of unsubscribe) end();
      await runtime.stop();
    },
  };
}
