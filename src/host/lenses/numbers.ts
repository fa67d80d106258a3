import * as vscode from 'vscode';

/** A whole number as people of the editor's language write it. */
export function wholeNumber(value: number): string {
  return value.toLocaleString(vscode.env.language, { maximumFractionDigits: 0 });
}

/** A share as a percentage, with more digits where it is small; below a ten-thousandth only that it is. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0001) return `< ${percent(0.0001)}`;
  const maximumFractionDigits = share < 0.001 ? 2 : share < 0.1 ? 1 : 0;
  return share.toLocaleString(vscode.env.language, { style: 'percent', maximumFractionDigits });
}

/** Bits or another figure of that size, with two digits after the point. */
export function bits(value: number): string {
  return value.toLocaleString(vscode.env.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
