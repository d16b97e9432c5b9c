import { portableCodeBreaches } from "./portable-code";
import { importCaseBreaches, lineEndBreaches, modeBreaches, portableNameBreaches } from "./portable-names";
import { sourceFiles, sourceModes } from "./source-files";

/** One line for everything in the repository that Windows or macOS would stumble over. */
export async function portableBreaches(): Promise<string[]> {
  const files = await sourceFiles();
  return [
    ...portableCodeBreaches(files),
    ...portableNameBreaches(files),
    ...importCaseBreaches(files),
    ...lineEndBreaches(files),
    ...modeBreaches(files, await sourceModes()),
  ];
}
