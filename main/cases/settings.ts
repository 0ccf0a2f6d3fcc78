/** Choices that belong to one case. Values are JSON and stand unsealed: no names, paths or texts. */
import type { OpenCase } from './open-case.ts';

export function getSetting<Value>(c: OpenCase, key: string): Value | null {
  const row = c.db.get<{ valueJson: string }>('SELECT valueJson FROM settings WHERE key = ?', key);
  return row ? (JSON.parse(row.valueJson) as Value) : null;
}

export function setSetting(c: OpenCase, key: string, value: unknown): void {
  c.db.run(
    'INSERT INTO settings (key, valueJson) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET valueJson = excluded.valueJson',
    key,
    JSON.stringify(value),
  );
}
