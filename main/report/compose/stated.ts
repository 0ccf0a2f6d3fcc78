/** Statements of the user as cells: free text quoted, choices in words, days as they were given. */
import { question, type Stated } from '../../law/index.ts';
import type { Cell } from '../document.ts';
import { figure, quoted } from './composing.ts';

export function statedValue({ question: id, value }: Stated): Cell {
  const { form } = question(id);
  if (Array.isArray(value)) return [{ answers: (value as readonly string[]).map((one) => `law.answer.${one}`) }];
  if (typeof value === 'object' && 'from' in value) return [figure(`${value.from} – ${value.to}`)];
  if (form === 'choice') return [{ answers: [`law.answer.${value}`] }];
  if (form === 'text') return [quoted(String(value))];
  return [figure(typeof value === 'number' ? value : String(value))];
}
