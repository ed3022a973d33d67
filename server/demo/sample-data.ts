import type { Story } from '../../contract/setup.ts';

/** What the demo is filled with. The people and the company are invented. */

export const samplePassword = 'pinchy-demo-2026';

export const organisationContext = `# Larkspur Instruments

Larkspur Instruments makes sensors and weather masts for agriculture, and Larkspur Cloud, where farms read their data.
62 people in Graz and Malmö. We say "site" for a customer's field and "node" for a sensor with its radio.`;

export const administrator = { name: 'Nora Adeyemi', email: 'nora@larkspur.example' };

export const groups = [
  { name: 'People', description: 'Human resources' },
  { name: 'Engineering', description: 'Firmware, cloud and calibration' },
  { name: 'Sales', description: 'Sales and customer success' },
];

export const members = [
  { name: 'Mara Lindqvist', email: 'mara@larkspur.example', groups: ['People'] },
  { name: 'Tomasz Nowak', email: 'tomasz@larkspur.example', groups: ['Engineering'] },
  { name: 'Ines Carvalho', email: 'ines@larkspur.example', groups: ['Sales'] },
  { name: 'Emil Sandberg', email: 'emil@larkspur.example', groups: ['Sales', 'Engineering'] },
];

export interface SampleAgent {
  name: string;
  tagline: string;
  templateId: string;
  directories: string[];
  /** Only people in these groups see it. */
  groups: string[];
}

export const agents: SampleAgent[] = [
  {
    name: 'People Guide',
    tagline: 'Leave, expenses, working from home',
    templateId: 'knowledge-base',
    directories: ['/data/hr-policies'],
    groups: [],
  },
  {
    name: 'Engineering Handbook',
    tagline: 'How we build, deploy and run things',
    templateId: 'knowledge-base',
    directories: ['/data/engineering-handbook'],
    groups: ['Engineering'],
  },
  {
    name: 'Price Desk',
    tagline: 'Prices, discounts and targets',
    templateId: 'knowledge-base',
    directories: ['/data/sales'],
    groups: ['Sales'],
  },
  { name: 'Sparring Partner', tagline: 'Think out loud', templateId: 'custom', directories: [], groups: [] },
];

/** Who says what to whom; spoken through the chat socket, so that answers, tool calls and audit entries are real. */
export const conversations: { email: string; agent: string; messages: string[] }[] = [
  {
    email: administrator.email,
    agent: 'Smithers',
    messages: ['Good morning!', 'I run operations at Larkspur. I like short answers with the source.'],
  },
  {
    email: administrator.email,
    agent: 'People Guide',
    messages: [
      'How many vacation days do I have?',
      'Can I carry over unused days to next year?',
      'How much may a hotel in Paris cost?',
    ],
  },
  {
    email: administrator.email,
    agent: 'Price Desk',
    messages: ['What does the Field Sensor Pro cost?', 'Which discount do universities get?'],
  },
  { email: 'mara@larkspur.example', agent: 'People Guide', messages: ['May I accept gifts from a supplier?'] },
  {
    email: 'tomasz@larkspur.example',
    agent: 'Engineering Handbook',
    messages: ['When are we allowed to deploy to production?', 'How fast do we have to respond to a SEV1?'],
  },
  {
    email: 'ines@larkspur.example',
    agent: 'Price Desk',
    messages: ['What was the Q2 target in the Nordics?', 'How long is the warranty on sensors?'],
  },
  {
    email: administrator.email,
    agent: 'Sparring Partner',
    messages: ['I wonder whether our price list is too long.', 'What would a customer say about it?'],
  },
  { email: 'emil@larkspur.example', agent: 'Smithers', messages: ['I look after our customers in the Nordics.'] },
];

/** The agent's is used up by its samples; the other shows how far the month has come. */
export const budgets = [
  { scope: 'organisation', unit: 'usd', amount: '25', period: 'month', action: 'warn' },
  { scope: 'agent', agent: 'Sparring Partner', unit: 'tokens', amount: '300', period: 'day', action: 'block' },
];

/** What the demo shows, and as whom: each of it happens when somebody follows the story. */
export const stories: Story[] = [
  {
    name: 'search',
    email: administrator.email,
    agent: 'People Guide',
    question: 'How many weeks of parental leave do parents get?',
  },
  { name: 'citation', email: administrator.email, agent: 'People Guide' },
  {
    name: 'approval',
    email: administrator.email,
    agent: 'Smithers',
    question: 'Please save for everyone: we ship on Tuesdays and Fridays.',
  },
  {
    name: 'budget',
    email: administrator.email,
    agent: 'Sparring Partner',
    question: 'Which of our prices should we look at first?',
  },
  { name: 'trail', email: administrator.email, path: '/audit?search=annual-leave.md' },
];

/** Past usage is made up; its models are ones with a list price, so that the charts show costs. */
export const usageModels = ['anthropic/claude-sonnet-4-5', 'openai/gpt-5-mini'];
export const usageDays = 30;
