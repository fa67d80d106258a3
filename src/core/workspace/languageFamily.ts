/** Extensions of languages whose files are written like each other or use each other. */
const families: readonly (readonly string[])[] = [
  ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte'],
  ['c', 'cc', 'cpp', 'cxx', 'h', 'hh', 'hpp', 'hxx', 'm', 'mm'],
  ['java', 'kt', 'kts', 'scala', 'groovy', 'gradle'],
  ['py', 'pyi', 'pyw'],
  ['sh', 'bash', 'zsh'],
  ['ex', 'exs'],
  ['pl', 'pm'],
];

const familyOf: ReadonlyMap<string, string> = new Map(
  families.flatMap((extensions) => extensions.map((extension) => [extension, extensions[0]!] as const)),
);

/** Names the group of languages that a file belongs to; empty for a name without an extension. */
export function languageFamily(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return extension.length === name.length ? '' : (familyOf.get(extension) ?? extension);
}
