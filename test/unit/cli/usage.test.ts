import { jest } from '@jest/globals';
import { CommanderError } from 'commander';
import { buildProgram, liftGlobals } from '../../../main/cli/program.ts';
import type { Language } from '../../../main/strings/index.ts';

/** What is written to the standard error where the words are not a usage of the program. */
async function told(language: Language, argv: readonly string[]): Promise<string> {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await liftGlobals(await buildProgram(language, argv)).parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
  } finally {
    spy.mockRestore();
  }
  return written.join('');
}

test.each([
  [['--foo'], '没有 --foo 这个选项。', 'There is no option --foo.'],
  [
    ['scan', '--quik', 'a.jpg'],
    '没有 --quik 这个选项。\n您要的是不是：--quick',
    'There is no option --quik.\nDid you mean: --quick',
  ],
  [
    ['provnance'],
    '没有 provnance 这个命令。\n您要的是不是：provenance',
    'There is no command provnance.\nDid you mean: provenance',
  ],
  [['match', 'a'], '缺少参数 <source>。', 'The argument <source> is missing.'],
  [['provenance', 'a', 'b'], '参数太多：最多 1 个，给出了 2 个。', 'Too many arguments: at most 1, given 2.'],
  [['reference', 'add', 'a.jpg'], '必须给出选项 --name <name>。', 'The option --name <name> must be given.'],
  [
    ['reference', 'add', '--to', 'A', '--name', 'A', 'a.jpg'],
    '选项 --to <name> 和 --name <name> 不能同时使用。',
    'The options --to <name> and --name <name> do not go together.',
  ],
  [['scan', '--case'], '选项 --case <name> 后面缺少内容。', 'Nothing is given for the option --case <name>.'],
  [
    ['scan', '--vault', 'x', 'a.jpg'],
    '--vault <mode> 不能是“x”；可选：copy, reference。',
    '--vault <mode> cannot be “x”; it is one of: copy, reference.',
  ],
  [['schema', 'x'], 'what 不能是“x”；可选：scan, report。', 'what cannot be “x”; it is one of: scan, report.'],
  [
    ['scan', '--fps', '900', 'a.jpg'],
    '--fps <number> 不能是“900”；应为：0.1 – 60',
    '--fps <number> cannot be “900”; expected: 0.1 – 60',
  ],
])('a fault of usage is told in the language of the user: %j', async (argv, zh, en) => {
  const said = await told('zh', argv);
  expect(said.slice(0, zh.length + 1)).toBe(`${zh}\n`);
  expect(said).not.toMatch(/error:|\[options\]|choices:|default:/);
  expect(await told('en', argv)).toContain(`${en}\n`);
});

test('each command is found by its name, and all of them without one', async () => {
  const names = (await buildProgram('en', [])).commands.map((command) => command.name());
  expect(names.length).toBeGreaterThan(15);
  for (const name of names)
    expect((await buildProgram('en', [name])).commands.map((one) => one.name())).toEqual([name]);
});
