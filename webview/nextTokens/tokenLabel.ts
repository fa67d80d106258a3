import { css, html, type TemplateResult } from 'lit';
import type { TokenDescription } from '../../src/core/nextTokens/tokenDescriptions.js';
import { visiblePieces, type VisiblePiece } from '../../src/core/text/visiblePieces.js';
import { t } from '../boot/strings.js';

/** A token as it can be seen: blanks, line ends and parts of characters have marks. Needs {@link tokenLabelStyles}. */
export function tokenLabel(token: TokenDescription): TemplateResult {
  const { controlName } = token;
  if (controlName !== null) return html`<span class="token-control">${controlName}</span>`;
  return html`${piecesOf(token).map(drawPiece)}`;
}

/** A token in words, for screen readers and tips. */
export function tokenWords(token: TokenDescription): string {
  const { controlName } = token;
  if (controlName !== null) return t('control token {0}', controlName);
  return piecesOf(token).map(sayPiece).join(' ');
}

/** While a slider is dragged the same tokens are written at every frame. */
const knownPieces = new WeakMap<TokenDescription, readonly VisiblePiece[]>();

function piecesOf(token: TokenDescription): readonly VisiblePiece[] {
  let pieces = knownPieces.get(token);
  if (pieces === undefined) {
    pieces = visiblePieces(token.bytes);
    knownPieces.set(token, pieces);
  }
  return pieces;
}

function drawPiece(piece: VisiblePiece): TemplateResult {
  switch (piece.kind) {
    case 'text':
      return html`${piece.text}`;
    case 'spaces':
      return html`<span class="token-blank">${'·'.repeat(piece.count)}</span>`;
    case 'tab':
      return html`<span class="token-blank">→</span>`;
    case 'line-feed':
      return html`<span class="token-blank">↵</span>`;
    case 'carriage-return':
      return html`<span class="token-blank">␍</span>`;
    case 'codePoint':
      return html`<span class="token-code">${nameOfCodePoint(piece.codePoint)}</span>`;
    case 'byte':
      return html`<span class="token-code">${nameOfByte(piece.byte)}</span>`;
  }
}

function sayPiece(piece: VisiblePiece): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'spaces':
      return piece.count === 1 ? t('space') : t('{0} spaces', piece.count);
    case 'tab':
      return t('tab');
    case 'line-feed':
      return t('line break');
    case 'carriage-return':
      return t('carriage return');
    case 'codePoint':
      return nameOfCodePoint(piece.codePoint);
    case 'byte':
      return t('byte {0}', nameOfByte(piece.byte));
  }
}

function nameOfCodePoint(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function nameOfByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** Styles of {@link tokenLabel}, for the component that shows it. */
export const tokenLabelStyles = css`
  .token-blank {
    color: var(--glassbox-muted);
  }

  .token-code,
  .token-control {
    margin: 0 1px;
    padding: 0 3px;
    border: 1px solid var(--glassbox-border);
    border-radius: 3px;
    font-size: 0.85em;
  }
`;
