import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** An attribute of all elements with a role, in order. */
export async function attributes(page: Page, role: 'option' | 'treeitem', name: string): Promise<string[]> {
  const elements = await page.getByRole(role).all();
  return Promise.all(elements.map(async (element) => (await element.getAttribute(name)) ?? ''));
}

/** Waits until a branch is there that grows no more, however many tokens the model gave it. */
export async function branchEnded(page: Page): Promise<void> {
  await page.locator('.chip').first().waitFor();
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
}

/** Everything on the page that says what a candidate is, in order. */
export async function candidates(page: Page): Promise<string[]> {
  await page.getByRole('option').first().waitFor();
  return attributes(page, 'option', 'aria-label');
}

/** The tokens of the branch, as it shows them. */
export async function pathOf(page: Page): Promise<string[]> {
  return page.locator('.chip-text').allInnerTexts();
}

/** Types a number into a field. */
export async function setField(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('spinbutton', { name: label }).fill(value);
  await page.getByRole('spinbutton', { name: label }).press('Enter');
}

/** Takes the candidate at `index` and waits until the branch has `length` tokens. */
export async function take(page: Page, index: number, length: number): Promise<void> {
  await page.getByRole('option').nth(index).click();
  await page
    .locator('.chip')
    .nth(length - 1)
    .waitFor();
}
