/** What the app asks the sandboxed frame to show. */
export type SandboxContent = { kind: 'markup'; text: string } | { kind: 'diagram'; text: string; dark: boolean };

/** What the frame tells: that it can be asked, how large what it shows is (CSS pixels), or that it cannot be shown. */
export type SandboxNews = { type: 'ready' } | { type: 'shown'; width: number; height: number } | { type: 'failed' };
