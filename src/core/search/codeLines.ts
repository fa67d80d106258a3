import { endOfLongString, maskCode } from './codeMask.js';

/** What a line is for the structure of a file. */
export interface CodeLine {
  /** The line as it stands in the file, without its line end. */
  readonly text: string;
  /** The same without what comments and strings say, and without blanks around; see {@link maskCode}. */
  readonly code: string;
  /** Columns of blanks in front of the first other character; a tab counts as 4. */
  readonly indent: number;
  /**
   * `blank`; `comment` when nothing else stands there; `aside` when its indentation tells nothing; `rest` when it begins
   * with the end of a string over several lines; otherwise `code`.
   */
  readonly role: 'blank' | 'comment' | 'aside' | 'rest' | 'code';
}

const tabColumns = 4;
/** Instructions of a preprocessor, labels and access specifiers stand where they like. */
const aside =
  /^(?:#\s*(?:if|ifdef|ifndef|else|elif|endif|define|undef|include|pragma|region|endregion|error)\b.*|(?:public|private|protected|signals|[a-z_]\w*)(?: slots)?\s*:)$/;

/** The lines of a text with `\n` line ends. A text without one is one line. */
export function codeLines(text: string): readonly CodeLine[] {
  const masked = maskCode(text).split('\n');
  return text.split('\n').map((line, index) => {
    const code = masked[index]!.trim();
    return { text: line, code, indent: indentOf(line), role: roleOf(line, code) };
  });
}

function roleOf(line: string, code: string): CodeLine['role'] {
  if (code === '') return line.trim() === '' ? 'blank' : 'comment';
  if (code.startsWith(endOfLongString)) return 'rest';
  return aside.test(code) ? 'aside' : 'code';
}

function indentOf(line: string): number {
  const blanks = /^[ \t]*/.exec(line)![0];
  return blanks.replaceAll('\t', ' '.repeat(tabColumns)).length;
}
