import type { Catalogue } from './catalogue.ts';

/** Likeness: why a face or voice was not compared, why a sample was refused, what its facts are called. */
export const identitySentences: Catalogue = {
  'reason.face-turned-away': {
    zh: '人脸转开了 {{degrees}} 度，超过可比对的 {{most}} 度',
    en: 'the face is turned away by {{degrees}} degrees; up to {{most}} can be compared',
  },
  'reason.several-faces': {
    zh: '画面里有 {{count}} 张大小相近的人脸，不能确定哪一张是本人；请裁剪出本人再试',
    en: '{{count}} faces of similar size are shown, so it is unclear which is the person’s; crop to the person and try again',
  },
  'reason.several-speakers': {
    zh: '录音里有 {{count}} 个人在说话；请剪出本人单独说话的部分',
    en: '{{count}} voices are heard; cut out the part where only the person speaks',
  },
  'reason.sample-known': { zh: '此人已有这份样本', en: 'this person has this sample already' },
  'reason.samples-made-otherwise': {
    zh: '此人的 {{count}} 个样本的特征由另一版模型得出，与本版不可比；请给此人再次添加原来的照片或录音',
    en: 'samples of this person that another version of the model measured cannot be compared with this one ({{count}}); add the photos or recordings to the person once more',
  },
  'reason.quality-not-kept': {
    zh: '早期版本的记录，没有保存清晰度和大小；重新检查后可以比较',
    en: 'recorded by an earlier version, without its sharpness and size; examine the item again to compare it',
  },
  'reason.vector-made-otherwise': {
    zh: '特征由另一版模型得出，与本版不可比；重新检查后可以比较',
    en: 'measured by another version of the model, which cannot be compared with this one; examine the item again to compare it',
  },
  'reason.no-vector': {
    zh: '没有得到可比较的特征（太小、太短、太模糊或缺少模型）',
    en: 'no features to compare were obtained (too small, too short, too blurred, or the model was missing)',
  },
  'population.general': {
    zh: '公开新闻照片中的各国人士',
    en: 'people of many countries in public news photos',
  },
  'population.east-asian': {
    zh: '公开新闻照片中按姓名选出的东亚人士',
    en: 'East Asian people, chosen by name, in public news photos',
  },
  'population.voices-all': {
    zh: '英、葡、德、韩、汉语录音中的说话人',
    en: 'speakers of English, Portuguese, German, Korean and Mandarin recordings',
  },
  'population.voices-de': { zh: '德语表演情绪录音中的说话人', en: 'speakers of acted German recordings' },
  'population.voices-en': { zh: '英语朗读录音中的说话人', en: 'speakers of English recordings' },
  'population.voices-ko': { zh: '韩语录音中的说话人', en: 'speakers of Korean recordings' },
  'population.voices-pt': { zh: '葡萄牙语朗读录音中的说话人', en: 'speakers of Portuguese recordings' },
  'population.voices-zh': { zh: '汉语录音中的说话人', en: 'speakers of Mandarin recordings' },
  'fact.likeness.similarity': { zh: '相似度（余弦）', en: 'similarity (cosine)' },
  'fact.likeness.falseMatchRate': {
    zh: '测试中不同人之间达到这一相似度的比例',
    en: 'share of tested pairs of different people that reach this similarity',
  },
  'fact.likeness.falseMatchUpper': {
    zh: '上述比例的九十五分置信上限',
    en: 'upper end of the interval of that share (confidence .95)',
  },
  'fact.likeness.falseMatchPairs': { zh: '测试所用的不同人的对数', en: 'pairs of different people tested' },
  'fact.likeness.population': { zh: '测试人群', en: 'people tested' },
  'fact.likeness.samples': { zh: '用于比对的样本数', en: 'samples compared with' },
  'fact.likeness.ownGap': {
    zh: '与此人各样本的相似度，比各样本彼此之间的平均相似度低多少（仿冒者与旁人都会更低）',
    en: 'how far the likeness to the person’s samples lies below that of the samples to each other (an imitation and another person both lie lower)',
  },
  'fact.likeness.gapOverTrack': {
    zh: '逐帧计算的上述差值（最小、居中、最大）',
    en: 'the same gap look by look (least, middle, greatest)',
  },
  'fact.likeness.ownSpread': {
    zh: '本人样本之间的相似度（最低、中位、最高）',
    en: 'similarity between the person’s own samples (lowest, median, highest)',
  },
  'fact.likeness.bestFrame': { zh: '最相似的一帧', en: 'most similar frame' },
  'fact.likeness.medianFrame': { zh: '居中的一帧', en: 'median frame' },
  'fact.likeness.worstFrame': { zh: '最不相似的一帧', en: 'least similar frame' },
  'fact.likeness.speechSeconds': { zh: '用于比对的讲话秒数', en: 'seconds of speech compared' },
  'persons.range': { zh: '{{low}} 至 {{high}}', en: '{{low}} to {{high}}' },
  'persons.group.face': { zh: '人脸组 {{group}}', en: 'face group {{group}}' },
  'persons.group.voice': { zh: '声音组 {{group}}', en: 'voice group {{group}}' },
  'left.no-vector': { zh: '没有得到可比较的特征', en: 'no features to compare were obtained' },
  'left.vector-made-otherwise': {
    zh: '特征由另一版模型得出，须重新检查',
    en: 'measured by another version of the model; to be examined again',
  },
  'left.quality-not-kept': {
    zh: '早期版本的记录，须重新检查',
    en: 'recorded by an earlier version; to be examined again',
  },
  'left.face-too-small': { zh: '人脸太小', en: 'face too small' },
  'left.face-blurred': { zh: '人脸太模糊', en: 'face too blurred' },
  'left.face-turned-away': { zh: '人脸转开太多', en: 'face turned away too far' },
  'left.speech-too-short': { zh: '讲话太短', en: 'too little speech' },
};
