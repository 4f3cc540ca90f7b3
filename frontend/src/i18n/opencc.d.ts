/** The converter's tables, "simplified traditional|…", which its package leaves untyped. */
declare module "opencc-js/dict/*" {
  const table: string;
  export default table;
}
