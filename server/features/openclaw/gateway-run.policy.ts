/** What a gateway's plugin says of the run that it asks for. */
export interface AskingFacts {
  agentId: string;
  sessionKey: string;
  stepsUsed: number;
}

/** Whether the plugin asks for this run: agent and session are its own, and it has used no more steps than were begun. */
export const isAskedFor = (
  run: { gatewayAgentId: string; sessionKey: string; steps: number },
  asking: AskingFacts,
): boolean =>
  asking.stepsUsed <= run.steps && asking.agentId === run.gatewayAgentId && asking.sessionKey === run.sessionKey;
