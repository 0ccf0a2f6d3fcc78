/** Whether two items agree in what is shown of both; null where one of them is not known: that is neither the same nor different. */
export function alike(left: string, right: string): 'same' | 'differs' | null {
  if (left === '' || right === '') return null;
  return left === right ? 'same' : 'differs';
}
