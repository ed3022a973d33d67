import { type AnsweredCall, type DemoConversation, type DemoStep, firstNameOf, say } from './demo-conversation.ts';
import { type Passage, readPassages } from './passages.ts';
import { scoreAll, wordsOf } from './word-match.ts';

/** A passage that holds this share of the question ends the search. */
const goodScore = 0.62;
/** Below this share nothing is said to answer the question. */
const minScore = 0.4;
const maxReads = 6;

/** Of a question, as the search takes it. */
const maxQueryLength = 300;

/** What an agent with documents does: search them, read what fits best by its words, answer with a quotation. */
export function answerFromDocuments(conversation: DemoConversation): DemoStep {
  const { question, calls, attachments, tools } = conversation;
  const talk = calls.length === 0 && attachments.length === 0 ? smallTalk(conversation) : undefined;
  if (talk) return talk;
  const searched = calls.find((call) => call.name === 'pinchy_search');
  if (!searched && attachments.length === 0 && tools.has('pinchy_search')) {
    const query = queryOf(conversation).slice(0, maxQueryLength);
    return { text: '', toolCalls: [{ name: 'pinchy_search', input: { query } }] };
  }
  const found = foundPaths(searched?.output ?? '');
  const words = questionWords(conversation);
  const reads = calls.filter((call) => call.name === 'pinchy_read');
  const wanted = attachments.length > 0 ? attachments : found.length > 0 ? found : filesToRead(words, calls);
  if (!wanted) return nextListing(calls);
  const answers = findAnswers(words, reads);
  const best = answers[0];
  const next = wanted.find((path) => !reads.some((call) => call.input['path'] === path));
  if (next && reads.length < maxReads && (attachments.length > 0 || (best?.score ?? 0) < goodScore)) {
    return { text: '', toolCalls: [{ name: 'pinchy_read', input: { path: next } }] };
  }
  if (!best || (best.score < minScore && attachments.length === 0)) return say(nothingFound(reads, wanted));
  return say(
    compose(
      question,
      best.candidate,
      answers.map(({ candidate }) => candidate),
    ),
  );
}

function smallTalk({ question, system }: DemoConversation): DemoStep | undefined {
  if (/^(hi|hello|hey|good (morning|day|evening)|servus|hallo)\b[^?]*$/i.test(question) && question.length < 60) {
    return say(
      `Hello ${firstNameOf(system)}. Ask me something that the documents might answer, and I will quote the place where I found it.`,
    );
  }
  if (/^(thanks?|thank you|great|perfect|ok(ay)?)\b[^?]*$/i.test(question) && question.length < 60) {
    return say('You are welcome.');
  }
  return undefined;
}

/** A short follow-up ("And in Zurich?") is about what was asked before, too. */
const isFollowUp = ({ question }: DemoConversation): boolean =>
  wordsOf(question).size < 3 && /^(and|what about|how about|or)\b/i.test(question);

const questionWords = (conversation: DemoConversation): Set<string> => wordsOf(queryOf(conversation));

function queryOf(conversation: DemoConversation): string {
  const { question, previousQuestion } = conversation;
  return isFollowUp(conversation) ? `${previousQuestion} ${question}` : question;
}

/** The documents in which the search found something, the best first. */
const foundPaths = (output: string): string[] => [
  ...new Set([...output.matchAll(/^\[\d+\] (\/.+?) \([^()]*\)(?: —|$)/gm)].map(([, path]) => path ?? '')),
];

/** First the directories, then all that is in them. */
function nextListing(calls: AnsweredCall[]): DemoStep {
  const listed = calls.filter((call) => call.name === 'pinchy_ls');
  if (listed.length === 0) return { text: '', toolCalls: [{ name: 'pinchy_ls', input: {} }] };
  const paths = directoriesIn(listed[0]?.output ?? '').filter((path) => path.startsWith('/data/'));
  if (paths.length === 0) {
    return say('I have no documents yet: an admin can give me directories in my settings, under Permissions.');
  }
  return {
    text: '',
    toolCalls: paths.slice(0, 8).map((path) => ({ name: 'pinchy_ls', input: { path, recursive: true } })),
  };
}

const directoriesIn = (listing: string): string[] =>
  [...listing.matchAll(/^(\/.+)\/$/gm)].map(([, path]) => path ?? '');

/** The files of all listings, the best name first; undefined while they have not been listed. */
function filesToRead(words: Set<string>, calls: AnsweredCall[]): string[] | undefined {
  const listings = calls.filter((call) => call.name === 'pinchy_ls' && call.input['path'] !== undefined);
  if (listings.length === 0) return undefined;
  const files = listings.flatMap(({ output }) => {
    const directory = /^Directory: (.+) \([^()]*\)$/m.exec(output)?.[1] ?? '';
    return [...output.matchAll(/^(\S.*?) {2}\([^()]*\)$/gm)].map(([, name]) => `${directory}/${name}`);
  });
  const named = files.map((path) => ({
    path,
    text: path.slice(path.lastIndexOf('/') + 1).replaceAll(/[-_.]/g, ' '),
    around: path.replaceAll(/[/_-]/g, ' '),
  }));
  return scoreAll(words, named)
    .sort((one, other) => other.score - one.score)
    .map(({ candidate }) => candidate.path);
}

function findAnswers(words: Set<string>, reads: AnsweredCall[]): { candidate: Passage; score: number }[] {
  const passages = reads.flatMap(({ output }) => readPassages(output)?.passages ?? []);
  return scoreAll(words, passages).sort((one, other) => other.score - one.score);
}

function nothingFound(reads: AnsweredCall[], files: string[]): string {
  const refused = reads.filter(({ output }) => !readPassages(output)).map(({ output }) => output.slice(0, 300));
  const looked = reads.flatMap(({ output }) => readPassages(output)?.path ?? []).map((path) => `- \`${path}\``);
  if (files.length === 0) return 'The directories I may read are empty.';
  if (looked.length === 0) return ['I could not read the documents.', ...refused].join('\n\n');
  return ['The documents do not answer this as far as I can see. I read:', looked.join('\n'), ...refused].join('\n\n');
}

function compose(question: string, best: Passage, ranked: Passage[]): string {
  const source = (place: string, cited: Passage[] = [best]) =>
    [`Source: \`${best.path}\`, ${place}`, marksOf(cited)].filter(Boolean).join(' ');
  if (best.row) {
    const { columns } = best.row;
    const rows = ranked
      .slice(0, 3)
      .filter(({ row, path }, index) => path === best.path && (index === 0 || sameShape(row, columns)));
    const shown = asksForSeveral(question) ? rows : rows.slice(0, 1);
    const line = (cells: string[]) =>
      `| ${columns.map((_, index) => cells[index]?.replaceAll('|', '\\|') ?? '').join(' | ')} |`;
    const table = [line(columns), line(columns.map(() => '---')), ...shown.map(({ row }) => line(row?.cells ?? []))];
    return [table.join('\n'), source(shown.map(({ place }) => place).join(', '), shown)].join('\n\n');
  }
  const section = ranked.filter(({ path, heading, row }) => path === best.path && heading === best.heading && !row);
  const inOrder = section.toSorted((one, other) => lineOf(one) - lineOf(other));
  if (
    /^(how (do|can|to|should|is|are)|what (are|do)|explain|list|which steps|describe)\b/i.test(question) &&
    inOrder.length > 2
  ) {
    const items = inOrder.slice(0, 8).map(({ text }) => `- ${text}`);
    return [`**${best.heading}**`, items.join('\n'), source(placesOf(inOrder.slice(0, 8)), inOrder.slice(0, 8))].join(
      '\n\n',
    );
  }
  const also = inOrder.filter(({ text }) => text !== best.text && !/^(Valid from|Owner:)/.test(text)).slice(0, 2);
  const more = also.length > 0 ? [`In the same section: ${also.map(({ text }) => text).join(' ')}`] : [];
  return [`> ${best.text}`, ...more, source(best.place)].join('\n\n');
}

const marksOf = (cited: Passage[]): string =>
  [...new Set(cited.flatMap(({ number }) => number ?? []))].map((number) => `[${number}]`).join('');

const sameShape = (row: Passage['row'], columns: string[]) => row?.columns.join() === columns.join();
const asksForSeveral = (question: string) => /\b(all|both|compare|list|which|and|versus|vs)\b/i.test(question);
const lineOf = ({ place }: Passage) => Number(/\d+/.exec(place)?.[0] ?? 0);

function placesOf(passages: Passage[]): string {
  const first = passages[0]?.place ?? '';
  const last = passages.at(-1)?.place ?? '';
  if (first === last || !first.startsWith('line')) return first;
  return `lines ${lineOf(passages[0] as Passage)}-${/\d+$/.exec(last)?.[0]}`;
}
