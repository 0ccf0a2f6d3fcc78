import type { Catalogue, Sentence } from './catalogue.ts';

/** What a group of facts means, and what would explain such a fact innocently. */
interface Group {
  readonly means: Sentence;
  readonly innocent: Sentence;
}

const GROUPS = {
  credential: {
    means: {
      zh: '内容凭证（C2PA）里的陈述，由签名者作出。签名说明是谁说的、之后字节有没有变，不说明说的是否属实。',
      en: 'A statement in the Content Credentials (C2PA), made by their signer. The signature tells who said it and whether bytes changed since, not whether it is true.',
    },
    innocent: {
      zh: '发布平台、聚合站点常在签名之后改写文件；证书会过期；签名者不在名单上很常见；本机不联网，看不到证书是否已被吊销。',
      en: 'Platforms often rewrite a file after it was signed; certificates run out; many honest signers are on no list; offline, revocation cannot be seen.',
    },
  },
  label: {
    means: {
      zh: '按 GB 45438—2025 写在文件里的隐式标识。它是写入者的陈述，一般未签名，可被任何人写入或移植，单独不能证明来源。',
      en: 'The implicit label of GB 45438-2025 in the file. It is its writer’s claim, as a rule unsigned; anyone can write or transplant it, and alone it shows no origin.',
    },
    innocent: {
      zh: '修图、增强等服务也会写入；传播平台可以自行标注“可能”“疑似”；没有标识既不说明内容从何而来，也不说明有人违法。',
      en: 'Retouching services write it too; platforms may add “possibly” or “suspected”; absence shows neither how the content was made nor that anyone broke the law.',
    },
  },
  generator: {
    means: {
      zh: '生成工具写进文件的自述：工具、模型、提示词、参数或节点图。',
      en: 'What a generator wrote about its own work: tool, model, prompt, settings or node graph.',
    },
    innocent: {
      zh: '这些文字可以手工写入或随模板带入；用同类软件修改真实照片也会留下；界面截图不会带有它们。',
      en: 'Such text can be typed by hand or carried over from a template; editing a real photograph in such a tool leaves it as well.',
    },
  },
  mark: {
    means: {
      zh: '从像素里读出的已知标记，误读的机会很小，但没有密码保护，可以故意加上。',
      en: 'A known mark read from the pixels; hardly ever there by accident, but not protected: it can be added on purpose.',
    },
    innocent: {
      zh: '真实照片经过带有默认水印的模型修改（例如放大、局部重绘）后也会带有。',
      en: 'A real photograph altered by a model that marks by default (upscaling, inpainting) carries it too.',
    },
  },
  camera: {
    means: {
      zh: '相机或手机写下的拍摄信息。任何人都可以改写，也可以移植到别的图片上。',
      en: 'What a camera or phone wrote about the shot. Anyone can change it or paste it into another picture.',
    },
    innocent: {
      zh: '整理软件会补写或改写时间、尺寸、作者；相机时钟和时区设置常有错误。',
      en: 'Photo managers add or rewrite times, sizes and authors; camera clocks and time zones are often wrong.',
    },
  },
  description: {
    means: {
      zh: '软件写下的说明性信息（XMP、IPTC）。',
      en: 'Descriptive information written by programs (XMP, IPTC).',
    },
    innocent: {
      zh: '在真实照片上使用 Photoshop、Lightroom 等软件是常事，并不指向人工智能。',
      en: 'Photoshop, Lightroom and the like on a real photograph are ordinary and point to no AI.',
    },
  },
  structure: {
    means: {
      zh: '文件的结构、编码参数或编码器名称，说明最后一次写文件的是哪类程序。',
      en: 'Structure, coding parameters or encoder name: which kind of program wrote the file last.',
    },
    innocent: {
      zh: '几乎每次转发、保存、导出都会改变它们；许多不同程序用同一个编码库。',
      en: 'Nearly every forward, save or export changes them; many programs share one coding library.',
    },
  },
  integrity: {
    means: {
      zh: '文件在结构上不完整，或带有不属于自身格式的字节。',
      en: 'The file is incomplete in structure, or carries bytes that are not of its own format.',
    },
    innocent: {
      zh: '下载中断、恢复软件、手机的动态照片和厂商附加数据都会造成。',
      en: 'Interrupted downloads, recovery tools, motion photos and vendors’ trailers all cause it.',
    },
  },
  comparison: {
    means: {
      zh: '文件内附带的预览图与画面的比较。不一致说明画面在预览图生成之后被改过，不指向人工智能。',
      en: 'The embedded preview against the picture. A difference shows that the picture was changed after the preview was made; it points to no AI.',
    },
    innocent: {
      zh: '裁剪、旋转、镜像而保留旧 EXIF 的软件会造成。',
      en: 'Programs that crop, turn or mirror and keep the old EXIF cause it.',
    },
  },
  contradiction: {
    means: {
      zh: '同一文件里的两项陈述不能同时成立。',
      en: 'Two statements in the same file cannot both hold.',
    },
    innocent: {
      zh: '软件保留旧信息、批量写入、时钟错误都会造成；应请提供者说明文件经过了哪些软件。',
      en: 'Programs that keep old information, bulk tagging and wrong clocks cause it; ask which programs the file went through.',
    },
  },
  visible: {
    means: {
      zh: '从画面上识别出的文字。',
      en: 'Text recognised in the picture.',
    },
    innocent: {
      zh: '任何人都可以把文字加到画面上；识别可能有错字；讨论人工智能的画面也会出现这些词。',
      en: 'Anyone can add text to a picture; recognition makes mistakes; a picture about AI shows such words too.',
    },
  },
} as const satisfies Readonly<Record<string, Group>>;

type Row = readonly [id: string, group: keyof typeof GROUPS, zh: string, en: string];

const ROWS: readonly Row[] = [
  ['c2pa.state', 'credential', '内容凭证状态', 'state of the Content Credentials'],
  ['c2pa.stateByList', 'credential', '按各信任名单得出的状态', 'state under each trust list'],
  ['c2pa.trustList', 'credential', '签名者所在的信任名单', 'trust list on which the signer stands'],
  ['c2pa.trustListsInstalled', 'credential', '已安装的信任名单', 'trust lists installed'],
  ['c2pa.validatedAt', 'credential', '证书按此时间判断', 'certificates judged at'],
  ['c2pa.reason', 'credential', '未能读取的原因', 'why it could not be read'],
  ['c2pa.readerError', 'credential', '读取程序报告的错误', 'error of the reader'],
  ['c2pa.remoteAddress', 'credential', '凭证存放的网址（未访问）', 'address of the credentials (not visited)'],
  ['c2pa.manifest', 'credential', '清单及其与文件的关系', 'manifest and its relation to the file'],
  ['c2pa.manifestCount', 'credential', '清单数', 'number of manifests'],
  ['c2pa.claimGenerator', 'credential', '写入清单的软件', 'software that wrote the manifest'],
  ['c2pa.issuer', 'credential', '签名证书的单位', 'organisation of the signing certificate'],
  ['c2pa.ingredientIssuer', 'credential', '素材清单签名证书的单位', 'organisation that signed an ingredient'],
  ['c2pa.signer', 'credential', '签名证书的名称', 'name of the signing certificate'],
  ['c2pa.algorithm', 'credential', '签名算法', 'signature algorithm'],
  ['c2pa.signedAt', 'credential', '签名时间（时间戳）', 'time of signing (time stamp)'],
  ['c2pa.digitalSourceType', 'credential', '数字来源类型', 'digital source type'],
  [
    'c2pa.activeDigitalSourceType',
    'credential',
    '当前清单的数字来源类型',
    'digital source type of the active manifest',
  ],
  ['c2pa.action', 'credential', '记录的操作', 'recorded action'],
  ['c2pa.ingredientAction', 'credential', '素材里记录的操作', 'action recorded in an ingredient'],
  ['c2pa.softwareAgent', 'credential', '执行操作的软件', 'software that acted'],
  ['c2pa.actionDescription', 'credential', '操作说明', 'description of an action'],
  ['c2pa.validationCode', 'credential', '验证未通过的代码', 'code of a failed check'],
  ['c2pa.ingredientValidationCode', 'credential', '素材验证未通过的代码', 'code of a failed check in an ingredient'],

  ['aigc.Label', 'label', '隐式标识：生成合成标签', 'implicit label: Label'],
  ['aigc.ContentProducer', 'label', '隐式标识：生成合成服务提供者', 'implicit label: ContentProducer'],
  ['aigc.ProduceID', 'label', '隐式标识：内容制作编号', 'implicit label: ProduceID'],
  ['aigc.ReservedCode1', 'label', '隐式标识：预留字段1', 'implicit label: ReservedCode1'],
  ['aigc.ContentPropagator', 'label', '隐式标识：内容传播服务提供者', 'implicit label: ContentPropagator'],
  ['aigc.PropagateID', 'label', '隐式标识：内容传播编号', 'implicit label: PropagateID'],
  ['aigc.ReservedCode2', 'label', '隐式标识：预留字段2', 'implicit label: ReservedCode2'],
  ['aigc.conformity', 'label', '隐式标识是否合乎格式', 'whether the label keeps the form'],
  ['aigc.reason', 'label', '与格式不合之处', 'what breaks the form'],
  ['aigc.place', 'label', '隐式标识所在位置', 'where the label stands'],
  ['aigc.signature', 'label', '标识的签名', 'signature of the label'],
  ['aigc.producerCreditCode', 'label', '编码所载主体代码（未核实）', 'credit code in the producer code (not verified)'],
  [
    'aigc.propagatorCreditCode',
    'label',
    '传播方编码所载主体代码（未核实）',
    'credit code in the propagator code (not verified)',
  ],

  ['label.explicitText', 'visible', '画面上的显式标识', 'explicit label in the picture'],
  ['label.explicitWording', 'visible', '显式标识的用语', 'wording of the explicit label'],
  ['label.inFirstFrame', 'visible', '起始画面有显式标识', 'label stands in the first frame'],
  ['label.explicitHeight', 'visible', '显式标识的字高（按外接矩形）', 'height of the explicit label (bounding box)'],
  ['label.heightRule', 'visible', '字高与短边百分之五的要求', 'height beside the five-hundredths rule'],
  ['label.visibleSeconds', 'visible', '显式标识可见的秒数', 'seconds during which the label is visible'],
  ['label.durationRule', 'visible', '可见时间与 2 秒的要求', 'time visible beside the two-second rule'],
  ['label.vendorMark', 'visible', '画面上的生成工具名称', 'name of a generator in the picture'],
  [
    'label.personalInformation',
    'visible',
    '画面文字含个人信息（内容不记录）',
    'text in the picture holds personal information (not recorded)',
  ],
  ['label.textLines', 'visible', '识别出的文字行数', 'lines of text recognised'],

  ['generator.name', 'generator', '生成工具', 'generator'],
  ['generator.version', 'generator', '生成工具版本', 'version of the generator'],
  ['generator.model', 'generator', '模型', 'model'],
  ['generator.prompt', 'generator', '提示词', 'prompt'],
  ['generator.negativePrompt', 'generator', '反向提示词', 'negative prompt'],
  ['generator.seed', 'generator', '随机种子', 'seed'],
  ['generator.sampler', 'generator', '采样器', 'sampler'],
  ['generator.lora', 'generator', 'LoRA（名称可能指向某人）', 'LoRA (its name may point to a person)'],
  ['generator.faceSwapNode', 'generator', '换脸或面部参考节点', 'node that swaps or copies a face'],
  ['generator.inputFile', 'generator', '载入的图片或视频', 'picture or video loaded as input'],
  [
    'generator.samsungGenAiType',
    'generator',
    '三星相册记录的生成式编辑',
    'generative edit recorded by Samsung’s gallery',
  ],

  ['stealth.signature', 'mark', '像素低位里的隐藏文字', 'hidden text in the low bits of pixels'],
  ['stealth.payloadBits', 'mark', '隐藏文字的长度', 'length of the hidden text'],
  ['dwtdct.payload', 'mark', '公开算法的隐形水印', 'open invisible watermark'],
  [
    'dwtdct.unmarkedMatches',
    'mark',
    '同样的阈值在无水印照片上的误报（误报数、照片数）',
    'found by the same thresholds in unmarked photographs (found, of)',
  ],
  ['dwtdct.bitsMatching', 'mark', '水印相符的位数', 'bits of the watermark that agree'],

  ['exif.make', 'camera', '设备厂商', 'maker of the device'],
  ['exif.model', 'camera', '设备型号', 'model of the device'],
  ['exif.lensMake', 'camera', '镜头厂商', 'maker of the lens'],
  ['exif.lensModel', 'camera', '镜头型号', 'model of the lens'],
  ['exif.bodySerialNumber', 'camera', '机身序列号', 'serial number of the body'],
  ['exif.software', 'camera', '软件或固件', 'software or firmware'],
  ['exif.hostComputer', 'camera', '主机', 'host computer'],
  ['exif.artist', 'camera', '作者', 'artist'],
  ['exif.copyright', 'camera', '版权', 'copyright'],
  ['exif.imageDescription', 'camera', '图片说明', 'image description'],
  ['exif.userComment', 'camera', '用户注释', 'user comment'],
  ['exif.imageUniqueId', 'camera', '图片编号', 'image id'],
  ['exif.dateTimeOriginal', 'camera', '拍摄时间', 'time of capture'],
  ['exif.dateTimeDigitized', 'camera', '数字化时间', 'time of digitising'],
  ['exif.modifyDate', 'camera', '修改时间', 'time of change'],
  ['exif.offsetTimeOriginal', 'camera', '拍摄时间的时区', 'time zone of capture'],
  ['exif.offsetTimeDigitized', 'camera', '数字化时间的时区', 'time zone of digitising'],
  ['exif.offsetTime', 'camera', '修改时间的时区', 'time zone of change'],
  ['exif.subSecTimeOriginal', 'camera', '拍摄时间的秒以下部分', 'fraction of the second of capture'],
  ['exif.gpsDateStamp', 'camera', '卫星定位日期', 'date from GPS'],
  ['exif.gpsPosition', 'camera', '卫星定位位置', 'position from GPS'],
  ['exif.orientation', 'camera', '方向标志', 'orientation flag'],
  ['exif.pixelXDimension', 'camera', '记录的宽度', 'width as recorded'],
  ['exif.pixelYDimension', 'camera', '记录的高度', 'height as recorded'],
  ['exif.exposureTime', 'camera', '曝光时间', 'exposure time'],
  ['exif.fNumber', 'camera', '光圈（F 值）', 'aperture (f-number)'],
  ['exif.iso', 'camera', '感光度（ISO）', 'sensitivity (ISO)'],
  ['exif.focalLength', 'camera', '焦距', 'focal length'],
  ['exif.focalLengthIn35mm', 'camera', '等效焦距', 'equivalent focal length'],
  ['exif.makerNote', 'camera', '厂商注释', 'maker note'],

  ['xmp.digitalSourceType', 'description', '数字来源类型（XMP）', 'digital source type (XMP)'],
  ['xmp.digitalSourceFileType', 'description', '数字来源文件类型（XMP）', 'digital source file type (XMP)'],
  ['xmp.credit', 'description', '署名来源（XMP）', 'credit (XMP)'],
  ['xmp.creatorTool', 'description', '创建工具', 'creator tool'],
  ['xmp.createDate', 'description', '创建时间（XMP）', 'time of creation (XMP)'],
  ['xmp.modifyDate', 'description', '修改时间（XMP）', 'time of change (XMP)'],
  ['xmp.history', 'description', '编辑历史', 'edit history'],
  ['xmp.historyAgent', 'description', '编辑历史里的软件', 'software in the edit history'],
  ['xmp.aiSystemUsed', 'description', '使用的人工智能系统', 'AI system used'],
  ['xmp.aiSystemVersionUsed', 'description', '人工智能系统版本', 'version of the AI system'],
  ['xmp.aiPromptInformation', 'description', '提示词信息', 'prompt information'],
  ['xmp.aiPromptWriterName', 'description', '提示词作者', 'writer of the prompt'],
  ['xmp.remoteManifest', 'description', '凭证的位置（XMP）', 'place of the credentials (XMP)'],
  ['iptc.byline', 'description', '作者（IPTC）', 'by-line (IPTC)'],
  ['iptc.credit', 'description', '署名来源（IPTC）', 'credit (IPTC)'],
  ['iptc.source', 'description', '来源（IPTC）', 'source (IPTC)'],
  ['iptc.caption', 'description', '说明（IPTC）', 'caption (IPTC)'],
  ['iptc.dateCreated', 'description', '创作日期（IPTC）', 'date created (IPTC)'],
  ['iptc.originatingProgram', 'description', '创建程序（IPTC）', 'originating program (IPTC)'],
  ['metadata.problem', 'integrity', '元数据读取问题', 'problem in the metadata'],

  ['container.format', 'structure', '容器格式', 'container format'],
  ['container.encoder', 'structure', '编码器或写入程序', 'encoder or writing program'],
  ['copy.kind', 'structure', '副本类型（概括）', 'kind of copy (summary)'],
  ['copy.because', 'structure', '判断副本类型的依据', 'what the kind of copy rests on'],
  ['copy.messenger', 'structure', '结构与此通讯软件的副本相符', 'structure as in copies of this messenger'],
  ['jpeg.markers', 'structure', 'JPEG 段的顺序', 'order of JPEG segments'],
  ['jpeg.ijgQuality', 'structure', '量化表与 IJG 质量值相符', 'quantisation equals IJG quality'],
  ['jpeg.quantisationSha8', 'structure', '量化表标识', 'name of the quantisation tables'],
  ['jpeg.startOfFrame', 'structure', 'JPEG 帧类型', 'JPEG frame type'],
  ['jpeg.sampling', 'structure', '色度抽样', 'chroma subsampling'],
  ['jpeg.size', 'structure', '像素尺寸（宽、高）', 'size in pixels (width, height)'],
  ['jpeg.huffmanTables', 'structure', '霍夫曼表', 'Huffman tables'],
  ['jpeg.jfif', 'structure', 'JFIF 头', 'JFIF header'],
  ['jpeg.scans', 'structure', '扫描数', 'number of scans'],
  ['png.chunks', 'structure', 'PNG 块的顺序', 'order of PNG chunks'],
  ['png.textKey', 'structure', 'PNG 文字块的键', 'key of a PNG text'],
  ['png.textsAfterPicture', 'structure', '画面数据之后的文字块', 'texts behind the picture data'],
  ['mp4.topBoxes', 'structure', '顶层盒的顺序', 'order of top boxes'],
  ['mp4.majorBrand', 'structure', '主品牌', 'major brand'],
  ['mp4.compatibleBrands', 'structure', '兼容品牌', 'compatible brands'],
  ['mp4.handlerName', 'structure', '轨道处理器名称', 'name of a track handler'],
  ['mp4.compressorName', 'structure', '压缩器名称', 'name of the compressor'],
  ['mp4.codec', 'structure', '编码格式', 'codec'],
  ['mp4.created', 'structure', '容器记录的创建时间', 'time of creation in the container'],
  ['mp4.modified', 'structure', '容器记录的修改时间', 'time of change in the container'],
  [
    'mp4.editList',
    'structure',
    '编辑列表（每段的时长和起点，分别以全片和轨道的时间单位计）',
    'edit list (length and start of each piece, in the time units of film and track)',
  ],
  [
    'mp4.keyFrameDistance',
    'structure',
    '关键帧间隔（最小、居中、最大）',
    'distance of key frames (least, median, most)',
  ],

  ['container.soundTracks', 'structure', '音轨数', 'sound tracks'],
  ['container.filmStreams', 'structure', '视频流数', 'film streams'],
  ['container.coverPictures', 'structure', '封面图片数（没有检查）', 'cover pictures (not examined)'],
  ['container.highRange', 'structure', '高动态范围的传递曲线', 'transfer curve of a high dynamic range'],
  [
    'container.clockRestarts',
    'structure',
    '文件时钟重新开始的次数（多段首尾相接）',
    'restarts of the file’s own clock (pieces put one behind the other)',
  ],
  ['container.clockRestart', 'structure', '文件时钟在此处重新开始', 'the file’s own clock starts again here'],
  ['container.furtherPiece', 'structure', '另一段影片由此开始', 'another film begins here'],
  [
    'livephoto.identifier',
    'structure',
    '实况照片标识（照片与视频两部分相同）',
    'identifier of a live photo (picture and film share it)',
  ],

  ['integrity.trailingBytes', 'integrity', '结构结束之后的字节', 'bytes behind the end of the structure'],
  ['integrity.embeddedFile', 'integrity', '内含的另一个文件', 'second file inside'],
  ['integrity.polyglot', 'integrity', '同时也是另一种文件', 'a file of another kind as well'],
  ['integrity.truncated', 'integrity', '文件不完整', 'file is cut short'],
  ['integrity.problem', 'integrity', '结构问题', 'fault in the structure'],
  [
    'integrity.typeMismatch',
    'integrity',
    '扩展名所示类型与内容不符',
    'type claimed by the name differs from the content',
  ],

  ['thumbnail.present', 'comparison', '有内嵌预览图', 'embedded preview present'],
  ['thumbnail.mismatch', 'comparison', '预览图与画面不一致', 'preview differs from the picture'],
  ['thumbnail.correlation', 'comparison', '预览图与画面的相关系数', 'correlation of preview and picture'],
  ['thumbnail.mirrored', 'comparison', '预览图与画面成镜像', 'preview is the mirror image'],

  ['provenance.contradiction', 'contradiction', '相互矛盾的陈述', 'statements that contradict one another'],
];

const factSentences: Catalogue = Object.fromEntries(
  ROWS.flatMap(([id, group, zh, en]) => [
    [`fact.${id}`, { zh, en }],
    [`fact.${id}.means`, GROUPS[group].means],
    [`fact.${id}.innocent`, GROUPS[group].innocent],
  ]),
);

/** Names of facts, what they mean, what would explain them innocently, and the codes that provenance gives as values. */
export const provenanceSentences: Catalogue = {
  ...factSentences,

  'provenance.report.nothing': { zh: '在所列位置未找到', en: 'nothing found in the places examined' },
  'provenance.report.place': {
    zh: '偏移 {{offset}}（{{hexOffset}}），长度 {{length}}',
    en: 'offset {{offset}} ({{hexOffset}}), length {{length}}',
  },

  'analyzer.provenance-c2pa': { zh: '内容凭证（C2PA）', en: 'Content Credentials (C2PA)' },
  'analyzer.provenance-aigc-label': { zh: '隐式标识（GB 45438—2025）', en: 'implicit label (GB 45438-2025)' },
  'analyzer.provenance-explicit-label': { zh: '显式标识（画面文字）', en: 'explicit label (text in the picture)' },
  'analyzer.provenance-generator': { zh: '生成工具的自述', en: 'what generators wrote' },
  'analyzer.provenance-hidden-marks': { zh: '像素里的隐藏标记', en: 'hidden marks in the pixels' },
  'analyzer.provenance-exif': { zh: '拍摄与编辑信息', en: 'camera and editing information' },
  'analyzer.provenance-container': { zh: '文件结构与编码', en: 'structure and coding' },
  'analyzer.provenance-consistency': { zh: '各项陈述是否相互矛盾', en: 'whether the statements agree' },

  'says.generated': { zh: '指向由模型生成', en: 'points to generation by a model' },
  'says.edited-with-ai': { zh: '指向用人工智能编辑', en: 'points to editing with AI' },
  'says.captured': { zh: '指向相机或录音设备记录', en: 'points to a camera or recorder' },
  'says.edited': { zh: '指向经过编辑', en: 'points to editing' },
  'says.copied': { zh: '指向经过转存的副本', en: 'points to a re-encoded copy' },
  'says.credentials': { zh: '带有内容凭证', en: 'content credentials are there' },
  'says.tampered': { zh: '指向写定之后被改动', en: 'points to change after it was sealed' },

  'reason.container-unknown': {
    zh: '读不了这种容器里的文字：文件自己写了什么无从得知',
    en: 'the texts of this kind of container cannot be read here: what the file says of itself is not known',
  },
  'reason.container-not-read-through': {
    zh: '文件结构没有读到底（{{problem}}）：没有找到，不等于没有',
    en: 'the structure of the file was not read through ({{problem}}): that nothing was found does not mean that there is nothing',
  },
  'reason.marks-not-a-picture': { zh: '不是图片', en: 'not a picture' },
  'reason.marks-lossy-picture': {
    zh: '有损压缩会抹去这类标记，未查找',
    en: 'lossy coding erases such marks; they were not looked for',
  },
  'reason.marks-picture-too-large': {
    zh: '图片过大，未查找',
    en: 'the picture is too large; marks were not looked for',
  },
  'reason.marks-picture-undecodable': { zh: '像素无法解码', en: 'the pixels could not be decoded' },

  'reason.c2pa-no-binding': {
    zh: '这种容器没有内容凭证的存放方式',
    en: 'Content Credentials have no place in this kind of container',
  },
  'reason.text-no-picture': { zh: '没有画面', en: 'there is no picture' },
  'reason.scene-no-picture': { zh: '没有画面', en: 'there is no picture' },
  'reason.recoding-codec': {
    zh: '再次压缩的痕迹只对 H.264 编码作过测量，此文件是 {{codec}}',
    en: 'traces of a second compression were measured for H.264 alone; this is {{codec}}',
  },
  'reason.recoding-quick-pass': {
    zh: '快速检查不查看视频是否再次压缩',
    en: 'the quick pass does not look whether a film was compressed again',
  },
  'reason.recoding-too-short': {
    zh: '由前面的帧预测的帧少于 {{least}} 个，看不出大小的规律',
    en: 'fewer than {{least}} frames are predicted from frames before them: too few to see a rhythm in their sizes',
  },
  'fact.recoding.surprise': {
    zh: '各帧所占字节的间隔规律超出偶然的程度（数量级；0 为未超出；转发、剪辑导出和平台处理都会再次压缩，有规律的画面也会引起）',
    en: 'how far the rhythm in the sizes of frames exceeds chance (decimal orders; 0: not at all; forwarding, export from an editor and platforms all compress again, and a picture that moves in a rhythm causes it too)',
  },
  'fact.recoding.spacing': {
    zh: '较大的帧相隔多少帧（可能是先前一次压缩的关键帧间隔）',
    en: 'frames from one large frame to the next (it may be the distance of key frames in a compression before)',
  },
  'fact.recoding.keyDistance': {
    zh: '此文件自己的关键帧相隔多少帧（中位数）',
    en: 'frames from one key frame of this file to the next (median)',
  },
  'fact.recoding.frames': { zh: '查看的帧数', en: 'frames looked at' },
  'reason.scene-quick-pass': { zh: '快速检查不记录视频的画面特征', en: 'the quick pass records no scenes of clips' },
  'fact.scene.picture': { zh: '画面特征（PDQ）', en: 'hash of the scene (PDQ)' },
  'fact.scene.frame': { zh: '抽样帧的画面特征（PDQ）', en: 'hash of a sampled frame (PDQ)' },

  'reason.text-quick-pass': { zh: '快速检查不识别画面文字', en: 'the quick pass reads no text in pictures' },
};
