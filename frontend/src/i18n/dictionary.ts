/**
 * From simplified to traditional script: characters and phrases, no exchange of vocabulary, because
 * a source is quoted here and not rewritten. Heavy, so it is only ever imported on demand.
 */
/// <reference path="./opencc.d.ts" />
import { ConverterFactory } from "opencc-js/core";
import characters from "opencc-js/dict/STCharacters";
import phrases from "opencc-js/dict/STPhrases";
import regional from "opencc-js/dict/STPhrases_GeneratedFromRegionalPhrases";
import variants from "opencc-js/dict/TWVariants";
import variantPhrases from "opencc-js/dict/TWVariantsPhrases";

/**
 * Where the tables read the wrong word in what is said here every day: no lot is drawn (求签) where
 * workers ask to sign (签) a contract, and no empress (天后) comes 23 天后.
 */
const OWN =
  "签 簽|要求签 要求簽|请求签 請求簽|家制衣 家製衣|家制鞋 家製鞋|家制药 家製藥|市制衣 市製衣|" +
  "市制鞋 市製鞋|市制药 市製藥|码头发 碼頭發|批注塑 批注塑|写明了 寫明了|半天后 半天後|周后 週後|" +
  "新干县 新干縣|准格尔 准格爾|云城区 雲城區|湖里区 湖里區";
const DAYS_LATER = [..." 0123456789"].map((before) => [`${before}天后`, `${before}天後`] as const);

export const toTraditional: (text: string) => string = ConverterFactory(
  [OWN, DAYS_LATER, phrases, regional, characters],
  [variantPhrases, variants],
);
