import type { ToolCallOutcome } from '../../tools/tool-gate.ts';
import type { RuntimeEvent, StepReason, StepUsage } from '../agent-runtime.ts';
import { type GatewayEnding, lostOutcome } from './gateway-ending.ts';
import type { AssistantData } from './gateway-events.ts';
import { noUsage } from '../step-usage.ts';
import { createSilentReplyFilter } from './silent-reply.ts';

export interface GatewayCall {
  name: string;
  input: unknown;
  state: 'running' | 'ended' | 'waiting';
}

/** One model call of the gateway: its text, its calls, and what it cost. */
export interface GatewayStep {
  readonly calls: ReadonlyMap<string, GatewayCall>;
  /** What a person sees of its text. */
  readonly shown: string;
  /** It said OpenClaw's word for "nothing to say". */
  readonly isSilent: boolean;
  readonly hasBegun: boolean;
  /** Set once its message was stored. */
  usage: StepUsage | undefined;
  ending: GatewayEnding;
  /** Whether a snapshot of text can be one of this step, as far as it has come. */
  goesOnWith(snapshot: AssistantData): boolean;
  addSnapshot(snapshot: AssistantData): void;
  /** The whole text as it was stored: shows what no snapshot brought. */
  completeText(text: string): void;
  startCall(toolCallId: string, name: string, input: unknown): void;
  settle(toolCallId: string, outcome: ToolCallOutcome): void;
  /** Whatever still has no outcome gets none any more. */
  settleAll(known: ReadonlyMap<string, ToolCallOutcome>): void;
  /** Nothing follows: what was held back of its text is shown. */
  flush(): void;
  end(model: string, reason: StepReason): void;
}

export function createGatewayStep(push: (event: RuntimeEvent) => void): GatewayStep {
  const calls = new Map<string, GatewayCall>();
  const silence = createSilentReplyFilter();
  /** The part of the text that is growing, what was heard of it, and what was heard in all. */
  let segment = '';
  let said = '';
  let all = '';
  let shown = '';
  /** A snapshot that does not go on from what was shown; what was shown stays, so it follows at the end. */
  let replacement = '';

  function show(text: string): void {
    if (text === '') return;
    shown += text;
    push({ type: 'text-delta', text });
  }

  function say(text: string): void {
    all += text;
    show(silence.push(text));
  }

  function settle(toolCallId: string, outcome: ToolCallOutcome): void {
    const call = calls.get(toolCallId);
    if (!call) return;
    call.state = 'ended';
    push({ type: 'tool-end', toolCallId, name: call.name, ...outcome });
  }

  function flush(): void {
    if (replacement !== '') say(`\n\n${replacement}`);
    replacement = '';
    show(silence.flush());
  }

  const isLate = ({ text, itemId = '' }: AssistantData) =>
    text !== undefined && itemId === segment && said.startsWith(text);

  return {
    calls,
    usage: undefined,
    ending: 'stop',
    get shown() {
      return shown;
    },
    get isSilent() {
      return silence.isSilent;
    },
    get hasBegun() {
      return all !== '' || calls.size > 0;
    },
    goesOnWith(snapshot) {
      const { text, itemId = '' } = snapshot;
      return isLate(snapshot) || (itemId === segment && (text === undefined || text.startsWith(said)));
    },
    addSnapshot(snapshot) {
      if (isLate(snapshot)) return;
      const { text, delta = '', itemId = '', replace } = snapshot;
      if (itemId !== segment) {
        segment = itemId;
        said = '';
      }
      const goesOn = text?.startsWith(said) === true;
      if (text !== undefined && (replacement !== '' || (replace && !goesOn))) {
        replacement = text;
        return;
      }
      // Snapshots heal what was dropped between two events.
      const more = goesOn && text !== undefined ? text.slice(said.length) : delta;
      if (more === '') return;
      said = text ?? said + more;
      say(more);
    },
    completeText(text) {
      // What is stored begins with its first letter.
      const heard = all.trimStart();
      if (replacement === '' && text.startsWith(heard)) say(text.slice(heard.length));
    },
    startCall(toolCallId, name, input) {
      if (calls.has(toolCallId)) return;
      calls.set(toolCallId, { name, input, state: 'running' });
      push({ type: 'tool-start', toolCallId, name: name.slice(0, 100), input: input ?? {} });
    },
    settle,
    settleAll(known) {
      for (const [id, { state }] of calls) if (state === 'running') settle(id, known.get(id) ?? lostOutcome);
    },
    flush,
    end(model, reason) {
      flush();
      push({ type: 'step-end', usage: this.usage ?? noUsage, model, reason });
    },
  };
}
