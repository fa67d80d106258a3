import { layers, networkModules, outsideLayers, roots } from '../layers.mjs';

/** @param {string} text */
const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * A regular expression for every import specifier that is neither relative nor on the list.
 *
 * @param {readonly string[]} packages Entries of {@link layers}.
 */
function unlistedPackages(packages) {
  const allowed = packages.map((name) => {
    if (name === 'node:*') return `node:(?!(?:${networkModules.map(escape).join('|')})$)`;
    if (name.endsWith('/*')) return escape(name.slice(0, -1));
    return `${escape(name)}$`;
  });
  return `^(?!${[String.raw`\.{1,2}/`, ...allowed].join('|')})`;
}

/** Zones of `import-x/no-restricted-paths`: each layer against every folder it may not import from. */
export function layerZones() {
  const rows = Object.entries({ ...layers, ...roots });
  return rows.flatMap(([target, { may }]) =>
    [...rows.map(([from]) => from), ...outsideLayers]
      .filter((from) => from !== target && !may.includes(from))
      .map((from) => ({ target: `./${target}`, from: `./${from}`, message: `${target} must not depend on ${from}.` })),
  );
}

/** One ESLint config object per layer, with the packages that it may import. @returns {import('eslint').Linter.Config[]} */
export function packageRules() {
  return Object.entries({ ...layers, ...roots }).map(([layer, { packages }]) => ({
    name: `packages/${layer}`,
    files: [layer.endsWith('.ts') ? layer : `${layer}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: unlistedPackages(packages), message: `Not on the package list of ${layer}.` }] },
      ],
    },
  }));
}
