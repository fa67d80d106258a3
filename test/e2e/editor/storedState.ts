import type { Page } from 'playwright-core';

/** What is used here of a browser's IndexedDB. */
interface StoredRows {
  databases(): Promise<{ readonly name?: string }[]>;
  open(name: string): {
    onsuccess: () => void;
    readonly result: {
      readonly objectStoreNames: Iterable<string>;
      transaction(store: string): {
        objectStore(store: string): { getAll(): { onsuccess: () => void; readonly result: unknown[] } };
      };
      close(): void;
    };
  };
}

/** Whether a pattern is in the state that VS Code in this page keeps in the browser: open editors, and what pages remember. */
export async function isStored(page: Page, pattern: RegExp): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const { indexedDB } = globalThis as unknown as { indexedDB: StoredRows };
    const rows = async (name: string): Promise<unknown[]> => {
      const opening = indexedDB.open(name);
      await new Promise<void>((resolve) => (opening.onsuccess = resolve));
      const database = opening.result;
      const all: unknown[] = [];
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).getAll();
        await new Promise<void>((resolve) => (reading.onsuccess = resolve));
        all.push(...reading.result);
      }
      database.close();
      return all;
    };
    const names = (await indexedDB.databases()).flatMap(({ name }) =>
      name?.startsWith('vscode-web-state-db') === true ? [name] : [],
    );
    const stored = await Promise.all(names.map(rows));
    return stored.flat().some((row) => typeof row === 'string' && new RegExp(wanted).test(row));
  }, pattern.source);
}
