test('arrays of numbers are equal where every number and their type are, and a difference is named', () => {
  const of = (...numbers: number[]) => ({ data: Uint8Array.from(numbers) });
  expect(of(1, 2, 3)).toEqual(of(1, 2, 3));
  expect(() => expect(of(1, 2, 3)).not.toEqual(of(1, 2, 3))).toThrow();
  expect(() => expect(of(1, 2, 3)).toEqual(of(1, 2, 4))).toThrow(/4/);
  expect(() => expect(of(1, 2, 3)).toEqual(of(1, 2))).toThrow();
  expect(() => expect(Uint8Array.of(1)).toStrictEqual(Buffer.of(1))).toThrow();
  expect(() => expect(Float32Array.of(0)).toEqual(Float32Array.of(-0))).toThrow();
  expect(Float32Array.of(Number.NaN)).toEqual(Float32Array.of(Number.NaN));
});
