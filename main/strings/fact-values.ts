/** Words for values that are codes of the program's own, by the fact that holds them: `fact-value.<fact>.<code>`. */
import { type Catalogue, prefixed, type Sentence } from './catalogue.ts';

/** What kept a file's structure from being read through. */
const problems: Readonly<Record<string, Sentence>> = {
  truncated: { zh: '文件提前结束', en: 'the file ends early' },
  structure: { zh: '结构有误', en: 'the structure is broken' },
  'text-broken': { zh: '文字块损坏', en: 'a block of text is broken' },
  'item-beyond-file': { zh: '记载的位置超出文件', en: 'a place that it names lies beyond the file' },
  'jumbf-gap': { zh: '内容凭证缺少一段', en: 'a part of the content credentials is missing' },
  'xmp-extended-incomplete': { zh: 'XMP 的后续部分不全', en: 'the extension of the XMP is incomplete' },
  'limit-bytes': { zh: '超出读取的字节上限', en: 'more bytes than are read' },
  'limit-depth': { zh: '嵌套过深', en: 'nested too deeply' },
  'limit-parts': { zh: '部分太多', en: 'too many parts' },
  'limit-text': { zh: '文字太长', en: 'a text is too long' },
  'limit-texts': { zh: '文字太多', en: 'too many texts' },
  'limit-tracks': { zh: '轨道太多', en: 'too many tracks' },
  'limit-xmp': { zh: 'XMP 太长', en: 'the XMP is too long' },
};

/** What kept the metadata of a file from being read through. */
const metadataProblems: Readonly<Record<string, Sentence>> = {
  'exif-malformed': { zh: 'EXIF 结构有误', en: 'the structure of the EXIF is broken' },
  'exif-structure': { zh: 'EXIF 目录有误', en: 'a directory of the EXIF is broken' },
  'exif-truncated': { zh: 'EXIF 提前结束', en: 'the EXIF ends early' },
  'exif-limit-parts': { zh: 'EXIF 的部分太多', en: 'the EXIF has too many parts' },
  'exif-limit-bytes': { zh: 'EXIF 超出读取的字节上限', en: 'the EXIF has more bytes than are read' },
  'exif-limit-time': { zh: '读 EXIF 超出时间上限', en: 'the EXIF takes longer to read than is allowed' },
  'xmp-malformed': { zh: 'XMP 有误', en: 'the XMP is broken' },
  'xmp-doctype': { zh: 'XMP 含文档类型声明，未读', en: 'the XMP declares a document type and was not read' },
  'xmp-too-deep': { zh: 'XMP 嵌套过深', en: 'the XMP is nested too deeply' },
  'xmp-too-many': { zh: 'XMP 的属性太多', en: 'the XMP has too many properties' },
  'exif-loop': { zh: 'EXIF 的目录互相指向', en: 'directories of the EXIF point at each other' },
};

/** Units of facts; a number of things has none. */
const units: Readonly<Record<string, Sentence>> = {
  s: { zh: '秒', en: 's' },
  px: { zh: '像素', en: 'px' },
  sd: { zh: '标准差', en: 'sd' },
  'ln LR': { zh: 'ln LR', en: 'ln LR' },
  bytes: { zh: '字节', en: 'bytes' },
  bits: { zh: '位', en: 'bits' },
  frames: { zh: '帧', en: 'frames' },
  degrees: { zh: '度', en: 'degrees' },
  octaves: { zh: '倍频程', en: 'octaves' },
  share: { zh: '（比例）', en: '(share)' },
  cosine: { zh: '（余弦）', en: '(cosine)' },
  correlation: { zh: '（相关系数）', en: '(correlation)' },
  'decimal-orders': { zh: '数量级', en: 'decimal orders' },
  luma: { zh: '级亮度', en: 'levels of brightness' },
  chroma: { zh: '级色度', en: 'levels of colour' },
  'eye-distances': { zh: '眼距', en: 'eye distances' },
  'cosine-distance': { zh: '（余弦距离）', en: '(cosine distance)' },
  'cosine-distance-per-second': { zh: '（余弦距离，每秒）', en: '(cosine distance per second)' },
  'cosine-distance-per-10-degrees': { zh: '（余弦距离，每 10 度）', en: '(cosine distance per 10 degrees)' },
  'of the shorter side': { zh: '（占短边的比例）', en: 'of the shorter side' },
  'unmarked pictures': { zh: '张无标记的图片', en: 'unmarked pictures' },
};

/** What the signature and the content of credentials come to. */
const credentialStates: Readonly<Record<string, Sentence>> = {
  none: { zh: '没有内容凭证', en: 'no Content Credentials' },
  trusted: {
    zh: '签名者在信任名单上，签名后未改动',
    en: 'the signer is on a trust list; unchanged since signing',
  },
  'signer-unknown': {
    zh: '签名后未改动，但签名者不在已安装的信任名单上',
    en: 'unchanged since signing, but the signer is on no installed trust list',
  },
  expired: {
    zh: '签名后未改动，证书已过期且没有可信时间戳；这不是篡改',
    en: 'unchanged since signing; the certificate has run out and no trusted time stamp stands beside it. This is not tampering',
  },
  'content-changed': {
    zh: '签名之后文件字节有改动（也可能是平台所为）',
    en: 'bytes changed after signing (a platform may have done so)',
  },
  'credential-altered': {
    zh: '内容凭证自身被改动',
    en: 'the credentials themselves were altered',
  },
  malformed: {
    zh: '内容凭证不合规范（写入软件的缺陷也会造成）',
    en: 'the credentials break the specification (a faulty writer causes this too)',
  },
  unreadable: { zh: '内容凭证无法读取', en: 'the credentials could not be read' },
  'remote-not-fetched': {
    zh: '凭证存放在网上，未访问',
    en: 'the credentials lie on the network and were not fetched',
  },
  'unknown-format': {
    zh: '凭证格式过旧或未知，未检查',
    en: 'old or unknown format; not checked',
  },
};

/** Trust lists by their ids; `none`: no list is installed. */
const trustLists: Readonly<Record<string, Sentence>> = {
  none: { zh: '没有安装信任名单', en: 'no trust list installed' },
  official: { zh: 'C2PA 正式名单', en: 'official C2PA list' },
  'interim-frozen': { zh: 'C2PA 过渡名单', en: 'interim C2PA list' },
  user: { zh: '用户导入的名单', en: 'list imported by the user' },
};

const statesByList: Catalogue = Object.fromEntries(
  Object.entries(trustLists).flatMap(([list, name]) =>
    Object.entries(credentialStates).map(([state, said]) => [
      `${list} ${state}`,
      { zh: `${name.zh}：${said.zh}`, en: `${name.en}: ${said.en}` },
    ]),
  ),
);

/** Terms of the IPTC vocabulary of digital source types that files carry most, each with the term itself. */
const sourceTypes: Readonly<Record<string, Sentence>> = {
  trainedAlgorithmicMedia: {
    zh: '由训练过的模型生成（trainedAlgorithmicMedia）',
    en: 'made by a trained model (trainedAlgorithmicMedia)',
  },
  compositeWithTrainedAlgorithmicMedia: {
    zh: '含有由训练过的模型生成的部分（compositeWithTrainedAlgorithmicMedia）',
    en: 'with parts made by a trained model (compositeWithTrainedAlgorithmicMedia)',
  },
  compositeSynthetic: {
    zh: '含有合成的部分（compositeSynthetic）',
    en: 'with synthetic parts (compositeSynthetic)',
  },
  algorithmicMedia: { zh: '由算法生成（algorithmicMedia）', en: 'made by an algorithm (algorithmicMedia)' },
  digitalCapture: { zh: '由数码相机拍摄（digitalCapture）', en: 'taken by a digital camera (digitalCapture)' },
  computationalCapture: {
    zh: '由相机多次曝光合成拍摄（computationalCapture）',
    en: 'taken by a camera from several exposures (computationalCapture)',
  },
};

export const factValueSentences: Catalogue = {
  'fact-value.c2pa.reason.time-limit': { zh: '超过时间上限', en: 'time limit reached' },
  'fact-value.c2pa.reason.memory-limit': { zh: '超过内存上限', en: 'memory limit reached' },
  'fact-value.c2pa.reason.reader-crashed': { zh: '读取程序异常退出', en: 'the reader ended unexpectedly' },
  'fact-value.c2pa.reason.container-broken': {
    zh: '文件结构损坏，无法确定有无凭证',
    en: 'the container is broken; whether credentials exist is not known',
  },
  'fact-value.c2pa.reason.container-not-read-through': {
    zh: '文件结构没有读到底',
    en: 'the container was not read through',
  },
  'fact-value.c2pa.reason.container-not-supported': { zh: '不支持这种容器', en: 'this container is not supported' },
  'fact-value.c2pa.reason.too-large': { zh: '数据过大', en: 'too large' },

  'fact-value.provenance.contradiction.camera-and-generator': {
    zh: '既有相机的拍摄信息，又有生成工具的自述',
    en: 'a camera’s information beside a generator’s own record',
  },
  'fact-value.provenance.contradiction.camera-and-label': {
    zh: '既有相机的拍摄信息，又有“属于生成合成”的标识',
    en: 'a camera’s information beside a label that says “generated”',
  },
  'fact-value.provenance.contradiction.camera-and-signed-generation': {
    zh: '既有相机的拍摄信息，内容凭证又写明由模型生成',
    en: 'a camera’s information beside credentials that say “generated”',
  },
  'fact-value.provenance.contradiction.signed-capture-and-label': {
    zh: '内容凭证写明由相机拍摄，又有“属于生成合成”的标识',
    en: 'credentials that say “captured” beside a label that says “generated”',
  },
  'fact-value.provenance.contradiction.signed-capture-and-generator': {
    zh: '内容凭证写明由相机拍摄，又有生成工具的自述',
    en: 'credentials that say “captured” beside a generator’s own record',
  },
  'fact-value.provenance.contradiction.claimed-capture-and-generation': {
    zh: 'XMP 写明由相机拍摄，其他信息写明由模型生成',
    en: 'XMP says “captured”, other information says “generated”',
  },
  'fact-value.provenance.contradiction.signed-before-captured': {
    zh: '签名时间早于拍摄时间',
    en: 'signed before the time of capture',
  },
  'fact-value.provenance.contradiction.modified-before-captured': {
    zh: '修改时间早于拍摄时间',
    en: 'changed before the time of capture',
  },
  'fact-value.provenance.contradiction.gps-date-differs': {
    zh: '卫星定位日期与拍摄日期相差一天以上',
    en: 'GPS date and date of capture differ by more than a day',
  },
  'fact-value.provenance.contradiction.size-differs-from-exif': {
    zh: '画面尺寸与 EXIF 记录的尺寸不同',
    en: 'the picture’s size differs from the size in EXIF',
  },
  'fact-value.provenance.contradiction.maker-note-missing': {
    zh: '这家厂商的相机总会写厂商注释，这里没有',
    en: 'cameras of this maker always write a maker note; there is none',
  },

  'fact-value.aigc.reason.more-than-one': { zh: '文件里有不止一个标识', en: 'more than one label in the file' },
  'fact-value.aigc.reason.labels-differ': { zh: '几个标识内容不同', en: 'the labels differ' },
  'fact-value.aigc.reason.place-not-conforming': {
    zh: '不在实践指南所列位置',
    en: 'not in a place that the practice guides name',
  },
  'fact-value.aigc.reason.json-malformed': { zh: 'JSON 不完整或有错', en: 'the JSON is broken' },
  'fact-value.aigc.reason.json-too-deep': { zh: 'JSON 嵌套过深', en: 'the JSON is nested too deeply' },
  'fact-value.aigc.reason.json-too-long': { zh: 'JSON 过长', en: 'the JSON is too long' },
  'fact-value.aigc.reason.key-repeated': { zh: '同一字段出现两次', en: 'a field stands twice' },
  'fact-value.aigc.reason.fields-unknown': { zh: '没有标准字段', en: 'no field of the standard' },
  'fact-value.aigc.reason.field-unknown': { zh: '含标准之外的字段', en: 'a field outside the standard' },
  'fact-value.aigc.reason.field-misspelt': { zh: '字段名拼写有误', en: 'a field’s name is misspelt' },
  'fact-value.aigc.reason.field-not-string': { zh: '字段值不是字符串', en: 'a field’s value is not a string' },
  'fact-value.aigc.reason.characters': {
    zh: '字段值含标准之外的字符',
    en: 'a value holds characters outside the standard',
  },
  'fact-value.aigc.reason.label-value': { zh: 'Label 的值不是 1、2、3', en: 'the value of Label is not 1, 2 or 3' },
  'fact-value.aigc.reason.missing-Label': { zh: '缺少 Label', en: 'Label is missing' },
  'fact-value.aigc.reason.missing-ContentProducer': { zh: '缺少 ContentProducer', en: 'ContentProducer is missing' },
  'fact-value.aigc.reason.missing-ProduceID': { zh: '缺少 ProduceID', en: 'ProduceID is missing' },
  'fact-value.aigc.reason.empty-Label': { zh: 'Label 为空', en: 'Label is empty' },
  'fact-value.aigc.reason.empty-ContentProducer': { zh: 'ContentProducer 为空', en: 'ContentProducer is empty' },
  'fact-value.aigc.reason.empty-ProduceID': { zh: 'ProduceID 为空', en: 'ProduceID is empty' },
  'fact-value.aigc.reason.producer-name-not-code': {
    zh: '提供者写的是名称或其他文字，不是 27 位编码',
    en: 'the producer is a name or other text, not a code of 27 characters',
  },
  'fact-value.aigc.reason.producer-code-check-character': {
    zh: '编码里的信用代码校验位不符',
    en: 'the check character of the credit code is wrong',
  },

  'fact-value.c2pa.trustListsInstalled.none': { zh: '没有安装', en: 'none installed' },
  'fact-value.container.format.unknown': { zh: '没有解析的容器', en: 'a container that is not taken apart' },
  'fact-value.aigc.conformity.conforming': { zh: '形式合乎标准', en: 'in the form of the standard' },
  'fact-value.aigc.conformity.nonconforming': { zh: '形式不合标准', en: 'not in the form of the standard' },
  'fact-value.aigc.signature.none': { zh: '没有', en: 'none' },
  'fact-value.aigc.signature.present-unchecked': { zh: '有，没有核验', en: 'present, not checked' },
  'fact-value.aigc.place.xmp': { zh: 'XMP 元数据', en: 'XMP metadata' },
  'fact-value.aigc.place.png-text': { zh: 'PNG 文本块', en: 'PNG text chunk' },
  'fact-value.aigc.place.mp4-keys': { zh: 'MP4 元数据键', en: 'MP4 metadata key' },
  'fact-value.aigc.place.mp4-box': { zh: 'MP4 专用盒', en: 'MP4 box of its own' },
  'fact-value.aigc.place.mp4-udta': { zh: 'MP4 用户数据', en: 'MP4 user data' },
  'fact-value.aigc.place.id3-user': { zh: 'ID3 自定义字段', en: 'ID3 user field' },
  'fact-value.aigc.place.exif-user-comment': { zh: 'EXIF 用户注释', en: 'EXIF user comment' },
  'fact-value.aigc.place.exif-description': { zh: 'EXIF 图像描述', en: 'EXIF image description' },
  'fact-value.label.durationRule.met': { zh: '不少于 2 秒', en: '2 seconds or more' },
  'fact-value.label.durationRule.below': { zh: '少于 2 秒', en: 'less than 2 seconds' },
  'fact-value.label.explicitWording.gb45438': { zh: '国家标准的用语', en: 'in the words of the national standard' },
  'fact-value.label.explicitWording.other-language': { zh: '其他语言的用语', en: 'in words of another language' },
  'fact-value.copy.kind.camera original': { zh: '像是相机原件', en: 'like a camera original' },
  'fact-value.copy.kind.messenger copy': { zh: '像是通讯软件的副本', en: 'like a copy by a messenger' },
  'fact-value.copy.kind.editor export': { zh: '像是编辑软件的导出', en: 'like an export by an editor' },
  'fact-value.copy.kind.library re-encode': { zh: '像是程序库的再编码', en: 'like a re-encode by a library' },
  'fact-value.copy.kind.screen capture': { zh: '像是截屏', en: 'like a screen capture' },
  'fact-value.copy.kind.unknown': { zh: '看不出', en: 'cannot be told' },
  'fact-value.copy.because.screen-software': { zh: '截屏软件的名称', en: 'the name of screen software' },
  'fact-value.copy.because.editor-software': { zh: '编辑软件的名称', en: 'the name of an editor' },
  'fact-value.copy.because.editor-segments': { zh: '编辑软件的数据段', en: 'segments of an editor' },
  'fact-value.copy.because.edit-history': { zh: '编辑历史', en: 'an edit history' },
  'fact-value.copy.because.maker-note': { zh: '厂商注释', en: 'a maker note' },
  'fact-value.copy.because.recorder-keys': { zh: '录制设备的字段', en: 'keys of a recorder' },
  'fact-value.copy.because.own-tables': { zh: '设备自己的量化表', en: 'tables of the device' },
  'fact-value.copy.because.device-tags-only': { zh: '只有设备标签', en: 'device tags alone' },
  'fact-value.copy.because.library-encoder': { zh: '程序库的编码器', en: 'the encoder of a library' },
  'fact-value.copy.because.ijg-tables': { zh: '通用的量化表', en: 'common quantisation tables' },
  'fact-value.copy.because.no-exif': { zh: '没有 EXIF', en: 'no EXIF' },
  'fact-value.copy.because.box-beam': { zh: '名为 beam 的盒', en: 'a box named “beam”' },
  'fact-value.copy.because.iptc-fbmd': {
    zh: 'IPTC 特别说明中以 FBMD 开头的字符',
    en: 'IPTC special instructions that begin with FBMD',
  },
  'fact-value.copy.because.comment-vid': { zh: '注释中的视频编号', en: 'the number of a video in a comment' },
  'fact-value.copy.because.ijg-92': { zh: '量化表与 IJG 质量值 92 相符', en: 'quantisation as of IJG quality 92' },
  'fact-value.copy.because.skia-profile': {
    zh: '安卓的图形库 Skia 写入的颜色配置',
    en: 'the colour profile that Android’s Skia library writes',
  },
  'fact-value.copy.because.ijg-odd-quality': {
    zh: '不常见的 IJG 质量值（70 至 84，不含 75 和 80）',
    en: 'an uncommon IJG quality (70 to 84 except 75 and 80)',
  },
  'fact-value.copy.because.width-1080': {
    zh: '短边为 1080 至 1090 像素',
    en: 'a shorter side of 1080 to 1090 px',
  },
  'fact-value.face.decisiveHead.swap': { zh: '换脸', en: 'swap' },
  'fact-value.face.decisiveHead.generated': { zh: '整体生成', en: 'generated' },
  ...prefixed('fact-value.c2pa.state', credentialStates),
  ...prefixed('fact-value.c2pa.stateByList', statesByList),
  ...prefixed('trust-list', trustLists),
  ...prefixed('fact-value.c2pa.digitalSourceType', sourceTypes),
  ...prefixed('fact-value.c2pa.activeDigitalSourceType', sourceTypes),
  'fact-value.jpeg.huffmanTables.standard': { zh: '标准的', en: 'the standard ones' },
  'fact-value.jpeg.huffmanTables.custom': { zh: '自定的', en: 'its own' },
  ...prefixed('unit', units),
  ...prefixed('fact-value.integrity.problem', problems),
  ...prefixed('fact-value.metadata.problem', metadataProblems),
  ...prefixed('problem', problems),
};
