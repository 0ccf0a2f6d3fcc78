import type { Catalogue } from '../catalogue.ts';

/** Looking at pictures, films and sound. */
export const viewerSentences: Catalogue = {
  'ui.viewer': { zh: '查看', en: 'Viewer' },
  'ui.viewer.covered': {
    zh: '内容默认遮住。查看会写入保管记录；声音不会自动播放。',
    en: 'The content is covered. Looking at it is written to the custody log; sound never starts by itself.',
  },
  'ui.viewer.reveal': { zh: '查看内容', en: 'Look at the content' },
  'ui.viewer.no-bytes': {
    zh: '这里只有检查结果，没有留存文件，因此不能查看内容。',
    en: 'Only the results were kept, not the file, so its content cannot be shown.',
  },
  'ui.viewer.other': {
    zh: '这种文件没有可以查看的画面或声音。',
    en: 'This kind of file has no picture or sound to look at.',
  },
  'ui.viewer.keys.picture': {
    zh: '加减键缩放，0 显示全部，1 原始像素，方向键移动',
    en: 'Plus and minus zoom, 0 shows all, 1 shows its own pixels, arrows move',
  },
  'ui.viewer.keys.sound': {
    zh: '空格播放或停止，左右键移动一秒，Home 和 End 到首尾，加减键缩放声谱图，0 显示尽可能长的一段',
    en: 'Space plays or stops, left and right move one second, Home and End go to the ends, plus and minus zoom the spectrogram, 0 shows as much as possible',
  },
  'ui.viewer.zoom': {
    zh: '{{scale}} 倍 · {{width}} × {{height}} 像素',
    en: '{{scale}}× · {{width}} × {{height}} pixels',
  },
  'ui.viewer.zoom.in': { zh: '放大', en: 'Larger' },
  'ui.viewer.zoom.out': { zh: '缩小', en: 'Smaller' },
  'ui.viewer.zoom.fit': { zh: '全部', en: 'Fit' },
  'ui.viewer.layers': { zh: '图层', en: 'Layers' },
  'ui.viewer.layer.faces': { zh: '人脸框', en: 'Face boxes' },
  'ui.viewer.layer.landmarks': { zh: '面部特征点', en: 'Points of the face' },
  'ui.viewer.opacity': { zh: '“{{name}}”的不透明度', en: 'Opacity of “{{name}}”' },
  'ui.viewer.px': { zh: '{{px}} 像素', en: '{{px}} px' },
  'ui.viewer.face.jump': { zh: '{{face}}，转到 {{at}}', en: '{{face}}, go to {{at}}' },
  'ui.viewer.backwards': { zh: '倒放（J）', en: 'Play backwards (J)' },
  'ui.viewer.forwards': { zh: '播放（L）', en: 'Play (L)' },
  'ui.viewer.still': { zh: '停住（K）', en: 'Stand still (K)' },
  'ui.viewer.step.back': { zh: '后退一帧（,）', en: 'One frame back (,)' },
  'ui.viewer.step.on': { zh: '前进一帧（.）', en: 'One frame on (.)' },
  'ui.viewer.moment': { zh: '时刻', en: 'Moment' },
  'ui.viewer.frame': { zh: '第 {{n}} 帧，共 {{of}} 帧', en: 'frame {{n}} of {{of}}' },
  'ui.viewer.spread': {
    zh: '{{name}}：{{n}} 个值，中位数 {{median}}，中间一半在 {{low}} 到 {{high}} 之间（图中的色带）',
    en: '{{name}}: {{n}} values, median {{median}}, the middle half from {{low}} to {{high}} (the band in the chart)',
  },
  'ui.viewer.gaps': {
    zh: '{{name}}：值与值之间有 {{n}} 段没有测量（图中断开处），合计 {{total}}，其中最长的一段为 {{from}} 至 {{to}}',
    en: '{{name}}: not measured between its values (where the line breaks): stretches {{n}}, together {{total}}, the longest from {{from}} to {{to}}',
  },
  'ui.viewer.heaviest': { zh: '数值最高处', en: 'Highest values' },
  'ui.viewer.as-table': { zh: '以表格显示', en: 'As a table' },
  'ui.viewer.from': { zh: '起', en: 'From' },
  'ui.viewer.to': { zh: '止', en: 'To' },
  'ui.viewer.lowest': { zh: '最低', en: 'Lowest' },
  'ui.viewer.highest': { zh: '最高', en: 'Highest' },
  'ui.viewer.sound.play': { zh: '播放声音', en: 'Play the sound' },
  'ui.viewer.sound.stop': { zh: '停止', en: 'Stop' },
  'ui.viewer.wave': { zh: '波形，满幅为 1', en: 'Waveform, 1 is full scale' },
  'ui.viewer.wave.until': { zh: '波形已画到 {{until}}，全长 {{of}}', en: 'Waveform drawn to {{until}} of {{of}}' },
  'ui.viewer.wave.table': { zh: '波形，以表格显示', en: 'Waveform as a table' },
  'ui.viewer.spectrogram': { zh: '声谱图', en: 'Spectrogram' },
  'ui.viewer.spectrogram.of': {
    zh: '声谱图：{{from}} 至 {{to}}，全长 {{of}}',
    en: 'Spectrogram: {{from}} to {{to}} of {{of}}',
  },
  'ui.viewer.spectrogram.longest': {
    zh: '一次最多 {{minutes}} 分钟；点波形可换到别处',
    en: 'longest at once: {{minutes}} min; a click on the waveform goes elsewhere',
  },
  'ui.viewer.db': { zh: '相对满幅的电平', en: 'level relative to full scale' },
};
