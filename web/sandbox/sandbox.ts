import type { SandboxContent, SandboxNews } from './sandbox-messages.ts';

/** What would lead elsewhere or replace the page; scripts that come as text are never run in any case. */
const removed = 'script, meta, base, link, iframe, frame, object, embed, portal';

// The app cannot be named as the receiver: this page has no origin. It learns nothing that it did not send.
const tell = (news: SandboxNews) => parent.postMessage(news, '*');

addEventListener('message', ({ data, source }: MessageEvent<SandboxContent>) => {
  if (source === parent) void show(data);
});

// Links have nowhere to go from here.
addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('a, area')) event.preventDefault();
});

// Margins of what is shown count, and the height follows the width that there is.
const frameStyle = new CSSStyleSheet();
frameStyle.replaceSync('body { display: flow-root }');
document.adoptedStyleSheets = [frameStyle];
const sizes = new ResizeObserver(tellSize);

function tellSize(): void {
  const { marginTop, marginBottom } = getComputedStyle(document.body);
  const { width, height } = document.body.getBoundingClientRect();
  tell({
    type: 'shown',
    width: Math.ceil(width),
    height: Math.ceil(height + parseFloat(marginTop) + parseFloat(marginBottom)),
  });
}

async function show(content: SandboxContent): Promise<void> {
  try {
    if (content.kind === 'markup') showMarkup(content.text);
    else await showDiagram(content);
    sizes.observe(document.body);
  } catch {
    tell({ type: 'failed' });
  }
}

function showMarkup(text: string): void {
  const parsed = new DOMParser().parseFromString(text, 'text/html');
  for (const element of parsed.querySelectorAll(removed)) element.remove();
  const styles = [...parsed.head.querySelectorAll('style')];
  document.body.replaceChildren(...styles, ...parsed.body.childNodes);
}

/** Mermaid's own are lilac and grey; these are the app's. */
const light = { fill: '#eef6fe', line: '#7bb6e8', ground: '#ffffff' };
const night = { fill: '#1d2c3a', line: '#4a8cc1', ground: '#1a1a1b' };

async function showDiagram({ text, dark }: Extract<SandboxContent, { kind: 'diagram' }>): Promise<void> {
  const { default: mermaid } = await import('mermaid');
  const { fill, line, ground } = dark ? night : light;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: dark ? 'dark' : 'default',
    themeVariables: {
      primaryColor: fill,
      primaryBorderColor: line,
      mainBkg: fill,
      nodeBorder: line,
      actorBkg: fill,
      actorBorder: line,
      edgeLabelBackground: ground,
    },
    fontFamily: 'system-ui, sans-serif',
    // A diagram's own settings may not loosen these.
    secure: ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'fontFamily'],
    maxTextSize: 20_000,
    maxEdges: 300,
  });
  await mermaid.parse(text);
  const { svg } = await mermaid.render('diagram', text);
  document.body.innerHTML = svg;
}

tell({ type: 'ready' });
