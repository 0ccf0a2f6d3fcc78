import path from 'node:path';
import type { AnalyzerContext } from '../../../main/contract/analyzer.ts';
import type { Fact } from '../../../main/contract/fact.ts';
import type { Frame, FrameOptions, OpenMedia, RgbImage } from '../../../main/contract/media.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { explicitLabelAnalyzer } from '../../../main/provenance/analyzers/explicit-label.ts';
import { memorySource } from '../../../main/provenance/bytes/window.ts';
import { personalInformation, vendorOf, withoutNumbers, wordingOf } from '../../../main/provenance/text/wording.ts';
import { bareMedia, context, valuesOf } from './examine.ts';
import { drawScene, type Lettering } from './lettering.ts';

const store = new ModelStore({
  modelsFolder: path.resolve(import.meta.dirname, '../../../models'),
  packsFolder: '/nonexistent',
  threads: 1,
});
const full: AnalyzerContext = { ...context(), models: store };

afterAll(() => store.dispose());

async function examine(media: OpenMedia): Promise<readonly Fact[]> {
  const [outcome] = await explicitLabelAnalyzer.run({ media, sha256: '', faces: null, voices: null }, full);
  expect(outcome!.status).toBe('evidence');
  return outcome!.facts;
}

function picture(image: RgbImage): OpenMedia {
  return { ...bareMedia(memorySource(new Uint8Array(8))), picture: async () => image };
}

/** A clip whose label is shown up to a moment. */
function clip(durationS: number, shownUntilS: number, labelled: RgbImage, plain: RgbImage): OpenMedia {
  const bare = bareMedia(memorySource(new Uint8Array(8)), 'video');
  async function* frames({ fps, fromS = 0, toS = durationS }: FrameOptions): AsyncIterable<Frame> {
    for (let i = 0; fromS + i / fps < toS; i++) {
      const timeS = fromS + i / fps;
      yield { image: timeS < shownUntilS ? labelled : plain, timeS, index: i };
    }
  }
  return { ...bare, info: { ...bare.info, durationS }, frames };
}

const corner = (text: string, width: number, height: number, share: number): Lettering[] => {
  const size = share * Math.min(width, height);
  return [{ text, x: width * 0.04, y: height - size * 1.6, size }];
};

test.each([
  ['AI生成', 540, 720, 0.05, 60],
  ['人工智能合成', 1080, 1440, 0.06, 75],
  ['由AI生成', 1280, 720, 0.05, 50],
])('%s at %i x %i is read, placed and measured', async (text, width, height, share, quality) => {
  const facts = await examine(picture(await drawScene(width, height, corner(text, width, height, share), quality)));
  expect(valuesOf(facts, 'label.explicitText')).toHaveLength(1);
  expect(valuesOf(facts, 'label.explicitWording')).toEqual(['gb45438']);
  const measured = valuesOf(facts, 'label.explicitHeight')[0] as number;
  expect(Math.abs(measured / share - 1)).toBeLessThan(0.15);
  expect(valuesOf(facts, 'label.heightRule')[0]).not.toBe('below');
  const at = facts.find((f) => f.id === 'label.explicitText')!.at as { x: number; y: number };
  expect(at.y).toBeGreaterThan(height * 0.8);
  expect(facts.find((f) => f.id === 'label.explicitText')).toMatchObject({ strength: 'S1', says: 'generated' });
});

test('a label far below one twentieth is told as below', async () => {
  const facts = await examine(picture(await drawScene(1280, 720, corner('AI生成', 1280, 720, 0.035), 80)));
  expect(valuesOf(facts, 'label.heightRule')).toEqual(['below']);
});

test('a picture without text gives no label', async () => {
  const facts = await examine(picture(await drawScene(800, 600, [])));
  expect(facts.map((f) => f.id)).toEqual(['label.textLines']);
});

test('a clip: in the first frame, and for how long beside the two seconds', async () => {
  const labelled = await drawScene(640, 480, corner('AI生成', 640, 480, 0.06));
  const plain = await drawScene(640, 480, []);
  const long = await examine(clip(8, 2.4, labelled, plain));
  expect(valuesOf(long, 'label.inFirstFrame')).toEqual([true]);
  expect(valuesOf(long, 'label.visibleSeconds')).toEqual([2.5]);
  expect(valuesOf(long, 'label.durationRule')).toEqual(['met']);
  const short = await examine(clip(8, 0.9, labelled, plain));
  expect(valuesOf(short, 'label.durationRule')).toEqual(['below']);
});

test('the quick pass reads no text', async () => {
  const { info } = picture(await drawScene(64, 64, []));
  expect(explicitLabelAnalyzer.leftOutOfQuickPass?.(info)).toMatchObject({ code: 'text-quick-pass' });
});

test('wording: both elements are needed, and what is near them is not enough', () => {
  expect(
    ['AI生成', '人工智能生成', '内容由Al合成', 'AI 生成', 'A1生成', 'A生成', '生成内容由AI提供'].map(wordingOf),
  ).toEqual(new Array(7).fill('gb45438'));
  expect(['AI', '生成', '合成橡胶', '人工智能大会', '发电机生成', 'AIRPORT'].map(wordingOf)).toEqual(
    new Array(6).fill(null),
  );
  expect(wordingOf('AI-generated content')).toBe('other-language');
  expect([vendorOf('豆包AI生成'), vendorOf('Sora'), vendorOf('Sora went to the market today')]).toEqual([
    'ByteDance Doubao',
    'OpenAI Sora',
    null,
  ]);
});

test('personal information is told by kind, never by text', () => {
  expect(personalInformation(['电话 138 0000 0000', '公民身份号码'])).toEqual(['phone-number', 'identity-card']);
  expect(personalInformation(['11010519491231002X'])).toEqual(['identity-number']);
  expect(personalInformation(['110105194912310021', '2024-01-01', '价格 1380'])).toEqual([]);
  expect(personalInformation(['对方正在输入…'])).toEqual(['chat']);
  expect(withoutNumbers('AI生成 138 0000 0000')).toBe('AI生成 …');
  expect(withoutNumbers('由AI生成 2026')).toBe('由AI生成 2026');
});
