/** Words for models: what they are, in what state, and what a fetch would do. */
import type { Catalogue } from './catalogue.ts';

export const inferenceSentences: Catalogue = {
  'model.kind.package': { zh: '随软件安装', en: 'installed with the product' },
  'model.kind.trained': { zh: '本项目训练', en: 'trained by this project' },
  'model.kind.pack': { zh: '可选模型包', en: 'optional pack' },
  'model.state.present': { zh: '存在（未核对指纹）', en: 'present (digest not checked)' },
  'model.state.verified': { zh: '指纹相符', en: 'digest matches' },
  'model.state.missing': { zh: '没有', en: 'not there' },
  'model.state.mismatch': { zh: '指纹不符，不会使用', en: 'digest does not match; it will not be used' },
  'model.state.unreadable': { zh: '无法读取', en: 'cannot be read' },
  'model.data-terms.permissive': { zh: '训练数据：许可宽松', en: 'training data: permissive terms' },
  'model.data-terms.mixed': {
    zh: '训练数据：许可不一，部分有限制',
    en: 'training data: mixed terms, some of them restrictive',
  },
  'model.data-terms.non-commercial': { zh: '训练数据：仅限非商业使用', en: 'training data: non-commercial use only' },
  'model.data-terms.research-only': { zh: '训练数据：仅限研究使用', en: 'training data: research use only' },
  'model.data-terms.not-stated': { zh: '训练数据：未说明许可', en: 'training data: terms not stated' },
  'model.fetch.ask': {
    zh: '将连接 {{host}}，下载模型包 {{id}}（{{bytes}} 字节，许可 {{licence}}，SHA-256 {{sha256}}）。不会发送任何文件。是否继续？',
    en: 'This connects to {{host}} and downloads the model pack {{id}} ({{bytes}} bytes, licence {{licence}}, SHA-256 {{sha256}}). No file of yours is sent. Continue?',
  },
  'model.fetch.import-only': {
    zh: '{{id}} 的上游发布的是另一种格式，不能直接下载；请用 models import 导入 SHA-256 为 {{sha256}} 的文件。',
    en: 'Upstream publishes {{id}} in another form, so it cannot be fetched; import a file with the SHA-256 {{sha256}} by models import.',
  },
};
