// Which faces may teach the adapter and which may only test it? People of the test never occur in training.
import { createHash } from 'node:crypto';

/** LFW people whose photos are set apart for the second population, picked by name (facts; ../shared/design/detection.md, part 3). All of them are test people. */
export const EAST_ASIAN: ReadonlySet<string> = new Set(
  (
    'Ai_Sugiyama Annette_Lu Antony_Leung Candie_Kung Chang_Dae-whan Chen_Liang_Yu Chen_Shui-bian Choi_Sung-hong Chok_Tong_Goh ' +
    'Chung_Mong-hun Chung_Mong-joon Edward_Lu Fujio_Cho Gao_Qiang Gary_Locke Goh_Kun Hee-Won_Han Heizo_Takenaka Hichiro_Naemura ' +
    'Hideki_Matsui Hisao_Oguchi Hitomi_Soga Hu_Jintao Jackie_Chan Jeong_Se-hyun Jia_Qinglin Jiang_Zemin Jong_Thae_Hwa Jong_Wook_Lee ' +
    'Junichiro_Koizumi Karen_Mok Ken_Watanabe Kim_Dae-jung Kim_Jin-sun Kim_Jong-Il Kim_Ryong-sung Kim_Yong-il Kosuke_Kitajima ' +
    'Kwon_Yang-sook Lee_Hoi-chang Lee_Jun Lee_Soo-hyuck Lee_Tae-sik Li_Peng Li_Zhaoxing Lim_Dong-won Lisa_Ling Liu_Mingkang Lucy_Liu ' +
    'Masahiko_Nagasawa Michael_Chang Michelle_Kwan Michelle_Yeoh Mitoji_Yabunaka Miyako_Miyazaki Nan_Wang Naoto_Kan Nicholas_Tse ' +
    'Prince_Naruhito Princess_Masako Roh_Moo-hyun Saburo_Kawabuchi Sachiko_Yamada Stanley_Tong Takashi_Sorimachi Tang_Jiaxuan ' +
    'Tomoko_Hagiwara Toshihiko_Fukui Tsutomu_Takebe Tung_Chee-hwa Vicki_Zhao_Wei Wang_Yi Wang_Yingfan Wen_Jiabao Wu_Yi Yao_Ming ' +
    'Yoko_Ono Yoriko_Kawaguchi Yu_Shyi-kun Yukiko_Okudo Zhang_Wenkang Zhang_Ziyi Zhu_Rongji'
  ).split(' '),
);

/** Part of the other LFW people who only test. */
const TEST_SHARE = 0.4;

/** The person of an LFW file name, e.g. `Al_Gore_0001.jpg`. */
export function lfwPerson(file: string): string {
  return file.replace(/_\d+\.jpg$/, '');
}

export function isTestPerson(person: string): boolean {
  if (EAST_ASIAN.has(person)) return true;
  const digest = createHash('md5').update(person).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < TEST_SHARE;
}
