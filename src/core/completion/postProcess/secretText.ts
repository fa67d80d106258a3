/**
 * Keys and tokens with a published form. Sources: the issuers' documentation and the rules of secret scanners
 * (GitHub secret scanning, gitleaks). A model that learned one by heart must not hand it on.
 */
const secretForms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/,
  /\bgh[pousr]_[A-Za-z\d]{36,}/,
  /\bgithub_pat_\w{22,}/,
  /\bglpat-[\w-]{20,}/,
  /\bxox[abposr]-[\w-]{10,}/,
  /\bsk-[\w-]{20,}/,
  /\b[sr]k_live_[A-Za-z\d]{16,}/,
  /\bAIza[\w-]{35}/,
  /\bnpm_[A-Za-z\d]{36}/,
  /\bhf_[A-Za-z]{30,}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b[a-z][a-z\d+.-]*:\/\/[^\s:@/'"]+:[^\s:@/'"]{6,}@/i,
];

/** True when the text, or the text together with the line it continues, holds something that looks like a real secret. */
export function containsSecret(text: string, currentLine: string): boolean {
  const joined = currentLine + text;
  return secretForms.some((form) => form.test(joined) && !form.test(currentLine));
}
