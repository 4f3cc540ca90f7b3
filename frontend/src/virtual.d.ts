/** Modules that exist only while the page is built. */

/** build/places.ts: the address of the index of place names. */
declare module "virtual:places" {
  const address: string;
  export default address;
}
