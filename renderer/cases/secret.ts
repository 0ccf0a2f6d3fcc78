/** What a person types to open a case: recovery codes are groups of capitals and digits joined by hyphens, anything else is a passphrase. */
export function secretOf(text: string): { passphrase: string } | { recoveryCode: string } {
  return /^[A-Z0-9]{4,}(-[A-Z0-9]{4,}){3,}$/.test(text.trim()) ? { recoveryCode: text.trim() } : { passphrase: text };
}
