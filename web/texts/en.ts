import { agents } from './en-agents.ts';
import { chat } from './en-chat.ts';
import { common, errors, session, shell } from './en-common.ts';
import { audit } from './en-audit.ts';
import { usage } from './en-usage.ts';
import { providers, setup } from './en-providers.ts';

/** Every text of the web app in English. */
export const en = { common, shell, errors, session, setup, providers, agents, chat, usage, audit };
