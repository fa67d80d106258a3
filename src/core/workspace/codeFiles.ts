/** Files larger than this are generated, most of the time. Own choice. */
export const mostFileBytes = 512 * 1024;

const extensions = [
  ...['bash', 'c', 'cc', 'cjs', 'clj', 'cpp', 'cs', 'cts', 'cxx', 'dart', 'ex', 'exs', 'fs', 'go', 'groovy', 'gradle'],
  ...[
    'h',
    'hh',
    'hpp',
    'hs',
    'hxx',
    'java',
    'jl',
    'js',
    'jsx',
    'kt',
    'kts',
    'lua',
    'm',
    'mjs',
    'ml',
    'mm',
    'mts',
    'nim',
  ],
  ...[
    'php',
    'pl',
    'pm',
    'ps1',
    'py',
    'pyi',
    'pyw',
    'r',
    'rb',
    'rs',
    'scala',
    'sh',
    'sql',
    'svelte',
    'swift',
    'ts',
    'tsx',
  ],
  ...['vue', 'zig', 'zsh'],
];
const codeExtension = new RegExp(String.raw`\.(?:${extensions.join('|')})$`, 'i');
const generated = /(?:\.min\.[cm]?js|\.bundle\.js|[._]pb2?\.(?:go|py|cc|h)|\.g\.cs|\.designer\.cs|\.generated\.\w+)$/i;
/** Lines of hand-written code are shorter; a file in which one is longer than this was made by a program. */
const mostLineLength = 20_000;

/** The names of code files as a glob of the editor. */
export const codeFilesGlob = `**/*.{${extensions.join(',')}}`;

/** True for the name or path of a file with code that somebody wrote. */
export function isCodePath(path: string): boolean {
  return codeExtension.test(path) && !generated.test(path);
}

/** The text of a code file, a byte order mark left out; undefined when the bytes are no text, or nobody wrote them. */
export function codeText(bytes: Uint8Array): string | undefined {
  if (bytes.length > mostFileBytes || bytes.includes(0)) return undefined;
  const text = new TextDecoder('utf-8').decode(bytes);
  return isHandwritten(text) ? text : undefined;
}

/** False for text that a program wrote, as its length or that of a line tells. */
export function isHandwritten(text: string): boolean {
  return text.length <= mostFileBytes && !text.split('\n').some(({ length }) => length > mostLineLength);
}
