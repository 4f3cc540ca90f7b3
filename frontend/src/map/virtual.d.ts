/** What frontend/basemap/plugin.ts provides: the address of the basemap file. */
declare module "virtual:basemap" {
  const address: string;
  export default address;
}
