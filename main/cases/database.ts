/**
 * The only door to SQLite: opens a database file with the habits of this project and translates its faults into codes.
 * Statements are synchronous and short; a transaction never spans an `await`.
 */
import type BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';

/** Node-API level that better-sqlite3 13 needs; below it the addon crashes the process instead of refusing. */
const NODE_API_NEEDED = 10;

export type SqlValue = string | number | bigint | Buffer | Uint8Array | null;
type SqlParams = readonly SqlValue[];

/** Loads better-sqlite3 after checking that this Node can carry it. Throws AppError `NODE_TOO_OLD`. */
export async function loadSqlite(napi: string | undefined = process.versions.napi): Promise<typeof BetterSqlite3> {
  if (!(Number(napi) >= NODE_API_NEEDED)) throw new AppError('NODE_TOO_OLD', { found: process.version });
  return (await import('better-sqlite3')).default;
}

/**
 * Reduces a fault of SQLite or of the file system below it to a code. What is no such fault is returned as it is.
 * Result codes: https://www.sqlite.org/rescode.html
 */
export function storeFault(thrown: unknown): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (thrown instanceof AppError || typeof code !== 'string') return thrown;
  const options = { cause: thrown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return new AppError('NO_SPACE', {}, options);
  if (code === 'EROFS' || /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code))
    return new AppError('CASE_READ_ONLY', {}, options);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new AppError('CASE_LOCKED', {}, options);
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|FORMAT)/.test(code)) return new AppError('CASE_CORRUPT', {}, options);
  return thrown;
}

/** One open database. Every method throws AppError for faults of the disk or the file. */
export class CaseDatabase {
  readonly #connection: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement>();

  private constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection;
  }

  /**
   * Opens or creates `file`: WAL, every commit synced to disk, foreign keys on, deleted content overwritten with zeros.
   * Throws AppError `CASE_READ_ONLY`, `CASE_CORRUPT`, `NO_SPACE`, `NODE_TOO_OLD`.
   */
  static async open(file: string): Promise<CaseDatabase> {
    const Sqlite = await loadSqlite();
    let connection: BetterSqlite3.Database | undefined;
    try {
      connection = new Sqlite(file, { timeout: 2000 });
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      connection.pragma('secure_delete = ON');
      connection.pragma('recursive_triggers = ON');
      connection.pragma('trusted_schema = OFF');
      return new CaseDatabase(connection);
    } catch (thrown) {
      connection?.close();
      throw storeFault(thrown);
    }
  }

  /** Number of the last migration that ran; 0 in a new file. */
  get version(): number {
    return this.#guard(() => this.#connection.pragma('user_version', { simple: true }) as number);
  }

  set version(version: number) {
    this.#guard(() => this.#connection.pragma(`user_version = ${Math.trunc(version)}`));
  }

  get<Row>(sql: string, ...params: SqlParams): Row | undefined {
    return this.#guard(() => this.#prepare(sql).get(...params) as Row | undefined);
  }

  all<Row>(sql: string, ...params: SqlParams): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...params) as Row[]);
  }

  /** Rows that were changed, and the row id of the last one inserted. */
  run(sql: string, ...params: SqlParams): { readonly changes: number; readonly id: number } {
    const { changes, lastInsertRowid } = this.#guard(() => this.#prepare(sql).run(...params));
    return { changes, id: Number(lastInsertRowid) };
  }

  /** Several statements without parameters, for migrations. */
  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** All of `work` or nothing of it. Nested calls join the outer one. An async `work` is refused by better-sqlite3. */
  transaction<Result>(work: () => Result): Result {
    return this.#guard(() => this.#connection.transaction(work).immediate());
  }

  /** Brings everything into the main file and empties the write-ahead log. */
  checkpoint(): void {
    this.#guard(() => this.#connection.pragma('wal_checkpoint(TRUNCATE)'));
  }

  /** Writes a compact copy to `file`, which must not exist; free pages do not travel. */
  copyTo(file: string): void {
    this.#guard(() => this.#connection.prepare('VACUUM INTO ?').run(file));
  }

  close(): void {
    this.#connection.close();
  }

  #prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (thrown) {
      throw storeFault(thrown);
    }
  }
}
