/** Which conclusions a text of ours may never draw about a case. Statute quotations are not ours and are not held to this. */

/**
 * Assertions of crime, tort, unlawfulness, authorship, identity or a threshold reached (../shared/law/provisions.json, `hard_rules` 5 and 6;
 * ../shared/design/REPORT.md, "Wording that never occurs").
 */
const FORBIDDEN: readonly RegExp[] = [
  /(犯罪|侵权|违法|要件)(均|已|即|应当|可以){0,2}(成立|满足|齐备|符合)/,
  /构成[^，。；、]{0,16}(罪|犯罪|侵权|违法|情节严重)/,
  /(达到|超过|满足|已过)[^，。；]{0,8}(入罪|立案|追诉|数量)[^，。；]{0,4}(标准|门槛|档)/,
  /认定为\s*(AI|人工智能)/,
  /系(AI|人工智能|伪造|合成|本人)/,
  /(是|为|系)同一(个)?人/,
  /鉴定(意见|结论)(为|认为|如下|是)/,
  /真实无伪造|确属伪造/,
  /\b(is|are|was|were) (guilty|unlawful|illegal|genuine|authentic|fake|proven|established)\b/i,
  /\b(threshold|limit|standard) (is|was|has been|is hereby) (reached|met|exceeded|passed)\b/i,
  /\bidentical person\b|\bsame person is\b|\bexpert opinion is\b/i,
  /\bconstitutes? (a |an )?(crime|offence|tort|infringement|violation)\b/i,
  /\b(provision|article|element|requirement)s? (is|are) (met|satisfied|fulfilled)\b/i,
];

/** The forbidden passages of a text, in order of the rules; empty where it draws no conclusion. */
export function forbiddenConclusions(text: string): string[] {
  return FORBIDDEN.flatMap((rule) => rule.exec(text)?.[0] ?? []);
}
