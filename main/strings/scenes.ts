/** What two items have in common of what they show. */
import type { Catalogue } from './catalogue.ts';

export const sceneSentences: Catalogue = {
  'scenes.range': {
    zh: '可疑文件第 {{fromS}}–{{toS}} 秒（帧 {{fromFrame}}–{{toFrame}}）与来源第 {{sourceFromS}}–{{sourceToS}} 秒（帧 {{sourceFromFrame}}–{{sourceToFrame}}）{{grade}}：{{frames}} 个抽样帧，差异居中值为 256 位中的 {{distance}} 位',
    en: 'Seconds {{fromS}}–{{toS}} (frames {{fromFrame}}–{{toFrame}}) of the questioned file show {{grade}} as seconds {{sourceFromS}}–{{sourceToS}} (frames {{sourceFromFrame}}–{{sourceToFrame}}) of the source: {{frames}} sampled frames, median difference {{distance}} of 256 bits',
  },
  'scenes.range-mirrored': {
    zh: '可疑文件第 {{fromS}}–{{toS}} 秒（帧 {{fromFrame}}–{{toFrame}}）左右翻转后与来源第 {{sourceFromS}}–{{sourceToS}} 秒（帧 {{sourceFromFrame}}–{{sourceToFrame}}）{{grade}}：{{frames}} 个抽样帧，差异居中值为 256 位中的 {{distance}} 位',
    en: 'Seconds {{fromS}}–{{toS}} (frames {{fromFrame}}–{{toFrame}}) of the questioned file, mirrored, show {{grade}} as seconds {{sourceFromS}}–{{sourceToS}} (frames {{sourceFromFrame}}–{{sourceToFrame}}) of the source: {{frames}} sampled frames, median difference {{distance}} of 256 bits',
  },
  'grade.same': { zh: '画面相同', en: 'the same scene' },
  'grade.similar': { zh: '画面相近（请对照两段画面）', en: 'a similar scene (look at both)' },
  'scenes.picture': {
    zh: '“{{questioned}}”（第 {{fromS}} 秒）与“{{source}}”（第 {{sourceFromS}} 秒）画面相同：差异为 256 位中的 {{distance}} 位',
    en: '“{{questioned}}” (second {{fromS}}) and “{{source}}” (second {{sourceFromS}}) show the same scene: they differ in {{distance}} of 256 bits',
  },
  'scenes.none': {
    zh: '没有找到“{{questioned}}”与“{{source}}”共有的画面。大幅裁剪、变速、旋转之后的共同来源不会被发现。',
    en: 'No scene common to “{{questioned}}” and “{{source}}” was found. A common source is missed after strong cropping, a change of speed, or turning.',
  },
  'scenes.compared': {
    zh: '参与比较的画面：可疑文件 {{questionedUsable}} 个（共 {{questionedOf}} 个），来源 {{sourceUsable}} 个（共 {{sourceOf}} 个）；细节太少的画面不比较。',
    en: 'Scenes compared: {{questionedUsable}} of {{questionedOf}} in the questioned file, {{sourceUsable}} of {{sourceOf}} in the source; scenes with too little detail are left out.',
  },
  'scenes.note': {
    zh: '画面相同只说明场景一致，不说明哪个在先、面部是否相同，也不说明由何种方式制作。',
    en: 'A match tells that scenes agree, not which came first, whether the face is the same, or how either was made.',
  },
  'scenes.not-recorded': {
    zh: '材料 {{item}} 没有记录画面特征（声音、快速检查的视频、由其他版本检查或尚未检查）：请先完整扫描',
    en: 'no scenes are recorded of item {{item}} (sound, a clip in the quick pass, examined with another version, or not examined): scan it in full first',
  },
};
