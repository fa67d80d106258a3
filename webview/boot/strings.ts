/**
 * The page's own `vscode.l10n.t`: turns an English sentence with `{0}` placeholders into the user's language. The host
 * lays the translations into the page (see `panelHtml`). Every call names its sentence as a literal: a test holds those
 * literals and the bundles together.
 */
export function t(message: string, ...values: (string | number)[]): string {
  strings ??= JSON.parse(document.documentElement.dataset.strings ?? '{}') as Readonly<Record<string, string>>;
  return (strings[message] ?? message).replace(/\{(\d)\}/g, (whole, index: string) =>
    String(values[Number(index)] ?? whole),
  );
}

let strings: Readonly<Record<string, string>> | undefined;

/**
 * A number as the user's language writes it, with a minus sign that is as wide as a plus.
 *
 * @param fractionDigits How many digits stand after the decimal mark, always.
 */
export function formatNumber(value: number, fractionDigits = 0): string {
  let format = formats.get(fractionDigits);
  if (format === undefined) {
    format = new Intl.NumberFormat(document.documentElement.lang, {
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
    });
    formats.set(fractionDigits, format);
  }
  return format.format(value).replace('-', '\u2212');
}

/** By fraction digits: making one costs far more than using it, and a chart writes hundreds of numbers a frame. */
const formats = new Map<number, Intl.NumberFormat>();
