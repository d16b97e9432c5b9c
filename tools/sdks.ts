import { command } from "./command";
import { buildSdks, sdksFolder } from "./sdks/build-sdks";

command(async () => {
  await buildSdks();
  console.log(`The SDKs for Go, Java and Python are in ${sdksFolder}.`);
});
