import type { Catalogue } from './catalogue.ts';

/** Words for the learned detectors: why they hold no opinion, and what their figures are. */
export const detectorSentences: Catalogue = {
  'reason.picture-quick-pass': {
    zh: '快速检查不逐块分析整幅画面',
    en: 'the quick pass does not analyse the whole picture patch by patch',
  },
  'reason.face-too-small': {
    zh: '人脸只有 {{px}} 像素，小于 {{least}} 像素，不足以判断',
    en: 'the face measures {{px}} pixels, fewer than the {{least}} that an opinion needs',
  },
  'reason.face-blurred': { zh: '人脸过于模糊，不足以判断', en: 'the face is too blurred for an opinion' },
  'reason.speech-too-short': {
    zh: '此人讲话只有 {{seconds}} 秒，不足 {{least}} 秒，不足以判断',
    en: 'this speaker talks for {{seconds}} s, less than the {{least}} s that an opinion needs',
  },
  'reason.speech-too-quiet': { zh: '声音过轻，不足以判断', en: 'the speech is too quiet for an opinion' },
  'reason.picture-too-small': {
    zh: '图片边长小于 {{least}} 像素，不足以判断',
    en: 'a side of the picture is shorter than the {{least}} pixels that an opinion needs',
  },
  'reason.picture-blank': {
    zh: '画面几乎是单一颜色，没有可供测量的细节',
    en: 'the picture is nearly of one colour and holds no detail to measure',
  },

  'reason.no-film': { zh: '不是视频', en: 'it is no film' },
  'reason.runs-left-out': {
    zh: '未能倒回影片重读这张脸的连续帧（{{code}}），逐帧的变化没有全部测量',
    en: 'runs of consecutive frames of this face could not be read again in the film ({{code}}): what changes from frame to frame was not measured in full',
  },
  'reason.temporal-quick-pass': {
    zh: '快速检查不测量人脸随时间的变化',
    en: 'the quick pass does not measure how a face changes over time',
  },
  'reason.too-few-neighbouring-looks': {
    zh: '相隔一秒以内的人脸截取只有 {{count}} 对，少于 {{least}} 对，不足以测量随时间的变化',
    en: 'pairs of looks within a second of each other: {{count}}, fewer than the {{least}} that a measure over time needs',
  },
  'fact.temporal.brightnessChange': {
    zh: '脸与周围的亮度差在相邻截取之间的变化（中位数；光线、动作和压缩也会引起）',
    en: 'change of the face’s brightness against its surroundings from look to look (median; light, motion and compression cause it too)',
  },
  'fact.temporal.colourChange': {
    zh: '脸与周围的颜色差在相邻截取之间的变化（中位数；光线和压缩也会引起）',
    en: 'change of the face’s colour against its surroundings from look to look (median; light and compression cause it too)',
  },
  'fact.temporal.detailChange': {
    zh: '脸与周围的清晰度之比在相邻截取之间的变化（中位数；对焦、动作和压缩也会引起）',
    en: 'change of the face’s sharpness against its surroundings from look to look (median; focus, motion and compression cause it too)',
  },
  'fact.temporal.shapeChange': {
    zh: '除去头部转动和移动后，脸部网格在相邻截取之间的变化（中位数；表情和测量误差也会引起）',
    en: 'change of the face’s mesh from look to look once turning and moving of the head are taken out (median; expression and error of the mesh cause it too)',
  },
  'fact.temporal.movementChange': {
    zh: '头部在相邻截取之间的移动（中位数），供对照',
    en: 'movement of the head from look to look (median), for comparison',
  },
  'fact.temporal.ownLikeness': {
    zh: '同一段人脸各次截取彼此的相似度（最低、中位；转头和模糊也会降低）',
    en: 'likeness of the looks of this track to each other (lowest, median; turning and blur lower it too)',
  },
  'fact.temporal.detailBeside': {
    zh: '脸部与周围的清晰度之比（中位数；背景虚化和美颜也会改变）',
    en: 'sharpness of the face against its surroundings (median; a blurred background and beauty filters change it too)',
  },
  'fact.temporal.noiseBeside': {
    zh: '脸部与周围的噪声之比（中位数；背景虚化、美颜和压缩也会改变）',
    en: 'noise of the face against its surroundings (median; a blurred background, beauty filters and compression change it too)',
  },
  'fact.temporal.lightAgreement': {
    zh: '脸与周围的亮度是否一同变化（相关系数；光线只照到一处时也会低）',
    en: 'whether face and surroundings grow bright and dark together (correlation; low too where light falls on one alone)',
  },
  'fact.temporal.driftWithPose': {
    zh: '同一段人脸彼此的距离随转头增加多少（每 10 度；真人也会增加）',
    en: 'how much further apart the looks of this track lie with the turn of the head (for 10 degrees; those of a real head do too)',
  },
  'fact.temporal.driftWithTime': {
    zh: '同一段人脸彼此的距离随时间增加多少（每秒；转头的部分已除去，光线和对焦也会引起）',
    en: 'how much further apart the looks of this track lie with time (a second; the turn of the head taken out, light and focus cause it too)',
  },
  'fact.temporal.driftUnexplained': {
    zh: '除去转头和时间之后，同一段人脸彼此距离的波动（均方根；表情、模糊和遮挡也会引起）',
    en: 'what neither turning nor time explains of the distances within this track (root mean square; expression, blur and covering cause it too)',
  },
  'fact.temporal.driftPairs': { zh: '比较的截取对数', en: 'pairs of looks compared' },
  'fact.temporal.frames.brightness': {
    zh: '连续各帧之间脸与周围亮度差的闪动（二阶差，中位数；光源频闪和压缩也会引起）',
    en: 'flicker of the face’s brightness against its surroundings in consecutive frames (second difference, median; flickering lamps and compression cause it too)',
  },
  'fact.temporal.frames.colour': {
    zh: '连续各帧之间脸与周围颜色差的闪动（二阶差，中位数；压缩也会引起）',
    en: 'flicker of the face’s colour against its surroundings in consecutive frames (second difference, median; compression causes it too)',
  },
  'fact.temporal.frames.detail': {
    zh: '连续各帧之间脸与周围清晰度之比的闪动（二阶差，中位数；编码的关键帧也会引起）',
    en: 'flicker of the face’s sharpness against its surroundings in consecutive frames (second difference, median; key frames of the coding cause it too)',
  },
  'fact.temporal.frames.shape': {
    zh: '除去头部转动和移动后，脸部网格在相邻两帧之间的抖动（中位数；说话和测量误差也会引起）',
    en: 'jitter of the face’s mesh from one frame to the next once turning and moving of the head are taken out (median; speech and error of the mesh cause it too)',
  },
  'fact.temporal.frames.pixels': {
    zh: '连续各帧之间脸部像素的闪动与周围之比（二阶差，中位数；表情和背景的动作也会改变）',
    en: 'flicker of the face’s pixels against that of its surroundings in consecutive frames (second difference, median; expression and a moving background change it too)',
  },
  'fact.temporal.frames.identity': {
    zh: '连续各帧中，一帧的人脸特征与其前后两帧平均之间的距离（中位数；模糊、表情和测量误差也会引起）',
    en: 'distance of the face’s vector in one frame from the mean of those before and after it, in consecutive frames (median; blur, expression and error of the measurement cause it too)',
  },
  'fact.temporal.frames.count': { zh: '连续的帧数', en: 'consecutive frames' },
  'fact.temporal.frames.runs': { zh: '连续帧的段数', en: 'runs of consecutive frames' },
  'fact.temporal.run.brightness': {
    zh: '亮度差的闪动（逐段）',
    en: 'flicker of brightness against the surroundings, by run',
  },
  'fact.temporal.run.colour': { zh: '颜色差的闪动（逐段）', en: 'flicker of colour against the surroundings, by run' },
  'fact.temporal.run.detail': {
    zh: '清晰度之比的闪动（逐段）',
    en: 'flicker of sharpness against the surroundings, by run',
  },
  'fact.temporal.run.shape': { zh: '网格的抖动（逐段）', en: 'jitter of the mesh, by run' },
  'fact.temporal.run.pixels': {
    zh: '像素闪动之比（逐段）',
    en: 'flicker of the pixels against the surroundings, by run',
  },
  'fact.temporal.run.identity': {
    zh: '人脸特征的闪动（逐段）',
    en: 'flicker of the face’s vector, by run',
  },
  'fact.temporal.steps': { zh: '相邻截取的对数', en: 'pairs of neighbouring looks' },
  'fact.temporal.step.brightness': {
    zh: '亮度差的变化（逐对）',
    en: 'change of brightness against the surroundings, by pair',
  },
  'fact.temporal.step.colour': { zh: '颜色差的变化（逐对）', en: 'change of colour against the surroundings, by pair' },
  'fact.temporal.step.detail': {
    zh: '清晰度之比的变化（逐对）',
    en: 'change of sharpness against the surroundings, by pair',
  },
  'fact.temporal.step.shape': { zh: '网格的变化（逐对）', en: 'change of the mesh, by pair' },
  'fact.temporal.step.movement': { zh: '头部的移动（逐对）', en: 'movement of the head, by pair' },

  'reason.lips-quick-pass': {
    zh: '快速检查不比较声音与口型',
    en: 'the quick pass does not compare sound and lips',
  },
  'reason.lips-frame-rate': {
    zh: '画面每秒 {{rate}} 帧，看清口型需要每秒 {{least}} 帧以上',
    en: 'the film has {{rate}} frames a second; lips can be followed from {{least}} on',
  },
  'reason.lips-other-faces': {
    zh: '只有出现最多的 {{most}} 张脸与声音作了比较',
    en: 'only the {{most}} faces seen most are compared with the sound',
  },
  'reason.lips-too-short': {
    zh: '这张脸没有一段可以与声音比较：需逐帧跟踪 {{least}} 秒以上，其间有人讲话 {{speech}} 秒以上，脸部足够大',
    en: 'no stretch of this face can be compared with the sound: that takes {{least}} s through which it can be followed frame by frame, large enough, with {{speech}} s of speech',
  },
  'fact.lips.agreement': {
    zh: '声音与口型的吻合程度（相关系数；旁人讲话、配音、嘴被遮挡时小；生成的讲话人脸同样会大）',
    en: 'how well the sound goes with the lips (correlation; small where somebody else speaks, in dubbing, behind a hand; as large in generated talking heads)',
  },
  'fact.lips.lag': {
    zh: '声音比口型晚多少秒（与通常相比，负数为早；流传的视频常有十分之一秒左右的偏差；吻合程度小时没有意义）',
    en: 'seconds by which the sound comes after the lips, against what is usual (negative: before; films that circulate are often a tenth of a second off; without meaning where the two hardly agree)',
  },
  'fact.lips.othersAsHigh': {
    zh: '测量中，其他影片的声音与一张嘴吻合到这个程度的比例（影片数有限，不会写得更小）',
    en: 'share of the sounds of other films that went with a mouth as well as this when it was measured (no finer than the number of films allows)',
  },

  'fact.face.swapScore': {
    zh: '换脸、拼合痕迹的原始分（整段）',
    en: 'raw score of traces of swapping or blending (whole track)',
  },
  'fact.face.generatedScore': {
    zh: '整脸生成痕迹的原始分（整段）',
    en: 'raw score of traces of a fully generated face (whole track)',
  },
  'fact.face.decisiveHead': { zh: '两项原始分中较高的一项', en: 'which of the two raw scores is the higher' },
  'fact.face.scoredObservations': { zh: '参与计分的人脸截取数', en: 'face crops that were scored' },
  'fact.imported.score': { zh: '用户导入的检测器的原始分', en: 'raw score of the detector imported by the user' },
  'fact.imported.scored': { zh: '参与计分的截取数', en: 'crops or stretches that were scored' },
  'fact.llr.imported': { zh: '用户导入的检测器的校准值', en: 'calibrated figure of the imported detector' },
  'fact.face.sizePx': { zh: '人脸短边（居中值）', en: 'shorter side of the face (median)' },
  'fact.face.stability.variants': { zh: '稳定性检验所用的重新编码', en: 're-encodings of the stability check' },
  'fact.face.stability.swapScore': {
    zh: '各次重新编码后的换脸、拼合原始分',
    en: 'raw scores of swapping or blending after each re-encoding',
  },
  'fact.face.stability.generatedScore': {
    zh: '各次重新编码后的整脸生成原始分',
    en: 'raw scores of a generated face after each re-encoding',
  },
  'fact.voice.stability.variants': { zh: '稳定性检验所用的重新编码', en: 're-encodings of the stability check' },
  'fact.voice.stability.score': {
    zh: '各次重新编码后的语音合成原始分',
    en: 'raw scores of synthetic speech after each re-encoding',
  },
  'fact.voice.suppression': {
    zh: '像经过降噪的程度（原始分，越大越像）',
    en: 'likeness to speech with suppressed noise (raw score, larger is more like it)',
  },
  'fact.voice.suppressedOrdinary': {
    zh: '测试过的降噪普通录音：总数、被认出的、其余达到有限支持的、经训练未用的处理而达到有限支持的',
    en: 'ordinary clips tested after noise suppression: all, those recognised, the rest at limited support, those at limited support after treatments kept from training',
  },
  'fact.face.enhancedOrdinary': {
    zh: '测试过的、经网络增强的普通人脸：总数、达到有限支持的、若不设上限达到中等程度支持的',
    en: 'ordinary faces tested after enhancement by a network: all, those at limited support, those at moderate but for the bound',
  },
  'fact.llr.swap': { zh: '换脸、拼合的校准值', en: 'calibrated figure: swapped or blended' },
  'fact.llr.generated': { zh: '整脸生成的校准值', en: 'calibrated figure: generated whole' },
  'fact.llr.voice': { zh: '语音合成的校准值', en: 'calibrated figure: synthetic speech' },
  'fact.face.observation.swapScore': {
    zh: '此刻换脸、拼合痕迹的原始分',
    en: 'raw score of swapping or blending at this moment',
  },
  'fact.face.observation.generatedScore': {
    zh: '此刻整脸生成痕迹的原始分',
    en: 'raw score of a generated face at this moment',
  },
  'fact.picture.generatedScore': { zh: '画面生成痕迹的原始分', en: 'raw score of traces of a generated picture' },
  'fact.picture.patch.generatedScore': {
    zh: '此处画面生成痕迹的原始分',
    en: 'raw score of traces of generation at this place',
  },
  'fact.picture.frame.generatedScore': {
    zh: '此帧画面生成痕迹的原始分',
    en: 'raw score of traces of generation in this frame',
  },
  'fact.voice.score': { zh: '语音合成、变声痕迹的原始分', en: 'raw score of traces of synthetic or converted speech' },
  'fact.voice.scoredWindows': { zh: '参与计分的语音片段数', en: 'stretches of speech that were scored' },
  'fact.voice.contrast': {
    zh: '此段与该说话人其余讲话的原始分差异（只说明此段最不像其余部分）',
    en: 'how far the raw scores of this stretch stand above those of the same speaker’s other words (it is the stretch most unlike the rest, no more)',
  },
  'fact.voice.contrast.windows': {
    zh: '逐段比较所用的语音片段数',
    en: 'stretches of speech that were compared with each other',
  },
  'fact.voice.window.score': {
    zh: '此段语音合成、变声痕迹的原始分',
    en: 'raw score of synthetic or converted speech in this stretch',
  },
};
